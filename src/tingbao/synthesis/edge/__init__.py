"""The online voice ``edge``: an undocumented service that may refuse, stall or cut at any time.

Importing this is cheap; the client (an HTTP stack and TLS, 75 MB) is loaded when it is used.
"""

from tingbao.synthesis.edge.service import edge_available, require_voices, voices_offered

__all__ = ["edge_available", "require_voices", "voices_offered"]
