"""The conductor of one edition: it alone knows all rooms."""

from typing import TYPE_CHECKING

from tingbao.build.request import BuildRequest, folder_of
from tingbao.on_demand import parts_of

if TYPE_CHECKING:
    from tingbao.build.caching import cache_sizes, prune_cache
    from tingbao.build.digest import produce_digest
    from tingbao.build.edition import produce
    from tingbao.build.library import refresh
    from tingbao.build.plan import Plan, plan_edition, script_of, select
    from tingbao.build.result import BuildResult
    from tingbao.build.saying import say_text
    from tingbao.build.voice import fetch_weights

__all__ = [
    "BuildRequest",
    "BuildResult",
    "Plan",
    "cache_sizes",
    "fetch_weights",
    "folder_of",
    "plan_edition",
    "produce",
    "produce_digest",
    "prune_cache",
    "refresh",
    "say_text",
    "script_of",
    "select",
]

__getattr__ = parts_of(
    __name__,
    {
        "BuildResult": "result",
        "Plan": "plan",
        "cache_sizes": "caching",
        "fetch_weights": "voice",
        "plan_edition": "plan",
        "produce": "edition",
        "produce_digest": "digest",
        "prune_cache": "caching",
        "refresh": "library",
        "say_text": "saying",
        "script_of": "plan",
        "select": "plan",
    },
)
