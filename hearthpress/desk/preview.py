"""Pictures of versions that are not published, as pages of the desk show them."""

from typing import Any

from django.urls import reverse

from hearthpress.editing.models import Picture
from hearthpress.editing.pictures import focus_classes, srcset


def picture_address(digest: str, width: int) -> str:
    """Where editors find a picture that may not be public."""
    return reverse("desk:picture", args=[digest, width])


def picture_shown(picture: dict[str, str] | None) -> dict[str, Any] | None:
    """What a template needs to show a version's picture to an editor; None when there is none."""
    stored = Picture.objects.filter(sha256=picture["sha256"]).first() if picture else None
    if stored is None or picture is None:
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
