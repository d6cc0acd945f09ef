"""What really happened to a story, from all its state tables, as its writer is told it: facts and dates, no names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearthpress.agreements.enums import AgreementState as A
from hearthpress.agreements.models import AgreementEvent
from hearthpress.editing.enums import ManuscriptState as M
from hearthpress.editing.models import ManuscriptEvent
from hearthpress.room.standing import has_lapsed, manuscript_of, story_of
from hearthpress.stories.enums import StoryState as T
from hearthpress.stories.models import StoryEvent, TagsChosen
from hearthpress.submissions.enums import SubmissionState as S
from hearthpress.submissions.models import Submission, status_events

Label = str | Promise

_FACTS: dict[tuple[str, str], Label] = {
    (S.DRAFT, S.RECEIVED): _("You sent it"),
    (S.REVISING, S.RECEIVED): _("You sent it again"),
    (S.RECEIVED, S.READING): _("An editor began to read it"),
    (S.READING, S.ACCEPTED): _("We asked to publish it"),
    (S.READING, S.DECLINED): _("We decided not to publish it"),
    (S.READING, S.REVISING): _("We asked you for changes"),
}
_TAKEN_BACK: Label = _("You took it back")
_LAPSED: Label = _("The story was yours again")
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
    (M.ASKED, M.APPROVED): _("You said yes to the text"),
    (M.APPROVED, M.EDITING): _("The editor changed the text again"),
}
_YOU_ASKED: Label = _("You asked for a change")
_OPENED: Label = _("The editor changed the text again before you had answered")
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


def timeline(submission: Submission) -> list[Fact]:
    """The facts, oldest first."""
    return sorted(_facts(submission), key=lambda fact: fact.at)


def _facts(submission: Submission) -> Iterator[Fact]:
    before = S.DRAFT.value
    back = _LAPSED if has_lapsed(submission) else _TAKEN_BACK
    for event in status_events(submission):
        label = _FACTS.get((before, event["state"]), back)
        yield Fact(event["at"], label)
        before = event["state"]
    if submission.agreement is not None:
        yield from _told(AgreementEvent.objects.filter(subject=submission.agreement), _AGREEMENT)
    manuscript, story = manuscript_of(submission), story_of(submission)
    if manuscript is not None:
        events = ManuscriptEvent.objects.filter(subject=manuscript)
        yield from _told(events, _MANUSCRIPT)
        for opened in events.filter(old=M.ASKED, new=M.EDITING):
            yield Fact(opened.at, _YOU_ASKED if opened.actor_id == submission.writer_id else _OPENED)
    if story is not None:
        yield from _told(StoryEvent.objects.filter(subject=story), _STORY)
        yield from (Fact(chosen.at, _TAGS_CHOSEN) for chosen in TagsChosen.objects.filter(subject=story))


def _told(events: Any, labels: dict[tuple[str, str], Label]) -> Iterator[Fact]:
    for event in events:
        label = labels.get((event.old, event.new))
        if label is not None:
            yield Fact(event.at, label)
