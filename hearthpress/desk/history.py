"""Everything that happened to a story, from all its state tables, in one list."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import AgreementEvent
from hearthpress.common.states import Event
from hearthpress.desk.turns import manuscript_of, story_of
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import ManuscriptEvent
from hearthpress.people.models import Person
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import StoryEvent, TagsChosen
from hearthpress.submissions.enums import DecisionState, SubmissionState
from hearthpress.submissions.models import DecisionEvent, Submission, SubmissionEvent

# The labels of these states say already that it was the writer.
SAYS_THE_WRITER = {(StoryEvent, StoryState.WITHDRAWN), (ManuscriptEvent, ManuscriptState.APPROVED)}


@dataclass(frozen=True)
class Happening:
    """One move, in words. The writer is never named: a byline may be a pen name."""

    at: datetime
    what: str
    by: str
    why: str


def history(submission: Submission, viewer: Person) -> list[Happening]:
    """What happened to the story, oldest first. Nothing to whoever may not know yet whose it is."""
    if submission.concealed:
        return []
    told = [_told(event, submission, viewer) for event in _events(submission)]
    told += _tags_chosen(submission, viewer)
    return sorted(told, key=lambda happening: happening.at)


def bare_history(submission: Submission, viewer: Person) -> list[Happening]:
    """The same without anybody's words: what may be told of a story that was taken back."""
    return [replace(happening, why="") for happening in history(submission, viewer)]


def _events(submission: Submission) -> list[Event]:
    manuscript = manuscript_of(submission)
    story = story_of(manuscript) if manuscript else None
    tables: dict[Any, Any] = {
        SubmissionEvent: submission,
        AgreementEvent: submission.agreement,
        ManuscriptEvent: manuscript,
        StoryEvent: story,
    }
    found = [kind.objects.filter(subject=subject) for kind, subject in tables.items() if subject]
    found.append(DecisionEvent.objects.filter(subject__submission=submission).select_related("subject"))
    return list(chain.from_iterable(rows.select_related("actor") for rows in found))


def _tags_chosen(submission: Submission, viewer: Person) -> list[Happening]:
    chosen = TagsChosen.objects.filter(subject__manuscript__submission=submission).select_related("actor")
    what = _("Tags were chosen")
    return [Happening(one.at, what, _by(one.actor, submission, viewer), one.names) for one in chosen]


def _told(event: Event, submission: Submission, viewer: Person) -> Happening:
    said = (type(event), event.new) in SAYS_THE_WRITER
    stopped = isinstance(event, ManuscriptEvent) and event.new == ManuscriptState.STOPPED
    by = "" if said else _by(event.actor, submission, viewer)
    return Happening(event.at, _what(event), by, "" if stopped else event.why)


def _what(event: Event) -> str:
    thing, labels = _things()[type(event)]
    if isinstance(event, DecisionEvent):
        thing = event.subject.get_kind_display()
    return _("%(thing)s: %(state)s") % {"thing": thing, "state": dict(labels)[event.new]}


def _things() -> dict[type[Event], tuple[Any, Any]]:
    return {
        SubmissionEvent: (_("Submission"), SubmissionState.choices),
        DecisionEvent: (_("Decision"), DecisionState.choices),
        AgreementEvent: (_("Agreement"), AgreementState.choices),
        ManuscriptEvent: (_("Text"), ManuscriptState.choices),
        StoryEvent: (_("Story"), StoryState.choices),
    }


def _by(actor: Person | None, submission: Submission, viewer: Person) -> str:
    if actor is None:
        return ""
    if actor.pk == submission.writer_id:
        return _("the writer")
    return _("you") if actor.pk == viewer.pk else str(actor)
