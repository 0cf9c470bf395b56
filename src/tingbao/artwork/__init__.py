"""Pictures: the cover of the library and of an edition, and the card of each article."""

from tingbao.artwork.covers import article_card, edition_cover, library_cover
from tingbao.artwork.user_cover import picture_mime, user_cover

__all__ = ["article_card", "edition_cover", "library_cover", "picture_mime", "user_cover"]
