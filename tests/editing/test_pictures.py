from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from hearthpress.editing.pictures import MAX_BYTES, NotAPicture, add_picture, stored_name

pytestmark = pytest.mark.django_db

PLACE = 0x8825  # the EXIF tag of the place where a picture was taken
ARTIST = 0x013B


@pytest.fixture(autouse=True)
def _own_media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def photograph(size: tuple[int, int] = (1200, 800), kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[ARTIST] = "Wilma Writer"
    exif.get_ifd(PLACE)[2] = (52.0, 31.0, 12.0)
    out = BytesIO()
    Image.new("RGB", size, (120, 90, 60)).save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def test_a_picture_is_kept_in_widths_without_what_the_camera_wrote() -> None:
    picture = add_picture(photograph(), None)

    assert picture.widths == [480, 960, 1200]
    for width in picture.widths:
        stored = default_storage.open(stored_name(picture.sha256, width)).read()
        assert b"Wilma" not in stored
        assert not Image.open(BytesIO(stored)).getexif()


def test_the_same_picture_is_kept_once() -> None:
    assert add_picture(photograph(), None) == add_picture(photograph(), None)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x00" * 100])
def test_what_is_no_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotAPicture, match="picture"):
        add_picture(data, None)


def test_a_picture_with_too_many_bytes_or_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.editing.pictures.MAX_PIXELS", 100)

    with pytest.raises(NotAPicture, match="pixels"):
        add_picture(photograph(), None)
    with pytest.raises(NotAPicture, match="larger"):
        add_picture(b"x" * (MAX_BYTES + 1), None)
