"""What really happened to a story, from all its state tables, as its writer is told it: facts and dates, no names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hearthpress.agreements.enums import AgreementState as A
from hearthpress.agreements.models import AgreementEvent
from hearthpress.common import clock
from hearthpress.editing.enums import ManuscriptState as M
from hearthpress.editing.models import Approval, CoolingWaived, CoWriterAnswer, Manuscript, ManuscriptEvent
from hearthpress.room.standing import day, has_lapsed, is_application, manuscript_of, story_of
from hearthpress.stories.enums import StoryState as T
from hearthpress.stories.models import StoryEvent, TagsChosen
from hearthpress.submissions.enums import UNDECIDED, ArrivedBy, DecisionKind, WithdrawalReason
from hearthpress.submissions.enums import SubmissionState as S
from hearthpress.submissions.models import Decision, Submission, SubmissionEvent

Label = str | Promise
Decisions = list[tuple[datetime, Decision]]

_SUBMISSION: dict[tuple[str, str], Label] = {
    (S.DRAFT, S.RECEIVED): _("You sent it"),
    (S.REVISING, S.RECEIVED): _("You sent it again"),
    (S.LAPSED, S.RECEIVED): _("You sent it again"),
    (S.REVISING, S.REVISING): _("You took more time for the changes"),
    (S.REVISING, S.LAPSED): _("We stopped waiting for the changes. You can still send them"),
}
_TAKEN_BACK: Label = _("You took it back")
# What the agreement tells itself is not told twice.
_YOURS_AGAIN: dict[str, Label] = {
    WithdrawalReason.ELSEWHERE: _("You took it back: it was accepted elsewhere"),
    WithdrawalReason.NOT_PUBLISHED: _("It was yours again"),
}
_LAPSED: Label = _("The story was yours again")
_DECISION: dict[str, Label] = {
    DecisionKind.ACCEPT: _("We asked to publish it"),
    DecisionKind.DECLINE: _("We decided not to publish it"),
    DecisionKind.REVISE: _("We asked you for changes"),
}
_OF_APPLICATION: dict[str, Label] = {
    DecisionKind.ACCEPT: _("We asked you to be one of our regular writers"),
    DecisionKind.DECLINE: _("We decided not to ask you to write for us regularly now"),
}
_AGREEMENT: dict[tuple[str, str], Label] = {
    (A.OFFERED, A.OFFERED): _("You got more time for the agreement"),
    (A.OFFERED, A.SIGNED): _("You signed the agreement"),
    (A.OFFERED, A.DECLINED): _("The agreement was not made"),
    (A.OFFERED, A.LAPSED): _("The agreement lapsed"),
    (A.SIGNED, A.ENDED): _("The agreement ended"),
    (A.SIGNED, A.GIVEN_BACK): _("We decided not to publish it after all"),
}
_MANUSCRIPT: dict[tuple[str, str], Label] = {
    (M.EDITING, M.ASKED): _("We asked for your yes to the edited text"),
    (M.APPROVED, M.ASKED): _("Somebody who wrote it with you joined: it needs their yes too"),
}
_YOU_SAID_YES: Label = _("You said yes to the text")
_ALL_SAID_YES: Label = _("Everybody who wrote it has said yes to the text")
_OTHER_ASKED: Label = _("Somebody who wrote it with you asked for a change")
_YOU_ASKED: Label = _("You asked for a change")
_NO_TIME_NEEDED: Label = _("You told us that you do not need more time to think")
_OPENED: dict[str, Label] = {
    M.ASKED: _("The editor changed the text again before you had answered"),
    M.APPROVED: _("The editor changed the text again"),
}
_STORY: dict[tuple[str, str], Label] = {
    ("", T.SCHEDULED): _("A time was chosen for it"),
    (T.SCHEDULED, T.LIVE): _("It was published"),
    (T.LIVE, T.LIVE): _("A newer version that you said yes to was published"),
    (T.LIVE, T.RETRACTED): _("We took it off our pages"),
    (T.SCHEDULED, T.RETRACTED): _("We decided not to let it appear"),
}
_TAGS_CHOSEN = _("We chose the shelves that it stands on")


@dataclass(frozen=True)
class Fact:
    """One thing that happened."""

    at: datetime
    label: Label


def timeline(submission: Submission, decisions: Decisions) -> list[Fact]:
    """The facts, oldest first. `decisions` are those that were told: see `told.decisions_told`."""
    return sorted(_facts(submission, decisions), key=lambda fact: fact.at)


def to_come(submission: Submission) -> Fact | None:
    """What is promised, or hoped for, and has not happened; None when nothing has a date."""
    agreement, story = submission.agreement, story_of(submission)
    if submission.state in UNDECIDED and submission.reply_due is not None:
        late = submission.late
        return Fact(submission.reply_due, _("Our answer was due") if late else _("You hear from us, at the latest"))
    if submission.state == S.REVISING and submission.revise_by is not None:
        is_past = submission.revise_by <= clock.now()
        hoped = _("We had hoped for your changes") if is_past else _("We hope for your changes")
        return Fact(submission.revise_by, hoped)
    if agreement is not None and agreement.state == A.OFFERED:
        return Fact(agreement.answer_by, _("The agreement waits for you until"))
    if story is not None and story.state == T.SCHEDULED:
        return Fact(story.goes_live_at, _("It appears"))
    return None


def _facts(submission: Submission, decisions: Decisions) -> Iterator[Fact]:
    yield from _arrival(submission)
    yield from _told(SubmissionEvent.objects.filter(subject=submission), _SUBMISSION)
    yield from _readings(submission)
    yield from _decided(submission, decisions)
    yield from _promises(submission)
    yield from _after_acceptance(submission)
    for event in SubmissionEvent.objects.filter(subject=submission, new=S.WITHDRAWN):
        back = _LAPSED if has_lapsed(submission) else _TAKEN_BACK
        yield Fact(event.at, _YOURS_AGAIN.get(event.why, back))


def _arrival(submission: Submission) -> Iterator[Fact]:
    if submission.arrived_by == ArrivedBy.MAIL:
        yield Fact(submission.begun_at, _("It came to us by e-mail, as a draft"))


def _readings(submission: Submission) -> Iterator[Fact]:
    """How many have read it, and when the newest of them wrote down what they think."""
    if submission.opened_at is not None:
        yield Fact(submission.opened_at, _("An editor opened it"))
    read = submission.readings.aggregate(number=Count("pk"), at=Max("written_at"))
    if read["number"]:
        said = ngettext("An editor has read it", "%(number)s editors have read it", read["number"])
        yield Fact(read["at"], said % {"number": number_format(read["number"])})


def _decided(submission: Submission, decisions: Decisions) -> Iterator[Fact]:
    labels = _DECISION | (_OF_APPLICATION if is_application(submission) else {})
    for at, decision in decisions:
        if decision.to_call is not None:
            yield Fact(at, gettext("We passed it to another call: “%(call)s”") % {"call": decision.to_call})
        elif decision.revise_by is not None:
            asked = gettext("We asked you for changes, and hoped for them by %(date)s")
            yield Fact(at, asked % {"date": day(decision.revise_by)})
        else:
            yield Fact(at, labels[decision.kind])


def _promises(submission: Submission) -> Iterator[Fact]:
    """Every date that we said. One that still holds stands in `to_come`: of a receipt it is not said twice."""
    promises = list(submission.promises.all())
    holds = promises[-1:] if submission.state in UNDECIDED else []
    for promise in promises:
        if promise.by_id is not None:
            said = gettext("We wrote that our answer takes longer, and comes by %(date)s")
        elif promise in holds:
            continue
        else:
            said = gettext("We said that you hear from us by %(date)s")
        yield Fact(promise.at, said % {"date": day(promise.due)})


def _after_acceptance(submission: Submission) -> Iterator[Fact]:
    if submission.agreement is not None:
        yield from _told(AgreementEvent.objects.filter(subject=submission.agreement), _AGREEMENT)
    manuscript, story = manuscript_of(submission), story_of(submission)
    if manuscript is not None:
        yield from _of_text(manuscript, submission.writer_id)
    if story is not None:
        yield from _told(StoryEvent.objects.filter(subject=story), _STORY)
        yield from (Fact(chosen.at, _TAGS_CHOSEN) for chosen in TagsChosen.objects.filter(subject=story))


def _of_text(manuscript: Manuscript, writer: int) -> Iterator[Fact]:
    """What became of the text, told to who sent it; `writer` is their id."""
    events = ManuscriptEvent.objects.filter(subject=manuscript)
    yield from _told(events, _MANUSCRIPT)
    others = set(CoWriterAnswer.objects.filter(co_writer__manuscript=manuscript).values_list("person", flat=True))
    for event in events.filter(old__in=_OPENED, new=M.EDITING):
        by_other = _OTHER_ASKED if event.actor_id in others else _OPENED[event.old]
        yield Fact(event.at, _YOU_ASKED if event.actor_id == writer else by_other)
    own = list(Approval.objects.filter(revision__manuscript=manuscript, person=writer).order_by("at", "pk"))
    yield from (Fact(one.at, _YOU_SAID_YES) for one in own if one.writers)
    for event in events.filter(old=M.ASKED, new=M.APPROVED):
        before = [one for one in own if one.at <= event.at]
        # With several writers the yes is told of apart, as it need not be the last.
        yield Fact(event.at, _ALL_SAID_YES if before and before[-1].writers else _YOU_SAID_YES)
    for waived in CoolingWaived.objects.filter(approval__in=own):
        yield Fact(waived.at, _NO_TIME_NEEDED)


def _told(events: Any, labels: dict[tuple[str, str], Label]) -> Iterator[Fact]:
    for event in events:
        label = labels.get((event.old, event.new))
        if label is not None:
            yield Fact(event.at, label)
