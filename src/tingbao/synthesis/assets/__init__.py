"""Weights of the embedded voices: fetched once, pinned by SHA-256, kept in the cache folder."""

from tingbao.synthesis.assets.carriers import CARRIERS, Carrier, SourceFailedError
from tingbao.synthesis.assets.fetching import FetchProgress, fetch
from tingbao.synthesis.assets.store import assets_folder, installed, verify_assets

__all__ = [
    "CARRIERS",
    "Carrier",
    "FetchProgress",
    "SourceFailedError",
    "assets_folder",
    "fetch",
    "installed",
    "verify_assets",
]
