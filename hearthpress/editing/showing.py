"""What a text needs to be shown to somebody: the page's own words, and where its pictures lie for them."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from hearthpress.documents import html
from hearthpress.editing.content import pictures_within
from hearthpress.editing.models import Picture
from hearthpress.editing.pictures import srcset

# The address of a picture's copy, by its hash and width in pixels.
Address = Callable[[str, int], str]
USUAL = 960  # pixels: the copy for browsers that choose none themselves


def page_words() -> html.Words:
    """What the page says around the text, in the reader's language."""
    return html.Words(
        related=_("Related"),
        skip=_("The next passage is a hard one. Skip it"),
        skip_named=_("The next passage speaks of {what}. Skip it"),
        passage_end=_("The story goes on here."),
    )


def pictures_shown(document: dict[str, Any], address: Address, avif: Address | None = None) -> dict[str, html.Picture]:
    """The pictures within the text by their hashes, at addresses where whoever reads may fetch them."""
    digests = pictures_within(document)
    stored = Picture.objects.filter(sha256__in=digests) if digests else []
    return {picture.sha256: _shown(picture, address, avif) for picture in stored}


def _shown(picture: Picture, address: Address, avif: Address | None) -> html.Picture:
    addresses = _addresses(picture, address)
    return html.Picture(
        src=addresses.get(USUAL, addresses[max(addresses)]),
        width=picture.width,
        height=picture.height,
        srcset=srcset(addresses),
        avif=srcset(_addresses(picture, avif)) if avif else "",
    )


def _addresses(picture: Picture, address: Address) -> dict[int, str]:
    return {width: address(picture.sha256, width) for width in picture.widths}
