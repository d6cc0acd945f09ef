from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.pay.earnings import accrual, counted_days, earned_to_date, window


def card(**values: Any) -> dict[str, Any]:
    defaults = {
        "version": 1,
        "kind": "per_view",
        "currency": "USD",
        "per_thousand": 600,
        "cap": 10000,
        "window_days": 30,
        "flat": 0,
        "time_zone": "America/New_York",
        "without_script_paid": False,
    }
    return {**defaults, **values}


# Minor units: of a dollar (2 decimals), a yen (none) and a Kuwaiti dinar (3).
cards = st.builds(
    card,
    currency=st.sampled_from(["USD", "JPY", "KWD"]),
    per_thousand=st.integers(0, 10**7),
    cap=st.integers(0, 10**6),
)
# Reader-days of each month of a window: any number of months, so any boundaries between them.
months = st.lists(st.integers(0, 5000), max_size=8)


def accruals(rate_card: dict[str, Any], counts: list[int]) -> list[int]:
    """What month after month is accrued for these reader-days."""
    amounts: list[int] = []
    for end in range(1, len(counts) + 1):
        amounts.append(accrual(rate_card, sum(counts[:end]), sum(amounts)))
    return amounts


@pytest.mark.parametrize(
    ("reader_days", "earned"),
    [
        (0, 0),
        (1, 1),
        (2, 2),
        (3, 2),
        (999, 600),
        (1000, 600),
        (1001, 601),
        (16666, 10000),
        (16667, 10000),
        (10**9, 10000),
    ],
)
def test_earnings_are_rounded_up_to_the_cent_and_stop_at_the_cap(reader_days: int, earned: int) -> None:
    assert earned_to_date(card(), reader_days) == earned


def test_the_example_in_the_docs_is_what_is_worked_out() -> None:
    assert accruals(card(), [1234, 767]) == [741, 460]
    assert earned_to_date(card(), 2001) == 1201


def test_a_cap_of_zero_is_no_cap() -> None:
    assert earned_to_date(card(cap=0), 10**9) == 600 * 10**6


def test_a_flat_fee_is_earned_whatever_is_read() -> None:
    flat = card(kind="flat", flat=15000)

    assert [earned_to_date(flat, number) for number in (0, 1, 10**6)] == [15000] * 3
    assert accruals(flat, [3, 0, 500]) == [15000, 0, 0]


def test_earnings_beyond_what_a_float_can_hold_are_exact() -> None:
    assert earned_to_date(card(per_thousand=10**15 + 1, cap=0), 1000 * 10**3) == (10**15 + 1) * 10**3


@given(cards, months)
def test_the_sum_of_the_months_is_the_whole_window_at_once(rate_card: dict[str, Any], counts: list[int]) -> None:
    amounts = accruals(rate_card, counts)

    assert sum(amounts) == (earned_to_date(rate_card, sum(counts)) if counts else 0)
    assert all(amount >= 0 for amount in amounts)


@given(cards, st.integers(0, 10**6), st.integers(0, 10**6))
def test_earnings_never_decrease_and_never_pass_the_cap(rate_card: dict[str, Any], some: int, more: int) -> None:
    before, after = earned_to_date(rate_card, some), earned_to_date(rate_card, some + more)

    assert before <= after
    assert not rate_card["cap"] or after <= rate_card["cap"]
    assert before == rate_card["cap"] or before * 1000 >= rate_card["per_thousand"] * some


@given(cards, st.integers(0, 10**4), st.integers(0, 10**6))
def test_an_accrual_never_takes_back_what_was_accrued(rate_card: dict[str, Any], number: int, before: int) -> None:
    assert accrual(rate_card, number, before) == max(0, earned_to_date(rate_card, number) - before)


def test_the_window_begins_on_the_date_in_the_zone_of_the_card() -> None:
    late_in_the_evening = datetime(2026, 9, 1, 3, 30, tzinfo=UTC)  # 31 August, 23:30 in New York

    assert window(card(), late_in_the_evening) == (date(2026, 8, 31), date(2026, 9, 29))
    assert window(card(time_zone="Asia/Tokyo"), late_in_the_evening) == (date(2026, 9, 1), date(2026, 9, 30))


@pytest.mark.parametrize(
    ("first_live_at", "first", "last"),
    [
        (datetime(2026, 3, 8, 4, 59, tzinfo=UTC), date(2026, 3, 7), date(2026, 4, 5)),  # clocks go forward on 8 March
        (datetime(2026, 11, 1, 3, 59, tzinfo=UTC), date(2026, 10, 31), date(2026, 11, 29)),  # and back on 1 November
    ],
)
def test_the_window_has_its_days_across_a_change_of_the_clocks(
    first_live_at: datetime, first: date, last: date
) -> None:
    assert window(card(), first_live_at) == (first, last)


def test_a_window_of_one_day_is_the_first_day() -> None:
    assert window(card(window_days=1), datetime(2026, 9, 1, 12, tzinfo=UTC)) == (date(2026, 9, 1), date(2026, 9, 1))


def test_counting_stops_on_the_day_of_withdrawal_in_the_zone_of_the_card() -> None:
    live, ended = datetime(2026, 9, 1, 12, tzinfo=UTC), datetime(2026, 9, 11, 3, tzinfo=UTC)

    assert counted_days(card(), live, ended) == (date(2026, 9, 1), date(2026, 9, 10))


def test_counting_stops_with_the_window_when_the_story_is_withdrawn_later() -> None:
    live, ended = datetime(2026, 9, 1, 12, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

    assert counted_days(card(), live, ended) == (date(2026, 9, 1), date(2026, 9, 30))


def test_a_flat_fee_is_settled_by_the_first_day() -> None:
    live = datetime(2026, 9, 1, 12, tzinfo=UTC)

    assert counted_days(card(kind="flat", flat=1), live, None) == (date(2026, 9, 1), date(2026, 9, 1))
