"""Stories that come by e-mail. A mail to a call's own address becomes a draft, and its writer confirms it here.

Nobody is believed for the address in a mail: a draft is read by nobody until whoever reads that mailbox has signed in
and sent it. So a forged mail makes a draft that waits in vain, and one letter that says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.pictures import NotAPicture
from hearthpress.common.states import SomebodyElseWon
from hearthpress.documents.arriving.file import read_file
from hearthpress.documents.arriving.rich import read_html
from hearthpress.documents.files import MAX_BYTES, BadManuscript
from hearthpress.documents.text import clean, one_line
from hearthpress.mail.actions import write_letter
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.contents import Attachment as Enclosed
from hearthpress.mail.incoming import IncomingMessage
from hearthpress.mail.models import IncomingMail
from hearthpress.mail.routes import Refused
from hearthpress.people.actions import person_for
from hearthpress.people.models import Person
from hearthpress.submissions.actions import attaching
from hearthpress.submissions.actions.attaching import Photo, TooMany
from hearthpress.submissions.actions.writing import throw_away
from hearthpress.submissions.enums import ArrivedBy, AttachmentKind, SubmissionState
from hearthpress.submissions.models import Call, Submission

PURPOSE = "call"
DRAFTS_A_DAY = 3  # for one address
CALL_DRAFTS_A_DAY = 100  # for one call, from whomever
MOST_PHOTOS = 10
NOTE_LENGTH = 5000
TITLE_LENGTH = 200
KEEP_UNCONFIRMED = timedelta(days=30)
DAY = timedelta(days=1)
_PREFIXES = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|submission|story)\s*:\s*)+", re.IGNORECASE)
_PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class Story:
    """One text that was found in a mail; `file` is what it came in, None for the mail's own words."""

    title: str
    source: str
    file: Enclosed | None = None


@dataclass(frozen=True)
class Found:
    """What a mail holds for us, read before the transaction. `told` are sentences for the writer."""

    stories: list[Story]
    photos: list[tuple[str, Photo]]
    note: str
    told: list[str]


def mail_address(call: Call) -> str:
    """The address to which stories for this call may be sent; "" where it takes none by mail."""
    return signed_address(PURPOSE, str(call.pk)) if call.takes_mail else ""


def read_enclosed(message: IncomingMessage, key: str) -> Found:
    """Read what the mail holds: a document or more, or its own words; and photos."""
    told = list(message.notes)
    stories = list(_documents(message, told))
    photos = list(_photos(message, told))
    if stories:
        return Found(stories, photos, message.new_text.strip()[:NOTE_LENGTH], told)
    own = _own_words(message, told)
    return Found([Story(_title(message), own)] if own.strip() else [], photos, "", told)


def take_story(message: IncomingMessage, key: str, row: IncomingMail) -> str:
    """Make drafts of what the mail holds, and ask its writer to confirm. Returns what it became. Raises Refused."""
    if message.automatic or not message.sender:
        row.set_aside(_("A machine wrote it, or it does not say who did."))
        return ""
    call, found = _open_call(key), message.prepared
    if _has_had_enough(call):
        row.set_aside(_("Very many stories came for this call by e-mail today."))
        return ""
    _require_something(found)
    drafts = _drafts(call, message, found)
    context = {"submission": drafts[0], "more": drafts[1:], "call": call, "told": found.told}
    writer = drafts[0].writer
    write_letter("submissions/by_mail", writer.email, context, person=writer, in_reply_to=message.message_id)
    return f"submission {drafts[0].key}"


def forget_unconfirmed() -> int:
    """Throw away drafts that came by mail and whose sender has not signed in since, after 30 days. How many.

    The letter that asked for a confirmation said so.
    """
    unseen = Q(writer__last_login=None) | Q(writer__last_login__lt=F("begun_at"))
    old = Submission.objects.filter(
        unseen,
        state=SubmissionState.DRAFT,
        arrived_by=ArrivedBy.MAIL,
        saved_at__lt=clock.now() - KEEP_UNCONFIRMED,
    )
    return sum(_forget(draft) for draft in old[:1000])


def _forget(draft: Submission) -> bool:
    try:
        throw_away(draft)
    except SomebodyElseWon:
        return False
    return True


def _documents(message: IncomingMessage, told: list[str]) -> Iterator[Story]:
    """The texts among the mail's files. What is no text that we can read is told."""
    for number, enclosed in enumerate(message.attachments, 1):
        if enclosed.media_type in _PHOTO_TYPES:
            continue
        file = _("File %(number)d") % {"number": number}  # its name may be a message to a stranger
        try:
            arrived = read_file(enclosed.name, enclosed.data)
        except BadManuscript as error:
            told.append(f"{file}: {_(str(error))}")
            continue
        told += [f"{file}: {_(loss)}" for loss in arrived.losses]
        if arrived.source.strip():
            stem = one_line(attaching.file_name(enclosed.name).rpartition(".")[0]).replace("_", " ")
            yield Story(stem[:TITLE_LENGTH] or _title(message), arrived.source, enclosed)


def _photos(message: IncomingMessage, told: list[str]) -> Iterator[tuple[str, Photo]]:
    """The photos that can be used, as pixels alone."""
    pictures = [enclosed for enclosed in message.attachments if enclosed.media_type in _PHOTO_TYPES]
    for number, enclosed in enumerate(pictures[:MOST_PHOTOS], 1):
        try:
            yield enclosed.name, attaching.clean_photo(enclosed.data)
        except NotAPicture as error:
            told.append(f"{_('Photo %(number)d') % {'number': number}}: {error}")
    if len(pictures) > MOST_PHOTOS:
        told.append(_("The first %(number)d photos came along, and no more.") % {"number": MOST_PHOTOS})


def _own_words(message: IncomingMessage, told: list[str]) -> str:
    """The mail's own words, with headings and lists where it has them."""
    try:
        arrived = read_html(message.html)
    except BadManuscript:
        return clean(message.text)[:MAX_BYTES]
    if not arrived.source.strip():
        return clean(message.text)[:MAX_BYTES]
    told += [_(loss) for loss in arrived.losses]
    return arrived.source


def _title(message: IncomingMessage) -> str:
    return _PREFIXES.sub("", one_line(message.subject)).strip()[:TITLE_LENGTH]


def _has_had_enough(call: Call) -> bool:
    """Nobody has to sign in to write a mail: a flood of them is kept as it came, and nobody gets a letter for it."""
    today = call.submissions.filter(arrived_by=ArrivedBy.MAIL, begun_at__gt=clock.now() - DAY)
    return today.count() >= CALL_DRAFTS_A_DAY


def _open_call(key: str) -> Call:
    call = Call.objects.filter(pk=int(key), takes_mail=True).first() if key.isdecimal() else None
    if call is None:
        raise Refused(_("There is no such call here, or it takes no stories by e-mail."))
    if not call.is_open:
        raise Refused(_("The call that this address belongs to is closed now."))
    return call


def _require_something(found: Found) -> None:
    if not found.stories:
        raise Refused(
            _(
                "We found no text in it that we can read. A .docx, .odt, .md or .txt file is read, and so are words in "
                "the mail itself."
            )
        )


@transaction.atomic
def _drafts(call: Call, message: IncomingMessage, found: Found) -> list[Submission]:
    """A draft for each text, as many as may be sent together; the photos come with the first."""
    writer = person_for(message.sender)
    today = Submission.objects.filter(writer=writer, arrived_by=ArrivedBy.MAIL, begun_at__gt=clock.now() - DAY)
    if today.exclude(sent_with__isnull=False).count() >= DRAFTS_A_DAY:
        raise Refused(_("Three stories came from you by e-mail today. Please send more tomorrow, or on our pages."))
    first, *others = found.stories[: call.pieces]
    draft = _draft(call, writer, first, found.note)
    drafts = [draft, *(_draft(call, writer, story, "", draft) for story in others)]
    if len(found.stories) > call.pieces:
        found.told.append(_("There were more texts than can be sent together; the first came along."))
    for name, photo in found.photos:
        _keep_photo(draft, name, photo, found.told)
    return drafts


def _draft(call: Call, writer: Person, story: Story, note: str, first: Submission | None = None) -> Submission:
    draft = Submission.objects.create(
        call=call,
        writer=writer,
        arrived_by=ArrivedBy.MAIL,
        title=story.title,
        source=story.source,
        note=note,
        sent_with=first,
    )
    if story.file is not None and len(story.file.data) <= attaching.MAX_BYTES:
        attaching.attach(draft, AttachmentKind.MANUSCRIPT, story.file.name, story.file.data)
    return draft


def _keep_photo(draft: Submission, name: str, photo: Photo, told: list[str]) -> None:
    try:
        attaching.keep_photo(draft, name, photo)
    except TooMany as error:
        told.append(str(error))
