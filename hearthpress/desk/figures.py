"""What the editors' numbers are counted from: one to three queries a figure, however many submissions there are.

Weeks, months and days are those of the magazine's time zone. Nothing is counted by writer; what still waits or is being
read is counted without the editor's own pieces, which others look after.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Min, Q

from hearthpress.common import clock
from hearthpress.common.periods import A_WEEK, last_months, last_weeks, midnight, month_after, period_of
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Reading, SubmissionEvent
from hearthpress.submissions.waits import told_since

WEEKS, MONTHS = 26, 12
AGES = (7, 14, 30, 60)  # days: the last of each group, but for the oldest, which has no end


@dataclass(frozen=True)
class Arrivals:
    """What came in during the weeks that begin on `mondays`: for each call that has any, its title and its weeks."""

    mondays: list[date]
    by_call: list[tuple[str, list[int]]]

    @property
    def weekly(self) -> list[int]:
        """Of all calls together."""
        return [sum(weeks[n] for _title, weeks in self.by_call) for n in range(len(self.mondays))]


@dataclass(frozen=True)
class Ages:
    """How many pieces wait for a decision, by their age (see AGES); how many are late, and when the oldest came."""

    numbers: list[int]
    late: int
    oldest: datetime | None


@dataclass(frozen=True)
class Told:
    """The replies of one month, and how many of them came by the day that the receipt promised."""

    month: date
    on_time: int
    replies: int


@dataclass(frozen=True)
class Load:
    """What one editor has been given and not decided yet, and how many readings they wrote since the month began."""

    name: str
    given: int
    readings: int


def arrivals(zone: ZoneInfo) -> Arrivals:
    """New pieces of the last weeks. One that comes back with changes is none, nor is what is held apart."""
    mondays = last_weeks(clock.today(zone.key), WEEKS)
    edges = [midnight(day, zone) for day in [*mondays, mondays[-1] + A_WEEK]]
    came = SubmissionEvent.objects.filter(
        old=SubmissionState.DRAFT, new=SubmissionState.RECEIVED, at__gte=edges[0], subject__held=False
    )
    by_week = came.order_by().values("subject__call", "subject__call__title", week=period_of("at", edges))
    found: dict[int, tuple[str, list[int]]] = {}
    for row in by_week.annotate(number=Count("pk")).order_by("subject__call"):
        _title, weeks = found.setdefault(row["subject__call"], (row["subject__call__title"], [0] * WEEKS))
        if row["week"] is not None:
            weeks[row["week"]] = row["number"]
    return Arrivals(mondays, list(found.values()))


def ages(editor: Person, zone: ZoneInfo) -> Ages:
    """The queue by age. What was sent today has been here for 0 days."""
    today = clock.today(zone.key)
    since = [midnight(today - timedelta(days=days), zone) for days in AGES]
    within = {f"within_{n}": Count("pk", filter=Q(submitted_at__gte=moment)) for n, moment in enumerate(since)}
    late = Count("pk", filter=Q(reply_due__lt=clock.now()))
    found = desk_submissions(editor).queue().aggregate(all=Count("pk"), late=late, oldest=Min("submitted_at"), **within)
    upto = [0, *(found[name] for name in within), found["all"]]
    return Ages([more - fewer for fewer, more in pairwise(upto)], found["late"], found["oldest"])


def told_by_month(zone: ZoneInfo) -> list[Told]:
    """The last months, the present one among them."""
    months = last_months(clock.today(zone.key), MONTHS)
    edges = [midnight(day, zone) for day in [*months, month_after(months[-1])]]
    by_month = told_since(edges[0]).values(month=period_of("at", edges))
    counted = by_month.annotate(replies=Count("pk"), on_time=Count("pk", filter=Q(at__lte=F("due"))))
    found = {row["month"]: row for row in counted}
    none = {"on_time": 0, "replies": 0}
    rows = [found.get(number, none) for number in range(MONTHS)]
    return [Told(month, row["on_time"], row["replies"]) for month, row in zip(months, rows, strict=True)]


def loads(editor: Person, zone: ZoneInfo) -> tuple[list[Load], int]:
    """Everybody who reads, or still has something from the time when they did; and how much nobody has been given."""
    begins = midnight(clock.today(zone.key).replace(day=1), zone)
    waiting = desk_submissions(editor).queue().select_related(None).order_by()
    given = dict(waiting.values_list("assigned_to").annotate(number=Count("pk")))
    written = Reading.objects.filter(written_at__gte=begins).exclude(submission__writer=editor).order_by()
    readings = dict(written.values_list("editor").annotate(number=Count("pk")))
    reads = Q(is_active=True, memberships__ended_at=None, memberships__role__in=(Role.EDITOR, Role.OWNER))
    people = Person.objects.filter(reads | Q(pk__in=[*filter(None, given), *readings])).distinct()
    found = [Load(str(person), given.get(person.pk, 0), readings.get(person.pk, 0)) for person in people]
    return sorted(found, key=lambda load: load.name.casefold()), given.get(None, 0)
