"""Pictures: covers of the library and of editions, the card of each article, checked pages."""

from tingbao.artwork.covers import article_card, edition_cover, library_cover
from tingbao.artwork.page_pictures import draw_page
from tingbao.artwork.user_cover import picture_mime, picture_px, user_cover

__all__ = [
    "article_card",
    "draw_page",
    "edition_cover",
    "library_cover",
    "picture_mime",
    "picture_px",
    "user_cover",
]
