"""Files and photos that come with a submission: capped, cleaned, and in their writer's hands as long as the text is."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from hearthpress.common.pictures import NotAPicture
from hearthpress.common.states import SomebodyElseWon
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.actions import attaching
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Attachment, Submission
from tests.factories import Cast, make_draft, make_submission

pytestmark = pytest.mark.django_db
FILE = AttachmentKind.MANUSCRIPT
ARTIST, ORIENTATION = 0x013B, 0x0112


def photograph(size: tuple[int, int] = (2000, 1000)) -> bytes:
    image = Image.new("RGB", size, "#96390f")
    exif = image.getexif()
    exif[ARTIST] = "Wilma Writer"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def draft(cast: Cast) -> Submission:
    return make_draft(cast.writer, cast.call)


def test_a_file_is_kept_just_as_it_came(draft: Submission) -> None:
    kept = submissions.attach(draft, FILE, "kettle.docx", b"PK words")

    assert attaching.attached_bytes(kept) == b"PK words"
    assert (kept.name, kept.size, kept.position) == ("kettle.docx", 8, 0)


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("C:\\Users\\Wilma\\Kettle.docx", "Kettle.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n.docx", "ab .docx"),
        ("", "A file"),
        ("...", "A file"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        ("y" * 300, "y" * 200),
    ],
)
def test_a_name_is_kept_without_its_folder(called: str, kept: str) -> None:
    assert attaching.file_name(called) == kept


@pytest.mark.parametrize("name", ["page.html", "script.js", "picture.svg", "nothing"])
def test_nothing_is_handed_out_as_what_a_browser_runs(draft: Submission, name: str) -> None:
    assert submissions.attach(draft, AttachmentKind.ANSWER, name, b"<script>").media_type == attaching.UNKNOWN


def test_a_second_manuscript_takes_the_place_of_the_first(
    draft: Submission, django_capture_on_commit_callbacks
) -> None:
    first = submissions.attach(draft, FILE, "one.docx", b"1")

    with django_capture_on_commit_callbacks(execute=True):
        submissions.attach(draft, FILE, "two.docx", b"2")

    assert [kept.name for kept in draft.attachments.all()] == ["two.docx"]
    assert not default_storage.exists(first.stored_as)


def test_a_photo_is_kept_as_pixels_alone(draft: Submission) -> None:
    photo = submissions.attach_photo(draft, "IMG_1.jpg", photograph())

    kept = attaching.attached_bytes(photo)
    assert (photo.width, photo.height) == (1600, 800)
    assert b"Wilma" not in kept
    assert Image.open(BytesIO(kept)).format == "WEBP"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\nnot one", b"", b"<svg/>"])
def test_a_fake_photo_is_refused_and_leaves_nothing(draft: Submission, data: bytes) -> None:
    with pytest.raises(NotAPicture):
        submissions.attach_photo(draft, "fake.png", data)

    assert not Attachment.objects.exists()


def test_a_photo_of_forty_megapixels_is_taken(draft: Submission) -> None:
    assert submissions.attach_photo(draft, "large.jpg", photograph((8000, 5000))).width == 1600


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "RGB")]
)
def test_a_large_photo_stands_upright_in_any_format(draft: Submission, kind: str, mode: str) -> None:
    image = Image.linear_gradient("L").resize((4000, 3300)).convert(mode)
    exif, out = image.getexif(), BytesIO()
    exif[ORIENTATION], exif[ARTIST] = 6, "Wilma Writer"
    image.save(out, kind, exif=exif, **({"method": 0} if kind == "WEBP" else {}))

    photo = submissions.attach_photo(draft, "large", out.getvalue())

    kept = attaching.attached_bytes(photo)
    shown = Image.open(BytesIO(kept))
    assert shown.size == (photo.width, photo.height) == (1600, 1939)
    assert b"Wilma" not in kept
    # A gradient from top to bottom that a camera held sideways has taken runs from right to left.
    right, left = shown.getpixel((1590, 1000))[0], shown.getpixel((10, 1000))[0]
    assert left - right > 150


def test_a_picture_that_no_copy_could_hold_is_refused(draft: Submission) -> None:
    out = BytesIO()
    Image.new("L", (10, 16_500)).save(out, "PNG")

    with pytest.raises(NotAPicture, match="too tall"):
        submissions.attach_photo(draft, "tall.png", out.getvalue())


def test_a_file_that_is_too_large_and_one_too_many_are_refused_in_words(draft: Submission) -> None:
    with pytest.raises(submissions.TooMany, match="10 MB"):
        submissions.attach(draft, FILE, "long.txt", b"x" * (attaching.MAX_BYTES + 1))
    for number in range(attaching.MAX_FILES):
        submissions.attach(draft, AttachmentKind.ANSWER, f"{number}.txt", b"x")
    before = len(default_storage.listdir("attachments")[1])

    with pytest.raises(submissions.TooMany, match="as many"):
        submissions.attach(draft, AttachmentKind.ANSWER, "more.txt", b"x")

    assert len(default_storage.listdir("attachments")[1]) == before


def test_what_is_with_the_editors_gets_no_more_files(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)

    with pytest.raises(SomebodyElseWon):
        submissions.attach(submission, FILE, "late.docx", b"x")


def test_a_draft_that_is_thrown_away_takes_its_files_along(
    draft: Submission, django_capture_on_commit_callbacks
) -> None:
    kept = submissions.attach(draft, FILE, "one.docx", b"1")

    with django_capture_on_commit_callbacks(execute=True):
        submissions.throw_away(draft)

    assert not Attachment.objects.exists()
    assert not default_storage.exists(kept.stored_as)
