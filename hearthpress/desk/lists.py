"""Accepted stories: what is on its way to readers, what has just appeared."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F

from hearthpress.desk.turns import Turn, manuscript_of, turn_of
from hearthpress.editing.cooling import cooling_times
from hearthpress.people.models import Person
from hearthpress.stories.enums import GONE, StoryState
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import CallKind, SubmissionState
from hearthpress.submissions.models import Submission

LIST = 200  # the most that the list shows
NEWEST = 10


@dataclass(frozen=True)
class InWork:
    """An accepted story on its way to its readers, and whose turn it is."""

    submission: Submission
    turn: Turn


def in_work(editor: Person) -> list[InWork]:
    """Accepted stories that are not yet live as they now stand, those that an editor can move on first."""
    # An application that was accepted is no story: its writer is in the circle.
    accepted = desk_submissions(editor).filter(state=SubmissionState.ACCEPTED, call__kind=CallKind.STORIES)
    on_the_way = accepted.exclude(manuscript__story__state__in=GONE).exclude(
        manuscript__story__state=StoryState.LIVE,
        manuscript__revision=F("manuscript__story__edition__revision"),
    )
    rows = on_the_way.select_related("byline", "agreement", "manuscript__story", "manuscript__editor")
    shown = list(rows.order_by("submitted_at", "pk")[:LIST])
    cooling = cooling_times(text for row in shown if (text := manuscript_of(row)))
    found = [InWork(row, turn_of(row, cooling)) for row in shown]
    return sorted(found, key=lambda item: item.turn.order)


def just_live(editor: Person) -> models.QuerySet[Submission]:
    """The newest live stories, but for this editor's own."""
    live = desk_submissions(editor).filter(manuscript__story__state=StoryState.LIVE)
    return live.select_related("manuscript__story").order_by("-manuscript__story__first_live_at")[:NEWEST]
