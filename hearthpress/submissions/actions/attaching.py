"""Files and photos that come with a submission. The bytes lie in the storage, the row says what they are."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from threading import Lock

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from hearthpress.common.errors import Sentence
from hearthpress.common.fields import public_id
from hearthpress.common.pictures import WIDEST, encoded, open_picture
from hearthpress.common.states import SomebodyElseWon
from hearthpress.documents.text import one_line
from hearthpress.submissions.enums import WITH_WRITER, AttachmentKind, SubmissionState
from hearthpress.submissions.models import Attachment, Submission

MAX_FILES = 20  # with one submission
MAX_BYTES = 10_000_000
NAME_LENGTH = 200
_PATH = re.compile(r"[\\/]")
# A large photo takes some hundred megabytes while it is open, and anybody may send one.
_ONE_AT_A_TIME = Lock()
# Files are handed out as downloads under these types alone: nothing that a browser would run.
UNKNOWN = "application/octet-stream"
_SAFE_TYPES = frozenset({"text/plain", "text/markdown", "application/pdf", "application/rtf"})


@dataclass(frozen=True)
class Photo:
    """A WebP file without metadata, and its size in pixels."""

    data: bytes
    width: int
    height: int


class TooMany(Sentence):
    """The submission has as many files as it may have, or the file is too large. The message is for its writer."""


def attach(submission: Submission, kind: AttachmentKind, name: str, data: bytes) -> Attachment:
    """Keep a file just as it came, at most MAX_BYTES. A second manuscript takes the place of the first.

    Raises TooMany, SomebodyElseWon when the submission is not in its writer's hands.
    """
    if len(data) > MAX_BYTES:
        raise TooMany(_("This file is larger than 10 MB. Please send a smaller one."))
    row = Attachment(submission=submission, kind=kind, name=file_name(name), media_type=_media_type(name))
    return _keep(row, data, replaces=kind == AttachmentKind.MANUSCRIPT)


def attach_photo(submission: Submission, name: str, data: bytes) -> Attachment:
    """Keep a photo as pixels alone. Raises NotAPicture, TooMany, SomebodyElseWon."""
    return keep_photo(submission, name, clean_photo(data))


def clean_photo(data: bytes) -> Photo:
    """A photo as pixels alone, at most WIDEST wide: what the camera wrote into it is gone. Raises NotAPicture."""
    with _ONE_AT_A_TIME:
        image = open_picture(data)
        if image.width > WIDEST:
            image = image.resize((WIDEST, max(1, round(image.height * WIDEST / image.width))))
        return Photo(encoded(image, "webp"), *image.size)


def keep_photo(submission: Submission, name: str, photo: Photo) -> Attachment:
    """Keep a photo that is clean, once however often it is added. Raises TooMany, SomebodyElseWon."""
    row = Attachment(submission=submission, kind=AttachmentKind.PHOTO, name=file_name(name), media_type="image/webp")
    row.width, row.height = photo.width, photo.height
    return _keep(row, photo.data)


@transaction.atomic
def describe_photo(photo: Attachment, *, credit: str, consent: bool, alt: str) -> None:
    """Who took it, that those on it agree, and what it shows. Raises SomebodyElseWon."""
    _hold_with_writer(photo.submission)
    Attachment.objects.filter(pk=photo.pk).update(credit=credit, consent=consent, alt=alt)


@transaction.atomic
def take_off(attachment: Attachment) -> None:
    """Take a file off again while the text is in its writer's hands. Raises SomebodyElseWon."""
    _hold_with_writer(attachment.submission)
    _delete(attachment)


def undescribed(submission: Submission) -> QuerySet[Attachment]:
    """The photos of which it is not said yet who took them, what they show, and that those on them agree."""
    photos = submission.attachments.filter(kind=AttachmentKind.PHOTO)
    return photos.filter(Q(credit="") | Q(consent=False) | Q(alt=""))


def please_describe() -> str:
    """What a writer is told while there are some."""
    return _("Please say of each photo who took it, what it shows, and that those on it agree.")


def take_all_off(submission: Submission) -> None:
    """The files of a draft that is thrown away go with it, in the caller's transaction."""
    for attachment in submission.attachments.all():
        _delete(attachment)


def attached_bytes(attachment: Attachment) -> bytes:
    """What is kept. Raises FileNotFoundError."""
    with default_storage.open(attachment.stored_as) as file:
        return bytes(file.read())


def file_name(name: str) -> str:
    """What the sender called the file, without any folder; short enough to be kept with its ending."""
    last = one_line(_PATH.split(name)[-1]).strip(". ") or _("A file")
    stem, dot, ending = last.rpartition(".")
    return last if len(last) <= NAME_LENGTH else f"{stem[: NAME_LENGTH - len(ending) - 1]}{dot}{ending}"[:NAME_LENGTH]


def _media_type(name: str) -> str:
    guessed = mimetypes.guess_type(name)[0] or UNKNOWN
    office = guessed.startswith("application/vnd.")
    return guessed if office or guessed in _SAFE_TYPES else UNKNOWN


def _keep(row: Attachment, data: bytes, *, replaces: bool = False) -> Attachment:
    """The bytes first: a crash before the row leaves a file that nobody refers to, never a row without its file."""
    row.size, row.sha256 = len(data), hashlib.sha256(data).hexdigest()
    row.stored_as = default_storage.save(f"attachments/{public_id()}", ContentFile(data))
    kept = None
    try:
        kept = _record(row, replaces=replaces)
    finally:
        if kept != row:
            default_storage.delete(row.stored_as)
    return kept


@transaction.atomic
def _record(row: Attachment, *, replaces: bool) -> Attachment:
    """The row that stands for the file now: a photo that was added twice has the first one's."""
    _hold_with_writer(row.submission)
    there = Attachment.objects.filter(submission=row.submission)
    if row.kind == AttachmentKind.PHOTO and (known := there.filter(kind=row.kind, sha256=row.sha256).first()):
        return known
    if replaces:
        for earlier in there.filter(kind=row.kind):
            _delete(earlier)
    row.position = there.count()
    if row.position >= MAX_FILES:
        raise TooMany(_("That is as many files as can come with one story. Please take one off first."))
    row.save()
    return row


def _delete(attachment: Attachment) -> None:
    stored_as = attachment.stored_as
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(stored_as))


def _hold_with_writer(submission: Submission) -> None:
    """Nobody sends the submission while this transaction runs. An accepted one may still get what was asked for."""
    may = WITH_WRITER | {SubmissionState.ACCEPTED}
    if not Submission.objects.filter(pk=submission.pk, state__in=may).update(state=F("state")):
        raise SomebodyElseWon("with the editors")
