"""What a story has earned, from its frozen rate card and its reader-days. Pure: integers in, integers out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from hearthpress.common.money import round_up

Card = Mapping[str, Any]
READER_DAYS_PER_RATE = 1000
# The kind as a frozen card writes it: this module knows no Django, and a card outlives any renaming of an enum.
FLAT = "flat"


def earned_to_date(card: Card, reader_days: int) -> int:
    """Minor units earned by `reader_days` since the story appeared, rounded up to the next whole one, up to the cap.

    A cap of 0 is no cap. A flat fee is earned by appearing, whatever is read.
    """
    if card["kind"] == FLAT:
        return int(card["flat"])
    earned = round_up(Fraction(card["per_thousand"] * reader_days, READER_DAYS_PER_RATE))
    return min(earned, card["cap"]) if card["cap"] else earned


def accrual(card: Card, reader_days: int, accrued_before: int) -> int:
    """What a month adds: the earnings to date less what was accrued before.

    It is never below zero: what a statement has said once is the writer's, even if a later count were lower.
    """
    return max(earned_to_date(card, reader_days) - accrued_before, 0)


def window(card: Card, first_live_at: datetime) -> tuple[date, date]:
    """The first and the last day on which readings are paid, in the card's time zone, both included."""
    first = first_live_at.astimezone(ZoneInfo(card["time_zone"])).date()
    return first, first + timedelta(days=card["window_days"] - 1)


def counted_days(card: Card, first_live_at: datetime, ended_at: datetime | None) -> tuple[date, date]:
    """The first and the last day that are counted: the window, up to the day on which the story was taken down.

    For a flat fee it is the first day alone: that is when the fee is earned.
    """
    first, last = window(card, first_live_at)
    if card["kind"] == FLAT:
        return first, first
    if ended_at is not None:
        last = min(last, ended_at.astimezone(ZoneInfo(card["time_zone"])).date())
    return first, max(first, last)
