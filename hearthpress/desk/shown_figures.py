"""The editors' numbers as the page shows them: for each a sentence, its charts, and a table of the same numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hearthpress.common import clock
from hearthpress.common.charts import Column, Length, columns, lengths
from hearthpress.desk.figures import AGES, WEEKS, Ages, Arrivals, Load, Told, ages, arrivals, loads, told_by_month
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person

FEW_CALLS = 4  # as many have a chart of their own


@dataclass(frozen=True)
class Chart:
    """`name` stands above it, "" where the figure has no other chart."""

    name: str
    drawn: SafeString


@dataclass(frozen=True)
class Figure:
    """`heads` are the names of the table's columns, the first of which names the rows."""

    key: str
    title: str
    sentence: str
    charts: list[Chart]
    heads: list[str]
    rows: list[list[str]]

    @property
    def cells(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Each row of the table: its name, and its other cells with their heads."""
        for name, *others in self.rows:
            yield name, list(zip(self.heads[1:], others, strict=True))


def shown_figures(editor: Person, masthead: Masthead) -> list[Figure]:
    """Nothing before the first story has come in."""
    zone = masthead.zone
    came, waiting, told = arrivals(zone), ages(editor, zone), told_by_month(zone)
    if not (sum(came.weekly) or sum(waiting.numbers) or any(month.replies for month in told)):
        return []
    return [_arrivals(came), _ages(waiting), _on_time(told), _loads(*loads(editor, zone))]


def _arrivals(came: Arrivals) -> Figure:
    apart = came.by_call if 1 < len(came.by_call) <= FEW_CALLS else []
    total = sum(came.weekly)
    sentence = ngettext(
        "%(total)s story came in over the last %(weeks)s weeks.",
        "%(total)s stories came in over the last %(weeks)s weeks.",
        total,
    )
    this_week = ngettext(
        "%(number)s of them came this week, which is not over yet.",
        "%(number)s of them came this week, which is not over yet.",
        came.weekly[-1],
    )
    series = [(_("All calls") if apart else "", came.weekly), *apart]
    return Figure(
        key="arrivals",
        title=_("Arrivals"),
        sentence=f"{sentence} {this_week}" % {"total": total, "weeks": WEEKS, "number": came.weekly[-1]},
        charts=[_weekly(name, came.mondays, weeks, max(came.weekly)) for name, weeks in series],
        heads=[_("Week from"), *(name or _("Stories") for name, _weeks in series)],
        rows=[
            [date_format(monday, "DATE_FORMAT"), *(str(weeks[n]) for _name, weeks in series)]
            for n, monday in reversed(list(enumerate(came.mondays)))
        ],
    )


def _weekly(name: str, mondays: Sequence[date], weeks: Sequence[int], most: int) -> Chart:
    """Charts that stand together have one scale."""
    named = {*range(0, WEEKS - 4, 8), WEEKS - 1}
    rows = [
        Column(_day(monday) if n in named else "", f"{_day(monday)}: {number}", number, number)
        for n, (monday, number) in enumerate(zip(mondays, weeks, strict=True))
    ]
    return Chart(name, _safe(columns(name or _("Stories that came in, week by week"), rows, most)))


def _ages(waiting: Ages) -> Figure:
    groups = [
        *(_("%(first)s to %(last)s days") % {"first": first, "last": last} for first, last in _spans()),
        _("more than %(days)s days") % {"days": AGES[-1]},
    ]
    rows = list(zip(groups, waiting.numbers, strict=True))
    bars = [Length(name, number, str(number)) for name, number in rows]
    return Figure(
        key="queue",
        title=_("Age of the queue"),
        sentence=_age_in_words(waiting),
        charts=[
            Chart("", _safe(lengths(_("Stories that wait for a decision, by how long they have been here"), bars)))
        ],
        heads=[_("Here for"), _("Stories")],
        rows=[[name, str(number)] for name, number in rows],
    )


def _age_in_words(waiting: Ages) -> str:
    if waiting.oldest is None:
        return _("Nothing waits for a decision.")
    number = sum(waiting.numbers)
    said = ngettext("%(number)s story waits for a decision.", "%(number)s stories wait for a decision.", number)
    oldest = _("The oldest has been here for %(time)s.")
    late = ngettext("%(late)s is past its promised date.", "%(late)s are past their promised date.", waiting.late)
    age = timesince(waiting.oldest, clock.now(), depth=1)
    return f"{said} {oldest} {late}" % {"number": number, "time": age, "late": waiting.late}


def _spans() -> Iterator[tuple[int, int]]:
    return zip([0, *(last + 1 for last in AGES)], AGES, strict=False)


def _on_time(told: list[Told]) -> Figure:
    on_time, replies = sum(month.on_time for month in told), sum(month.replies for month in told)
    named = {0, len(told) // 2, len(told) - 1}
    rows = [
        Column(_month(row.month) if n in named else "", _month_in_words(row), row.on_time, row.replies)
        for n, row in enumerate(told)
    ]
    return Figure(
        key="replies",
        title=_("Replies on time"),
        sentence=_on_time_in_words(on_time, replies),
        charts=[Chart("", _safe(columns(_("Replies by month, and how many of them were on time"), rows)))],
        heads=[_("Month"), _("Replies"), _("On time"), _("Share on time")],
        rows=[
            [date_format(row.month, "F Y"), str(row.replies), str(row.on_time), _share(row.on_time, row.replies)]
            for row in reversed(told)
        ],
    )


def _on_time_in_words(on_time: int, replies: int) -> str:
    if not replies:
        return _("No writer has been told a decision in the last twelve months.")
    said = _("%(on_time)s of %(replies)s replies in the last twelve months came by the promised day: %(share)s.")
    parts = _("The full part of each column was on time, the outlined part was late.")
    day = _("The promised day is the one in the receipt: an apology does not move it.")
    return f"{said} {parts} {day}" % {"on_time": on_time, "replies": replies, "share": _share(on_time, replies)}


def _month_in_words(row: Told) -> str:
    words = {"month": _month(row.month), "on_time": row.on_time, "replies": row.replies}
    return _("%(month)s: %(on_time)s of %(replies)s on time") % words


def _loads(editors: list[Load], nobodys: int) -> Figure:
    given = [Length(load.name, load.given, str(load.given)) for load in editors]
    readings = [Length(load.name, load.readings, str(load.readings)) for load in editors]
    return Figure(
        key="load",
        title=_("Load"),
        sentence=ngettext(
            "%(number)s story that waits has been given to nobody.",
            "%(number)s stories that wait have been given to nobody.",
            nobodys,
        )
        % {"number": nobodys},
        charts=[
            Chart(_("Given and not decided yet"), _safe(lengths(_("Given and not decided yet, by editor"), given))),
            Chart(_("Readings this month"), _safe(lengths(_("Readings this month, by editor"), readings))),
        ],
        heads=[_("Editor"), _("Given and not decided yet"), _("Readings this month")],
        rows=[[load.name, str(load.given), str(load.readings)] for load in editors],
    )


def _share(part: int, whole: int) -> str:
    """Rounded down: it never says more than was kept."""
    return _("%(number)s %%") % {"number": 100 * part // whole} if whole else "–"


def _day(day: date) -> str:
    return date_format(day, pgettext("date format", "j M"))


def _month(first_day: date) -> str:
    return date_format(first_day, pgettext("date format", "M Y"))


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308  charts escape every word that they are given
