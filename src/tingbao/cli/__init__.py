"""The command line: it parses arguments, calls one function, prints."""

from tingbao.cli.main import main

__all__ = ["main"]
