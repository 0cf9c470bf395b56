"""Tingbao (听报): newspaper pages in, an audio edition out."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("tingbao")
