"""The frozen values that travel between the stages.

``pages -> Edition -> Script -> clips -> parts -> manifest``. Everything here is immutable,
made of the standard library alone, and knows nothing of how it was made or is used.
Units are in the names or the types: milliseconds, hertz, characters. One module for each stage.
"""

from tingbao.models.clip import Clip, DurationMs, Timing
from tingbao.models.edition import (
    Article,
    ArticleKind,
    Conversion,
    Edition,
    Page,
    PageLabel,
    Paragraph,
    ParagraphKind,
    ParseWarning,
    Skip,
    SkipReason,
    Table,
)
from tingbao.models.manifest import (
    Chapter,
    Cue,
    Manifest,
    ManifestArticle,
    ManifestEdition,
    ManifestPage,
)
from tingbao.models.script import (
    EditionInfo,
    Pauses,
    Reading,
    Role,
    Script,
    Segment,
    SegmentKind,
    Utterance,
    is_speakable,
    page_turns,
)
from tingbao.models.spans import Box, Origin, PageBreak, Span, SpokenSpan

__all__ = [
    "Article",
    "ArticleKind",
    "Box",
    "Chapter",
    "Clip",
    "Conversion",
    "Cue",
    "DurationMs",
    "Edition",
    "EditionInfo",
    "Manifest",
    "ManifestArticle",
    "ManifestEdition",
    "ManifestPage",
    "Origin",
    "Page",
    "PageBreak",
    "PageLabel",
    "Paragraph",
    "ParagraphKind",
    "ParseWarning",
    "Pauses",
    "Reading",
    "Role",
    "Script",
    "Segment",
    "SegmentKind",
    "Skip",
    "SkipReason",
    "Span",
    "SpokenSpan",
    "Table",
    "Timing",
    "Utterance",
    "is_speakable",
    "page_turns",
]
