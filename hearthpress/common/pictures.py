"""Pictures on their way in: opened with limits, turned upright, and nothing kept of them but their pixels."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
WIDEST = 1600  # pixels: the widest copy that is kept
TALLEST = 16_000  # pixels: WebP has hardly taller ones
# What is stored, by the end of its name. AVIF is a fifth smaller at the same look (measured on the sample's pictures);
# at speed 8 of 10 it takes about as long as WebP, and at 6 four times as long for a twentieth less.
KINDS: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80},
    "avif": {"format": "AVIF", "quality": 52, "speed": 8},
}


class NotAPicture(ValueError):
    """What was sent is no picture that we can use; the message is for the person who sent it."""


def open_picture(data: bytes) -> Image.Image:
    """The pixels of a JPEG, PNG or WebP of at most MAX_BYTES bytes and MAX_PIXELS pixels. Raises NotAPicture."""
    if len(data) > MAX_BYTES:
        raise NotAPicture("This picture is larger than 15 MB. Please send a smaller copy.")
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise NotAPicture("This picture has too many pixels. Please send a smaller copy.")
        # A large JPEG is unpacked at a half or a quarter of its size, which is still twice what is kept of it.
        image.draft("RGB", (2 * WIDEST, 2 * WIDEST))
        image = _reduced(image)
        ImageOps.exif_transpose(image, in_place=True)
        image = image.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture("This is no JPEG, PNG or WebP picture that we can open.") from error
    if image.height > TALLEST:
        raise NotAPicture("This picture is too tall. Please send a part of it.")
    # The pixels alone: EXIF and its like (which may hold a place and a name) do not come along.
    image.info = {}
    return image


def _reduced(image: Image.Image) -> Image.Image:
    """The image with as few pixels as are needed, so that the next steps copy little: each takes four bytes."""
    factor = min(image.size) // WIDEST
    if factor < 2:
        return image
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGB")
    return image.reduce(factor)


def encoded(image: Image.Image, kind: str) -> bytes:
    """The picture's pixels in one of KINDS, and nothing else: no EXIF, no colour profile."""
    out = BytesIO()
    image.save(out, **KINDS[kind], exif=b"", icc_profile=None)
    return out.getvalue()
