"""The conductor of one edition: it alone knows all rooms."""

from tingbao.build.caching import cache_sizes, prune_cache
from tingbao.build.digest import produce_digest
from tingbao.build.library import refresh
from tingbao.build.plan import Plan, folder_of, plan_edition, script_of, select
from tingbao.build.production import BuildResult, produce
from tingbao.build.request import BuildRequest
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
