"""The letters that a thread causes. None of them carries what editors remark to each other."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.correspondence.enums import MessageKind
from hearthpress.correspondence.models import Message
from hearthpress.mail.actions import write_letter
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.models import Letter
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.actions.letters import THREAD
from hearthpress.submissions.concealing import without_names
from hearthpress.submissions.duty import responsible_for
from hearthpress.submissions.models import Submission
from hearthpress.submissions.veil import is_veiled, stays_nameless

# What addresses of a thread are for. Mail to THREAD never goes to the writer; it stands in every letter. ANSWER stands
# in letters to editors alone, and says there what it does: mail to it from one of them goes to the writer.
ANSWER = "answer"

DAY = timedelta(days=1)
# So many messages of one writer about one story are told by letter within a day. All of them are in the thread.
TOLD_A_DAY = 10


def tell_writer(submission: Submission, words: str) -> Letter:
    """The letter that brings the words to the writer. It names no editor."""
    context = {"submission": submission, "words": words}
    return _letter("to_writer", submission.writer, context, reply_to=signed_address(THREAD, submission.key))


def tell_editors(message: Message) -> None:
    """Letters to those who look after the story. The byline names the writer to them.

    Who may not know yet whose it is learns only that there is a message. Who never will, because the story was taken
    back before they voted, gets the message without names: its writer is owed an answer.
    """
    submission = message.submission
    if _told_today(submission) > TOLD_A_DAY:
        return
    reply_to, answer = signed_address(THREAD, submission.key), signed_address(ANSWER, submission.key)
    context = {"submission": submission, "message": message, "answer": answer}
    for editor in editors_of(submission):
        if is_veiled(editor, submission):
            _letter("veiled", editor, {"submission": submission})
        else:
            _letter("from_writer", editor, {**context, **_shown(message, editor)}, reply_to=reply_to)


def _shown(message: Message, editor: Person) -> dict[str, object]:
    """What the letter shows of the story and its message; no `byline` where this editor is not to learn it."""
    submission = message.submission
    if not stays_nameless(editor, submission):
        return {"title": submission.title, "byline": submission.byline, "text": message.text, "files": message.files}
    text = without_names(submission, message.text)
    files = [without_names(submission, name) for name in message.files]
    return {"title": submission.blind_title or _("A story"), "byline": None, "text": text, "files": files}


def editors_of(submission: Submission) -> list[Person]:
    """Whoever answers for the story today; else who has it; else those who took part in it; else the owners, so that
    somebody always hears."""
    editors = _editors(Role.EDITOR, Role.OWNER)
    responsible = responsible_for(submission)
    wrote = submission.messages.exclude(author=submission.writer_id).values("author")
    took_part = (
        Q(readings__submission=submission)
        | Q(pk__in=submission.decisions.values("prepared_by"))
        | Q(pk__in=wrote.exclude(author=None))
    )
    today = editors.filter(pk=responsible.pk) if responsible else editors.none()
    groups = [today, editors.filter(assigned=submission), editors.filter(took_part), _editors(Role.OWNER)]
    heard = (_who_may(group, submission) for group in groups)
    return next(filter(None, heard), [])


def _editors(*roles: Role) -> QuerySet[Person]:
    here = Person.objects.filter(is_active=True, memberships__ended_at=None, memberships__role__in=roles)
    return here.distinct().order_by("pk")


def _who_may(editors: Iterable[Person], submission: Submission) -> list[Person]:
    return [editor for editor in editors if editor.has_perm("submissions.judge", submission)]


def _told_today(submission: Submission) -> int:
    today = submission.messages.filter(kind=MessageKind.FROM_WRITER, at__gt=clock.now() - DAY)
    return int(today.count())


def _letter(name: str, person: Person, context: dict[str, object], reply_to: str = "") -> Letter:
    context = {**context, "may_answer": bool(reply_to)}
    return write_letter(f"correspondence/{name}", person.email, context, person=person, reply_to=reply_to)
