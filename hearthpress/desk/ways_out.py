"""Where a story has come to a stop, and what this editor may do about it: each way out is a page of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.desk.promises import to_apologise_for
from hearthpress.desk.turns import manuscript_of, story_of
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.submissions.actions.revising import changes_missing
from hearthpress.submissions.enums import UNDECIDED, SubmissionState
from hearthpress.submissions.models import Submission


@dataclass(frozen=True)
class Way:
    """`name` is that of the page's address, `why` how the story stands, `label` what the link says."""

    name: str
    why: str
    label: str
    address: str


def ways_out(submission: Submission, editor: Person) -> list[Way]:
    """For a submission as its door gave it. None for who may not judge it."""
    if submission.state in UNDECIDED:
        return list(_of_promise(submission, editor))
    if not editor.has_perm("submissions.judge", submission):
        return []
    if submission.state == SubmissionState.REVISING:
        return list(_of_changes(submission))
    return list(_of_accepted(submission)) if submission.state == SubmissionState.ACCEPTED else []


def _of_promise(submission: Submission, editor: Person) -> Iterator[Way]:
    if not to_apologise_for(editor).filter(pk=submission.pk).exists():
        return
    day = {"day": _day(submission.reply_due)}
    why = _("The promised date was %(day)s.") if submission.late else _("The promised date is near: %(day)s.")
    address = f"{reverse('desk:apologies')}?story={submission.key}"
    yield Way("apologies", why % day, _("Apologise, and give a new date"), address)


def _of_changes(submission: Submission) -> Iterator[Way]:
    if changes_missing().filter(pk=submission.pk).exists():
        why = _("Changes were asked for long ago, and have not come.")
        if submission.revise_by is not None:
            why = _("The changes were hoped for by %(day)s, and have not come.") % {"day": _day(submission.revise_by)}
        yield _way("left_open", submission, why, _("Stop waiting, and leave it open"))


def _of_accepted(submission: Submission) -> Iterator[Way]:
    agreement = submission.agreement
    yield from _of_approval(submission)
    if agreement is not None and agreement.state == AgreementState.OFFERED:
        why = _("The agreement waits for its writer until %(day)s.") % {"day": _day(agreement.answer_by)}
        yield _way("agreement_time", submission, why, _("Give more time"))
    if agreement is not None and agreement.state == AgreementState.SIGNED and not _was_live(submission):
        why = _("It is accepted, and not published.")
        yield _way("giving_back", submission, why, _("We cannot publish it"))


def _of_approval(submission: Submission) -> Iterator[Way]:
    manuscript = manuscript_of(submission)
    due = manuscript.hoped_for if manuscript else None
    if due is not None and due < clock.today(Masthead.current().time_zone):
        day = {"day": date_format(due, "DATE_FORMAT")}
        why = _("An answer about the edited text was hoped for by %(day)s, and has not come.") % day
        yield _way("correspondence", submission, why, _("Write to the writer"))


def _was_live(submission: Submission) -> bool:
    manuscript = manuscript_of(submission)
    story = story_of(manuscript) if manuscript else None
    return story is not None and story.first_live_at is not None


def _way(name: str, submission: Submission, why: str, label: str) -> Way:
    return Way(name, why, label, reverse(f"desk:{name}", args=[submission.key]))


def _day(moment: object) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")  # type: ignore[arg-type]  # None is no moment here
