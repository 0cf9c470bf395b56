"""From where the lines of a page stand to what they are: reading order, headlines, paragraphs.

Lines with boxes come in, typeset or recognised; blocks as any reader returns them go out.
"""

from tingbao.parse.geometry.arranging import arrange
from tingbao.parse.geometry.ink import with_weight
from tingbao.parse.geometry.page import PageGeometry, TextLine

__all__ = ["PageGeometry", "TextLine", "arrange", "with_weight"]
