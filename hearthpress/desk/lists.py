"""What the queue page shows: what waits, what is ready to be told, what is being edited, what has just appeared."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, F, Prefetch, Q

from hearthpress.common import clock
from hearthpress.desk.turns import Turn, turn_of
from hearthpress.people.models import Person
from hearthpress.stories.enums import GONE, StoryState
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import UNDECIDED, DecisionState, SubmissionState, Vote
from hearthpress.submissions.models import Decision, Submission

PAGE = 25
LIST = 200  # the most that one of the short lists shows
NEWEST = 10


@dataclass(frozen=True)
class Page:
    """One page of the queue. `after` is the key that the next page begins behind, "" on the last one."""

    rows: list[Submission]
    after: str
    waiting: int
    late: int


@dataclass(frozen=True)
class InWork:
    """An accepted story on its way to its readers, and whose turn it is."""

    submission: Submission
    turn: Turn


def queue_page(editor: Person, after: str = "") -> Page:
    """The stories that wait for a decision, the oldest promise first, from behind the one with the key `after`."""
    waiting = desk_submissions(editor).queue()
    counts = waiting.aggregate(waiting=Count("pk"), late=Count("pk", filter=Q(reply_due__lt=clock.now())))
    rows = list(_with_votes(_behind(waiting, editor, after))[: PAGE + 1])
    return Page(rows=rows[:PAGE], after=rows[PAGE - 1].key if len(rows) > PAGE else "", **counts)


def ready_to_tell(editor: Person) -> models.QuerySet[Decision]:
    """Prepared decisions that this editor may release, the oldest promise first."""
    theirs = Decision.objects.filter(
        state=DecisionState.PREPARED, submission__in=desk_submissions(editor).filter(state__in=UNDECIDED)
    )
    rows = theirs.select_related("submission__byline", "submission__call", "submission__writer", "prepared_by")
    return rows.order_by("submission__reply_due", "pk")


def in_work(editor: Person) -> list[InWork]:
    """Accepted stories that are not yet live as they now stand, those that an editor can move on first."""
    accepted = desk_submissions(editor).filter(state=SubmissionState.ACCEPTED)
    on_the_way = accepted.exclude(manuscript__story__state__in=GONE).exclude(
        manuscript__story__state=StoryState.LIVE,
        manuscript__revision=F("manuscript__story__edition__revision"),
    )
    rows = on_the_way.select_related("byline", "agreement", "manuscript__story", "manuscript__editor")
    found = [InWork(row, turn_of(row)) for row in rows.order_by("submitted_at", "pk")[:LIST]]
    return sorted(found, key=lambda item: item.turn.order)


def just_live(editor: Person) -> models.QuerySet[Submission]:
    """The newest live stories, but for this editor's own."""
    live = desk_submissions(editor).filter(manuscript__story__state=StoryState.LIVE)
    return live.select_related("manuscript__story").order_by("-manuscript__story__first_live_at")[:NEWEST]


def _behind(waiting: models.QuerySet[Submission], editor: Person, after: str) -> models.QuerySet[Submission]:
    """No OFFSET: rows are found by the last row's place, which stays even when that row has left the queue."""
    last = desk_submissions(editor).filter(key=after).first() if after.isalnum() else None
    if last is None:
        return waiting
    return waiting.filter(Q(reply_due__gt=last.reply_due) | Q(reply_due=last.reply_due, pk__gt=last.pk))


def _with_votes(rows: models.QuerySet[Submission]) -> models.QuerySet[Any]:
    votes = {f"votes_{vote}": Count("readings", filter=Q(readings__vote=vote)) for vote in Vote.values}
    prepared = Decision.objects.filter(state=DecisionState.PREPARED)
    return rows.annotate(**votes).prefetch_related(Prefetch("decisions", queryset=prepared, to_attr="prepared"))
