"""The conductor of one edition: it alone knows all rooms."""

from typing import TYPE_CHECKING

from tingbao.edition.request import BuildRequest, folder_of
from tingbao.on_demand import parts_of

if TYPE_CHECKING:
    from tingbao.edition.build import produce
    from tingbao.edition.cache import cache_sizes, prune_cache
    from tingbao.edition.library import refresh
    from tingbao.edition.make import produce_digest, say_text
    from tingbao.edition.plan import Plan, plan_edition, script_of, select
    from tingbao.edition.request import BuildResult
    from tingbao.edition.voice import fetch_weights

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
        "BuildResult": "request",
        "Plan": "plan",
        "cache_sizes": "cache",
        "fetch_weights": "voice",
        "plan_edition": "plan",
        "produce": "build",
        "produce_digest": "make",
        "prune_cache": "cache",
        "refresh": "library",
        "say_text": "make",
        "script_of": "plan",
        "select": "plan",
    },
)
