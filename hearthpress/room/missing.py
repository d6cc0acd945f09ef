"""What must still be there before something can be sent: a sentence for each field."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hearthpress.documents.plain import count_words
from hearthpress.people.enums import BylineKind
from hearthpress.people.models import Person
from hearthpress.room.forms.questions import field_name
from hearthpress.submissions.actions import read_document
from hearthpress.submissions.enums import Needed, SubmissionState
from hearthpress.submissions.limits import has_length_limits, length_trouble
from hearthpress.submissions.models import Submission
from hearthpress.submissions.questions import unanswered

Wanting = Iterator[tuple[str, str]]


def missing(submission: Submission, writer: Person) -> dict[str, str]:
    """By the name of the field. A piece that goes with another is signed as that one is."""
    wanting = dict(_words(submission))
    if submission.sent_with_id is None:
        wanting |= dict(_name(submission, writer))
    return wanting | dict(_for_the_call(submission)) if submission.state == SubmissionState.DRAFT else wanting


def words_now(submission: Submission) -> int | None:
    """How many words the text has as it is saved; None where the call has no limits, so that nobody counts."""
    return count_words(read_document(submission)) if has_length_limits(submission.call) else None


def _words(submission: Submission) -> Wanting:
    if not submission.title.strip():
        yield (
            "title",
            _("Please give it a title.") if submission.call.is_application else _("Please give your story a title."),
        )
    if not submission.source.strip():
        yield "source", _("There is no text yet.")


def _name(submission: Submission, writer: Person) -> Wanting:
    kind = submission.byline_kind
    if submission.call.is_application:
        if not writer.name.strip():
            yield "name", _("Please write your name.")
        return
    if not kind:
        yield "byline_kind", _("Please choose what your story is signed with.")
    if kind in (BylineKind.LEGAL, BylineKind.FIRST) and not writer.name.strip():
        yield "name", _("Please write your name: you want to sign with it.")
    if kind == BylineKind.PEN and not submission.byline_name.strip():
        yield "byline_name", _("Please write the pen name that you want to sign with.")


def _for_the_call(submission: Submission) -> Wanting:
    """What the call asks: a length, and answers to its own questions. Not of a text that comes back with changes."""
    words = words_now(submission) if submission.source.strip() else None
    if words is not None and (trouble := length_trouble(submission.call, words)):
        yield "source", trouble
    for question in unanswered(submission, Needed.NOW):
        yield field_name(question), _("Please answer: %(question)s") % {"question": question.label}
