"""How long writers waited and how often a promise was kept, as numbers. Pure: what happened in, figures out.

A figure is told only when enough different people stand behind it, so that it says nothing of any one of them.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

ENOUGH = 10  # people
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wait:
    """One time that a piece lay with the editors, from its receipt to its answer.

    `due` is the day that the receipt promised: an apology later on moves no promise. `until` is None while it waits;
    `answered` is false for what its writer took back first. `accepted` is None unless it was accepted or declined.
    """

    writer: int
    since: datetime
    due: datetime
    until: datetime | None = None
    answered: bool = False
    accepted: bool | None = None
    is_story: bool = True


@dataclass(frozen=True)
class Within:
    """Half of `answers` came within `half` whole days, nine in ten within `most`: a day that was begun counts as one.

    As many as `waiting` have no answer yet.
    """

    answers: int
    half: int
    most: int
    waiting: int


@dataclass(frozen=True)
class Share:
    """`part` of `whole`."""

    part: int
    whole: int


@dataclass(frozen=True)
class Replies:
    """What a writer may expect; None is what too few people stand behind.

    `on_time` is of the promises that were kept or have come due, `accepted` of the stories that had a yes or a no.
    """

    within: Within | None
    on_time: Share | None
    accepted: Share | None


def middle(values: Collection[int]) -> Fraction:
    """The median; of an even number of values it is the mean of the two in the middle. There must be one."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return Fraction(ordered[half] + ordered[~half], 2)


def nine_in_ten(values: Collection[int]) -> int:
    """The smallest of the values that nine in ten of them do not exceed (the nearest rank). There must be one."""
    return sorted(values)[-(-9 * len(values) // 10) - 1]


def enough(people: Iterable[int]) -> bool:
    """Whether so many different people stand behind a figure that it may be told."""
    return len(set(people)) >= ENOUGH


def replies(waits: Collection[Wait], now: datetime) -> Replies:
    """The figures of these waits as they stand now."""
    answered = [wait for wait in waits if wait.answered]
    decided = [wait for wait in answered if wait.is_story and wait.accepted is not None]
    promised = [wait for wait in waits if wait.answered or (wait.until or now) > wait.due]
    return Replies(
        within=_within(answered, waiting=sum(wait.until is None for wait in waits)) if _enough(answered) else None,
        on_time=_share(promised, [wait for wait in promised if (wait.until or now) <= wait.due]),
        accepted=_share(decided, [wait for wait in decided if wait.accepted]),
    )


def _within(answered: Collection[Wait], waiting: int) -> Within:
    days = [max(1, -(-(wait.until - wait.since) // A_DAY)) for wait in answered if wait.until]
    return Within(answers=len(days), half=math.ceil(middle(days)), most=nine_in_ten(days), waiting=waiting)


def _share(whole: Collection[Wait], part: Collection[Wait]) -> Share | None:
    return Share(len(part), len(whole)) if _enough(whole) else None


def _enough(waits: Collection[Wait]) -> bool:
    return enough(wait.writer for wait in waits)
