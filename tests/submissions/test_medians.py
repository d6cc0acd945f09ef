"""Figures of waits: exact medians, honest shares, and nothing said of a few people."""

import statistics
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.submissions.medians import ENOUGH, Share, Wait, Within, middle, nine_in_ten, replies

BEGAN = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOW = BEGAN + timedelta(days=300)
NUMBERS = st.lists(st.integers(0, 10**12), min_size=1, max_size=60)


def wait(writer: int, days: float | None, promised: int = 30, **facts: Any) -> Wait:
    """A piece that was answered after so many days, or still waits."""
    until = None if days is None else BEGAN + timedelta(days=days)
    due = BEGAN + timedelta(days=promised)
    return Wait(writer, BEGAN, due, until, **{"answered": days is not None, "accepted": False, **facts})


def answered(*days: float) -> list[Wait]:
    """One writer each."""
    return [wait(writer, number) for writer, number in enumerate(days)]


@given(NUMBERS)
def test_middle_is_the_median(values: list[int]) -> None:
    assert middle(values) == statistics.median(map(Fraction, values))


@given(NUMBERS)
def test_nine_in_ten_do_not_exceed_it_and_no_smaller_value_will_do(values: list[int]) -> None:
    found = nine_in_ten(values)

    assert found in values
    assert sum(value <= found for value in values) * 10 >= len(values) * 9
    assert sum(value < found for value in values) * 10 < len(values) * 9


@given(st.lists(st.floats(0.01, 200), min_size=ENOUGH, max_size=40), st.integers(0, 9))
def test_waits_have_the_median_of_their_begun_days(days: list[float], waiting: int) -> None:
    waits = answered(*days) + [wait(1000 + n, None) for n in range(waiting)]
    begun = [-(-(BEGAN + timedelta(days=number) - BEGAN) // timedelta(days=1)) for number in days]

    found = replies(waits, NOW).within

    assert found is not None
    assert found.half - 1 < statistics.median(begun) <= found.half
    assert (found.answers, found.waiting) == (len(days), waiting)


@given(st.lists(st.tuples(st.integers(0, 12), st.one_of(st.none(), st.floats(0.01, 90))), max_size=40))
def test_nothing_is_said_of_fewer_than_ten_people(facts: list[tuple[int, float | None]]) -> None:
    told = replies([wait(writer, days) for writer, days in facts], NOW)

    writers = {writer for writer, days in facts if days is not None}
    assert (told.within is None) == (len(writers) < ENOUGH)
    assert (told.accepted is None) == (len(writers) < ENOUGH)


def test_of_an_even_number_the_median_is_between_the_two_in_the_middle_and_rounded_up() -> None:
    found = replies(answered(*[3] * 5, *[6] * 5), NOW).within

    assert found == Within(answers=10, half=5, most=6, waiting=0)


def test_a_begun_day_counts_whole() -> None:
    found = replies(answered(*[2.01] * 10), NOW).within

    assert found is not None
    assert (found.half, found.most) == (3, 3)


def test_many_pieces_of_few_people_are_not_told() -> None:
    told = replies([wait(number % 3, 4) for number in range(60)], NOW)

    assert (told.within, told.on_time, told.accepted) == (None, None, None)


@pytest.mark.parametrize(
    ("last", "kept", "whole"),
    [
        ({"days": 30}, 10, 10),
        ({"days": 30.1}, 9, 10),
        ({"days": None}, 9, 10),  # its day has come, and nobody has answered
        ({"days": None, "promised": 400}, 9, 9),  # its day is still to come
        ({"days": 20, "answered": False}, 9, 9),  # taken back before its day
        ({"days": 40, "answered": False}, 9, 10),  # taken back when its day had passed without an answer
    ],
)
def test_a_promise_counts_once_it_is_kept_or_its_day_has_passed(last: dict[str, Any], kept: int, whole: int) -> None:
    others = [wait(writer, 5) for writer in range(10)][1:]

    told = replies([*others, wait(10, **last), wait(11, 5), wait(12, 50)], NOW)

    assert told.on_time == Share(kept + 1, whole + 2)


def test_requests_for_changes_and_applications_are_answers_and_no_yes_or_no_to_a_story() -> None:
    waits = [wait(writer, 4, accepted=writer < 3) for writer in range(10)]
    waits += [wait(20, 4, accepted=None), wait(21, 4, accepted=True, is_story=False)]

    told = replies(waits, NOW)

    assert told.accepted == Share(3, 10)
    assert told.within is not None
    assert told.within.answers == 12
