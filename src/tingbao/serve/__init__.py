"""The library over HTTP, for browsers and podcast apps on this machine or in its network."""

from tingbao.serve.app import application
from tingbao.serve.server import serve

__all__ = ["application", "serve"]
