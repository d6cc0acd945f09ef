"""Pictures on their way in: opened with limits, turned upright, stripped of metadata, kept as WebP in a few widths."""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from hearthpress.editing.models import Picture
from hearthpress.people.models import Person

WIDTHS = (480, 960, 1600)
MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80


class NotAPicture(ValueError):
    """What was sent is no picture that we can use; the message is for the person who sent it."""


def add_picture(data: bytes, person: Person | None) -> Picture:
    """Store a picture (JPEG, PNG or WebP, at most MAX_BYTES bytes and MAX_PIXELS pixels). Raises NotAPicture."""
    image = _open(data)
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


def stored_name(digest: str, width: int) -> str:
    """Where the copy `width` pixels wide lies in the storage."""
    return f"pictures/{digest}-{width}.webp"


def _open(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise NotAPicture("This picture is larger than 15 MB. Please send a smaller copy.")
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise NotAPicture("This picture has too many pixels. Please send a smaller copy.")
        # A new image from the pixels alone: EXIF (which may hold a place and a name) does not come along.
        return ImageOps.exif_transpose(image).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture("This is no JPEG, PNG or WebP picture that we can open.") from error


def _store(image: Image.Image, digest: str, width: int) -> None:
    name = stored_name(digest, width)
    if default_storage.exists(name):
        return
    small = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "WEBP", quality=QUALITY, exif=b"", icc_profile=None)
    default_storage.save(name, ContentFile(out.getvalue()))
