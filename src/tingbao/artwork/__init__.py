"""Pictures: the cover of the library and of an edition, and the card of each article."""

from tingbao.artwork.card import article_card
from tingbao.artwork.cover import edition_cover, library_cover
from tingbao.artwork.picture import picture_mime, user_cover

__all__ = ["article_card", "edition_cover", "library_cover", "picture_mime", "user_cover"]
