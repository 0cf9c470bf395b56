"""Weights of the embedded voices: fetched once, pinned by SHA-256, kept in the cache folder."""

from tingbao.synthesis.assets.downloads import DOWNLOADERS, Downloader, SourceFailedError
from tingbao.synthesis.assets.fetching import (
    FetchProgress,
    assets_folder,
    fetch,
    installed,
    verify_assets,
)

__all__ = [
    "DOWNLOADERS",
    "Downloader",
    "FetchProgress",
    "SourceFailedError",
    "assets_folder",
    "fetch",
    "installed",
    "verify_assets",
]
