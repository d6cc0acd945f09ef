"""Promises that are missed or nearly so, and the apologies for them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.desk.forms.promises import NewDateForm
from hearthpress.desk.shown_letters import ShownLetter, letter_of
from hearthpress.people.models import Person
from hearthpress.submissions.actions import apologise
from hearthpress.submissions.concealing import whole
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import UNDECIDED, DecisionState
from hearthpress.submissions.models import Conflict, Decision, Submission, SubmissionQuerySet

NEAR = timedelta(days=3)
AT_ONCE = 50  # the most that one page shows, and one click apologises for


@dataclass(frozen=True)
class Promises:
    """`held` is how many more there are among what is held apart, `in_all` how many of what is not."""

    late: list[Submission]
    near: list[Submission]
    in_all: int
    held: int

    @property
    def are_more(self) -> bool:
        return self.in_all > len(self.late) + len(self.near)


@dataclass
class Apology:
    """One of several, with the date that its letter gives; without the letter while there is no date."""

    submission: Submission
    form: NewDateForm
    letter: ShownLetter | None = None


def promises_for(editor: Person) -> Promises:
    """What this editor may apologise for, the oldest promise first."""
    rows = list(to_apologise_for(editor)[:AT_ONCE])
    return Promises(
        late=[row for row in rows if row.late],
        near=[row for row in rows if not row.late],
        in_all=to_apologise_for(editor).count(),
        held=_due_soon(editor).filter(held=True).count(),
    )


def to_apologise_for(editor: Person) -> SubmissionQuerySet:
    """Late, or so soon; nobody's answer is going out. Each with `is_prepared`: a decision waits to be released."""
    prepared = Decision.objects.filter(submission=OuterRef("pk"), state=DecisionState.PREPARED)
    going_out = Decision.objects.filter(submission=OuterRef("pk"), state=DecisionState.RELEASING)
    left = Conflict.objects.filter(submission=OuterRef("pk"), editor=editor)
    rows = _due_soon(editor).filter(~Exists(going_out), ~Exists(left), held=False)
    with_more = rows.select_related("call", "assigned_to").annotate(is_prepared=Exists(prepared))
    return with_more.defer("source", "document", "answers").order_by("reply_due", "pk")


def show_letter(apology: Apology, editor: Person, words: str, due: datetime) -> None:
    """Let the apology have the letter that would go."""
    try:
        apology.letter = letter_of(lambda row: apologise(row, editor, due, words), apology.submission)
    except (Sentence, PermissionDenied):
        apology.letter = None


def try_to_apologise(apology: Apology, editor: Person, words: str, due: datetime) -> str:
    """Send it. What stood in the way, as a sentence; "" when it is on its way."""
    try:
        apologise(whole(apology.submission), editor, due, words)
    except (Sentence, PermissionDenied):
        title = apology.submission
        return _("“%(title)s” was decided, or promised anew, before you. No letter was written.") % {"title": title}
    return ""


def _due_soon(editor: Person) -> SubmissionQuerySet:
    soon = clock.now() + NEAR
    return desk_submissions(editor).filter(state__in=UNDECIDED, reply_due__lte=soon)
