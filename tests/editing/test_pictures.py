from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from hearthpress.common.pictures import MAX_BYTES, NotAPicture
from hearthpress.editing.pictures import (
    _keep,
    add_picture,
    focus_classes,
    stored_name,
    stored_picture,
)

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
        for kind in ("webp", "avif"):
            stored = default_storage.open(stored_name(picture.sha256, width, kind)).read()
            assert b"Wilma" not in stored
            assert not Image.open(BytesIO(stored)).getexif()
            assert (Image.open(BytesIO(stored)).format, Image.open(BytesIO(stored)).width) == (kind.upper(), width)


def test_a_picture_from_before_there_was_avif_gets_its_copy_when_one_is_asked_for() -> None:
    picture = add_picture(photograph(), None)
    default_storage.delete(stored_name(picture.sha256, 960, "avif"))

    made = stored_picture(picture.sha256, 960, "avif")

    assert Image.open(BytesIO(made)).size == (960, 640)
    assert default_storage.open(stored_name(picture.sha256, 960, "avif")).read() == made
    assert sorted(default_storage.listdir("pictures")[1]) == sorted(
        f"{picture.sha256}-{width}.{kind}" for width in picture.widths for kind in ("avif", "webp")
    )


def test_no_copy_is_made_in_a_width_that_was_never_kept() -> None:
    picture = add_picture(photograph(), None)

    with pytest.raises(FileNotFoundError):
        stored_picture(picture.sha256, 961, "avif")

    assert not default_storage.exists(stored_name(picture.sha256, 961, "avif"))


def test_a_copy_that_somebody_else_stored_in_the_same_moment_is_kept_once() -> None:
    _keep("pictures/one.avif", b"theirs")

    _keep("pictures/one.avif", b"ours")

    assert default_storage.open("pictures/one.avif").read() == b"theirs"
    assert default_storage.listdir("pictures")[1] == ["one.avif"]


@pytest.mark.parametrize(
    ("point", "classes"),
    [((50, 50), ""), ((54, 46), ""), ((0, 100), "across-0 down-10"), ((50, 26), "down-3"), ((86, 50), "across-9")],
)
def test_a_focus_is_named_in_tenths_and_the_middle_is_not_named(point: tuple[int, int], classes: str) -> None:
    assert focus_classes(*point) == classes


def test_a_large_photograph_is_kept_in_its_own_shape() -> None:
    picture = add_picture(photograph((8000, 6000)), None)

    assert (picture.width, picture.height, picture.widths) == (1600, 1200, [480, 960, 1600])


def test_the_same_picture_is_kept_once() -> None:
    assert add_picture(photograph(), None) == add_picture(photograph(), None)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x00" * 100])
def test_what_is_no_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotAPicture, match="picture"):
        add_picture(data, None)


def test_a_picture_with_too_many_bytes_or_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hearthpress.common.pictures.MAX_PIXELS", 100)

    with pytest.raises(NotAPicture, match="pixels"):
        add_picture(photograph(), None)
    with pytest.raises(NotAPicture, match="larger"):
        add_picture(b"x" * (MAX_BYTES + 1), None)
