"""Pictures of versions that are not published, as pages of the desk show them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from hearthpress.editing.models import Picture
from hearthpress.editing.pictures import focus_classes, srcset


def picture_address(digest: str, width: int) -> str:
    """Where editors find a picture that may not be public."""
    return reverse("desk:picture", args=[digest, width])


def picture_shown(picture: dict[str, str] | None) -> dict[str, Any] | None:
    """What a template needs to show a version's picture to an editor; None when there is none."""
    return pictures_shown([picture])[0] if picture else None


def pictures_shown(pictures: Sequence[dict[str, str]]) -> list[dict[str, Any] | None]:
    """The same for each of several, in one question to the database."""
    stored = Picture.objects.filter(sha256__in=[one["sha256"] for one in pictures]) if pictures else []
    by_hash = {one.sha256: one for one in stored}
    return [_shown(by_hash.get(one["sha256"]), one) for one in pictures]


def _shown(stored: Picture | None, picture: dict[str, str]) -> dict[str, Any] | None:
    if stored is None:
        return None
    addresses = {width: picture_address(stored.sha256, width) for width in stored.widths}
    return {
        **picture,
        "src": addresses[max(addresses)],
        "srcset": srcset(addresses),
        "width": stored.width,
        "height": stored.height,
        "focus": focus_classes(stored.focus_x, stored.focus_y),
    }
