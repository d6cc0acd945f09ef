"""How long pieces lay with the editors, read from the rows that say what happened."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from hearthpress.submissions.enums import CallKind, DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.medians import Wait
from hearthpress.submissions.models import DecisionEvent, Promise, SubmissionEvent

ACCEPTED: dict[str, bool] = {DecisionKind.ACCEPT: True, DecisionKind.DECLINE: False}


@dataclass(frozen=True)
class _End:
    """A wait ends when the writer is told a decision (`kind`), or takes the piece back ("")."""

    at: datetime
    kind: str

    def is_before(self, since: datetime) -> bool:
        """Whether it ended an earlier wait. Passing a piece on begins its next wait at the same moment."""
        return self.at < since or (self.at == since and self.kind == DecisionKind.PASS)


def waits_between(begins: datetime, ends: datetime) -> list[Wait]:
    """Each wait that began in the period, as it stands now: a piece that came back with changes has waited twice.

    What is held apart is left out: nobody is answered there.
    """
    receipts = Promise.objects.filter(by=None, at__gte=begins, at__lt=ends, submission__held=False).order_by("at", "pk")
    rows = receipts.values_list("submission", "at", "due", "submission__writer", "submission__call__kind")
    endings = _endings(begins)
    return [
        _wait(_end_of(endings[submission], at), since=at, due=due, writer=writer, is_story=kind == CallKind.STORIES)
        for submission, at, due, writer, kind in rows
    ]


def told_since(moment: datetime) -> QuerySet[Any]:
    """For a count: the event of each telling since then, with the day that the receipt before it promised (`due`)."""
    receipts = Promise.objects.filter(submission=OuterRef("subject__submission"), by=None, at__lte=OuterRef("at"))
    told = DecisionEvent.objects.filter(new=DecisionState.RELEASED, at__gte=moment).order_by()
    return told.annotate(due=Subquery(receipts.order_by("-at", "-pk").values("due")[:1]))


def _wait(end: _End | None, **facts: Any) -> Wait:
    if end is None:
        return Wait(**facts)
    return Wait(**facts, until=end.at, answered=bool(end.kind), accepted=ACCEPTED.get(end.kind))


def _end_of(endings: deque[_End], since: datetime) -> _End | None:
    """The first ending since then. It is taken out, so that it ends one wait only."""
    while endings and endings[0].is_before(since):
        endings.popleft()
    return endings.popleft() if endings else None


def _endings(since: datetime) -> defaultdict[int, deque[_End]]:
    """What has ended waits since then, the oldest first, by submission."""
    found: defaultdict[int, deque[_End]] = defaultdict(deque)
    for submission, end in sorted(_ends(since), key=lambda row: row[1].at):
        found[submission].append(end)
    return found


def _ends(since: datetime) -> Iterator[tuple[int, _End]]:
    told = DecisionEvent.objects.filter(new=DecisionState.RELEASED, at__gte=since)
    for submission, at, kind in told.values_list("subject__submission", "at", "subject__kind"):
        yield submission, _End(at, kind)
    taken_back = SubmissionEvent.objects.filter(new=SubmissionState.WITHDRAWN, at__gte=since)
    for submission, at in taken_back.values_list("subject", "at"):
        yield submission, _End(at, "")
