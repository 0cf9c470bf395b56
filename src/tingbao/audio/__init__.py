"""From clips to MP3 files: assembly, loudness, encoding, frames and tags.

``make_part`` turns the clips of a stretch into a stored :class:`Part` (or ``find_part`` finds
it); ``chapter_times`` and ``write_mp3`` join parts into files without decoding them again.
"""

from tingbao.audio.chime import ChimeKind, chime, chime_part, user_chime
from tingbao.audio.frames import Frame, FrameHeader, length_ms, walk_frames
from tingbao.audio.id3 import ChapterExtra, Tags, aigc_label, tagged_chapters_ms
from tingbao.audio.mp3 import Mp3File, boundaries_ms, chapter_times, write_mp3
from tingbao.audio.parts import Mastering, Part, PartClip, find_part, make_part

__all__ = [
    "ChapterExtra",
    "ChimeKind",
    "Frame",
    "FrameHeader",
    "Mastering",
    "Mp3File",
    "Part",
    "PartClip",
    "Tags",
    "aigc_label",
    "boundaries_ms",
    "chapter_times",
    "chime",
    "chime_part",
    "find_part",
    "length_ms",
    "make_part",
    "tagged_chapters_ms",
    "user_chime",
    "walk_frames",
    "write_mp3",
]
