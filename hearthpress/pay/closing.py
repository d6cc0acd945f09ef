"""What closing a month takes in: which currencies, which stories, which days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.common.canonical import canonical_bytes
from hearthpress.common.errors import Sentence
from hearthpress.common.states import SomebodyElseWon
from hearthpress.masthead.models import Masthead
from hearthpress.pay.earnings import counted_days
from hearthpress.pay.models import Accrual, KillFee, MonthClose
from hearthpress.pay.months import Month
from hearthpress.stories.models import Story

# (story key, first day, last day) -> reader-days by date; days without any may be left out.
ReaderDays = Callable[[str, date, date], Mapping[date, int]]
Counts = Mapping[date, int]

EVIDENCE_VERSION = 1


class CannotClose(Sentence):
    """The month cannot be closed now; the argument is a sentence for the bookkeeper."""


@dataclass(frozen=True)
class Line:
    """One story in one month: it is counted from `first` up to `until`, since it appeared."""

    agreement_id: int
    agreement_key: str
    writer_id: int
    title: str
    story_key: str
    card: dict[str, Any]
    first: date
    until: date
    accrued_before: int

    @property
    def currency(self) -> str:
        currency: str = self.card["currency"]
        return currency


@dataclass(frozen=True)
class Plan:
    """A month's closing: the currencies that are still open in it, and what is counted."""

    month: Month
    currencies: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Published:
    """A story that was ever live, with the frozen rate card of its agreement."""

    row: dict[str, Any]
    first: date
    last: date

    @property
    def card(self) -> dict[str, Any]:
        card: dict[str, Any] = self.row["agreement__rate_card"]
        return card


@dataclass(frozen=True)
class _Before:
    """Up to which day an agreement's story was counted in earlier months, and how much was accrued for it."""

    counted_to: date
    amount: int


def plan(month: Month) -> Plan:
    """What closing this month would take in, as things stand. Raises CannotClose, SomebodyElseWon (it is closed)."""
    stories = _published()
    _require_over(month, stories)
    currencies = _open_currencies(month, stories)
    if not currencies:
        raise SomebodyElseWon(_("%(month)s is closed already.") % {"month": in_words(month)})
    before = _accrued_before()
    lines = [_line(story, month, before) for story in stories if story.card["currency"] in currencies]
    return Plan(month, currencies, tuple(line for line in lines if line is not None))


def so_far(month: Month) -> tuple[Line, ...]:
    """What closing this month would count if it were over now. Earlier months that are still open are in it too."""
    before = _accrued_before()
    lines = (_line(story, month, before) for story in _published())
    return tuple(line for line in lines if line is not None)


def first_kill_fees() -> dict[str, Month]:
    """The month, where the magazine is, in which the first kill fee of each currency was owed."""
    zone = Masthead.current().zone
    found = KillFee.objects.order_by().values_list("currency").annotate(first=Min("at"))
    return {currency: Month.of(first.astimezone(zone).date()) for currency, first in found}


def evidence(line: Line, counts: Counts) -> bytes:
    """The counts behind an accrual as canonical bytes: every day that has any, in the agreement's time zone."""
    days = {day.isoformat(): number for day, number in counts.items() if number}
    span = {"first": line.first.isoformat(), "last": line.until.isoformat()}
    return canonical_bytes({"version": EVIDENCE_VERSION, "story": line.story_key, **span, "days": days})


def in_words(month: Month) -> str:
    """The month as people write it: "September 2026"."""
    return date_format(month.first_day, "F Y")


def _published() -> list[_Published]:
    held = Story.objects.filter(
        agreement__state__in=[AgreementState.SIGNED, AgreementState.ENDED], first_live_at__isnull=False
    )
    columns = ["key", "first_live_at", "ended_at", "agreement_id"]
    of_agreement = ["agreement__key", "agreement__writer_id", "agreement__title", "agreement__rate_card"]
    rows = held.order_by("agreement_id").values(*columns, *of_agreement)
    return [_Published(row, *_days(row)) for row in rows]


def _days(row: dict[str, Any]) -> tuple[date, date]:
    return counted_days(row["agreement__rate_card"], row["first_live_at"], row["ended_at"])


def _require_over(month: Month, stories: list[_Published]) -> None:
    """The month is over where the magazine is, and in every time zone that was promised to a writer."""
    zone = Masthead.current().time_zone
    over_at = month.over_at({zone, *(story.card["time_zone"] for story in stories)})
    if clock.now() < over_at:
        when = date_format(over_at.astimezone(Masthead.current().zone), "j F Y, H:i")
        words = {"month": in_words(month), "when": when, "zone": zone}
        raise CannotClose(_("%(month)s can be closed from %(when)s (%(zone)s).") % words)


def _open_currencies(month: Month, stories: list[_Published]) -> tuple[str, ...]:
    """The currencies in which the month is not closed yet and every earlier month is."""
    begun = _begun(stories)
    currencies = {*begun, Masthead.current().currency}
    closed = dict(
        MonthClose.objects.values("currency").annotate(last=Max("year_month")).values_list("currency", "last")
    )
    wanted = sorted(name for name in currencies if name not in closed or Month.parse(closed[name]) < month)
    for currency in wanted:
        due = Month.parse(closed[currency]).next if currency in closed else begun.get(currency, month)
        if due < month:
            raise CannotClose(_("Please close %(month)s first.") % {"month": in_words(due)})
    return tuple(wanted)


def _begun(stories: list[_Published]) -> dict[str, Month]:
    """The month in which the books of each currency begin: with its first story, or its first kill fee."""
    begun = first_kill_fees()
    for story in stories:
        currency, first = story.card["currency"], Month.of(story.first)
        begun[currency] = min(begun.get(currency, first), first)
    return begun


def _accrued_before() -> dict[int, _Before]:
    rows = Accrual.objects.order_by().values("agreement_id").annotate(to=Max("counted_to"), total=Sum("amount"))
    return {row["agreement_id"]: _Before(row["to"], row["total"]) for row in rows}


def _line(story: _Published, month: Month, before: dict[int, _Before]) -> Line | None:
    """What to count of the story, or None: it appeared later, or all its days were counted in an earlier month."""
    row = story.row
    earlier = before.get(row["agreement_id"])
    if story.first > month.last_day or (earlier is not None and earlier.counted_to >= story.last):
        return None
    return Line(
        agreement_id=row["agreement_id"],
        agreement_key=row["agreement__key"],
        writer_id=row["agreement__writer_id"],
        title=row["agreement__title"],
        story_key=row["key"],
        card=story.card,
        first=story.first,
        until=min(story.last, month.last_day),
        accrued_before=earlier.amount if earlier else 0,
    )
