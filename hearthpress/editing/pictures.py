"""The pictures of stories: kept in several widths, as AVIF and WebP, once however often they are added."""

import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from hearthpress.common.pictures import KINDS, WIDEST, encoded, open_picture
from hearthpress.editing.models import Picture
from hearthpress.people.models import Person

WIDTHS = (480, 960, WIDEST)
STEPS = 10  # the style sheet knows a focus in steps of a tenth of the picture


def add_picture(data: bytes, person: Person | None) -> Picture:
    """Store a picture (JPEG, PNG or WebP, at most MAX_BYTES bytes and MAX_PIXELS pixels). Raises NotAPicture."""
    image = open_picture(data)
    digest = hashlib.sha256(image.tobytes() + repr(image.size).encode()).hexdigest()
    known = Picture.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    widths = [width for width in WIDTHS if width < image.width] + [min(image.width, WIDTHS[-1])]
    widths = sorted(set(widths))
    for width in widths:
        _store(image, digest, width)
    width, height = widths[-1], round(image.height * widths[-1] / image.width)
    picture, _ = Picture.objects.get_or_create(
        sha256=digest, defaults={"width": width, "height": height, "widths": widths, "added_by": person}
    )
    return picture


def stored_name(digest: str, width: int, kind: str = "webp") -> str:
    """Where the copy `width` pixels wide lies in the storage. `kind` is one of KINDS."""
    return f"pictures/{digest}-{width}.{kind}"


def stored_picture(digest: str, width: int, kind: str = "webp") -> bytes:
    """The stored copy. One from before there was AVIF is made now, of its WebP. Raises FileNotFoundError."""
    name = stored_name(digest, width, kind)
    if kind == "avif" and not default_storage.exists(name):
        with default_storage.open(stored_name(digest, width)) as file:
            _keep(name, encoded(Image.open(file, formats=["WEBP"]).convert("RGB"), kind))
    with default_storage.open(name) as file:
        return bytes(file.read())


def srcset(addresses: dict[int, str]) -> str:
    """The `srcset` of an image from its addresses by width (HTML, 4.8.4.2.1)."""
    return ", ".join(f"{address} {width}w" for width, address in addresses.items())


def focus_classes(x: int, y: int) -> str:
    """What the style sheet calls this focus (percent, see Picture); "" for the middle, which is where it is anyway."""
    across, down = (round(part * STEPS / 100) for part in (x, y))
    return " ".join(_named("across", across) + _named("down", down))


def _named(direction: str, step: int) -> list[str]:
    return [] if step == STEPS // 2 else [f"{direction}-{step}"]


def _store(image: Image.Image, digest: str, width: int) -> None:
    wanted = {kind: stored_name(digest, width, kind) for kind in KINDS}
    missing = _missing(wanted.values())
    if missing:
        small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
        for kind, name in wanted.items():
            if name in missing:
                _keep(name, encoded(small, kind))


def _missing(names: Iterable[str]) -> set[str]:
    return {name for name in names if not default_storage.exists(name)}


def _keep(name: str, content: bytes) -> None:
    """Store it under exactly this name. Who stored the same a moment earlier has won; ours is not needed then."""
    kept = default_storage.save(name, ContentFile(content))
    if kept != name:
        default_storage.delete(kept)
