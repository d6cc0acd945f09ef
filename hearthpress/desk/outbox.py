"""The outbox: decisions that are prepared, that go out, and that were told today."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from hearthpress.common import clock
from hearthpress.people.models import Person
from hearthpress.submissions.actions import UNDO_WINDOW
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import UNDECIDED, DecisionState, SubmissionState
from hearthpress.submissions.models import Decision, DecisionEvent
from hearthpress.submissions.veil import veiled_to

AT_ONCE = 50  # the most decisions that one page shows, and one click releases
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Outbox:
    """`just` are those of `going_out` that this editor released a moment ago, to be undone together."""

    prepared: list[Decision]
    prepared_in_all: int
    going_out: list[Decision]
    just: list[Decision]
    told: list[Decision]


def outbox_of(editor: Person) -> Outbox:
    going_out = list(_going_out(editor)[:AT_ONCE])
    prepared = prepared_decisions(editor)
    return Outbox(
        prepared=list(prepared[:AT_ONCE]),
        prepared_in_all=prepared.count(),
        going_out=going_out,
        just=[decision for decision in going_out if _is_just_released(decision, editor)],
        told=list(_told_today(editor)[:AT_ONCE]),
    )


def in_outbox(editor: Person) -> QuerySet[Decision]:
    """Decisions that this editor may release and undo: on no story of their own, none that others should judge, and
    none whose writer they may not know yet. The oldest promise first."""
    stories = desk_submissions(editor).filter(~veiled_to(editor)).exclude(conflicts__editor=editor)
    theirs = Decision.objects.filter(submission__in=stories.exclude(state=SubmissionState.WITHDRAWN))
    rows = theirs.select_related(
        "submission__call__rate_card", "submission__byline", "submission__writer", "prepared_by"
    )
    return rows.order_by("submission__reply_due", "pk")


def prepared_decisions(editor: Person) -> QuerySet[Decision]:
    """Those that wait to be released."""
    return in_outbox(editor).filter(state=DecisionState.PREPARED, submission__state__in=UNDECIDED)


def _going_out(editor: Person) -> QuerySet[Any]:
    """Each with who released it (`released_by`, `by_name`) and when (`released_at`), the next to be told first."""
    last = DecisionEvent.objects.filter(subject=OuterRef("pk"), new=DecisionState.RELEASING).order_by("-pk")[:1]
    found = in_outbox(editor).filter(state=DecisionState.RELEASING)
    named = found.annotate(
        released_by=Subquery(last.values("actor")),
        by_name=Subquery(last.values("actor__name")),
        released_at=Subquery(last.values("at")),
    )
    return named.order_by("tell_at", "pk")


def _told_today(editor: Person) -> QuerySet[Any]:
    """Each with when it was told (`told_at`), the newest first. What is told was due a day before at the earliest."""
    now = clock.now()
    midnight = datetime.combine(timezone.localtime(now).date(), time(), timezone.get_current_timezone()).astimezone(UTC)
    found = in_outbox(editor).filter(state=DecisionState.RELEASED, tell_at__gte=midnight - DAY)
    told = found.filter(events__new=DecisionState.RELEASED, events__at__gte=midnight)
    return told.annotate(told_at=F("events__at")).order_by("-told_at", "-pk")


def _is_just_released(decision: Any, editor: Person) -> bool:
    just = clock.now() - decision.released_at <= UNDO_WINDOW
    return just and bool(decision.released_by == editor.pk)
