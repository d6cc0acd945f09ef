"""What a writer's stories were read and have earned so far, put together for the writer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from hearthpress.agreements.models import rate_in_words
from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.masthead.models import Masthead
from hearthpress.pay.accounts import all_payables, payable_code
from hearthpress.pay.earnings import FLAT, counted_days, earned_to_date
from hearthpress.people.models import Person
from hearthpress.readership.counts import reader_days_many, unpaid_many
from hearthpress.readership.enums import Reason
from hearthpress.stories.models import Story


@dataclass(frozen=True)
class Unpaid:
    """Views of one kind that are not paid, and why."""

    label: str | Promise
    explanation: str | Promise
    views: int


@dataclass(frozen=True)
class StoryEarnings:
    """One story so far: days are dates of its agreement's time zone, today's counts are not settled yet."""

    story: Story
    pays: str
    first: date
    last: date
    is_over: bool
    reader_days: int
    earned: Money
    at_cap: bool
    unpaid: tuple[Unpaid, ...]


def story_earnings(writer: Person) -> list[StoryEarnings]:
    """Every story of the writer's that was ever published, the newest first. The number of queries is constant."""
    stories = list(
        Story.objects.filter(writer=writer, first_live_at__isnull=False)
        .select_related("agreement", "manuscript__submission")
        .defer("agreement__terms", "manuscript__submission__source", "manuscript__submission__document")
        .order_by("-first_live_at", "-id")
    )
    if not stories:
        return []
    keys = [story.key for story in stories]
    spans = {story.key: _span(story) for story in stories}
    first, today = min(span[0] for span in spans.values()), max(_today(story) for story in stories)
    days, unpaid = reader_days_many(keys, first, today), unpaid_many(keys, first, today)
    return [_earnings(story, spans[story.key], days.get(story.key, {}), unpaid.get(story.key, {})) for story in stories]


def owed(writer: Person, currencies: Collection[str]) -> list[Money]:
    """What the magazine owes the writer, from the books: one amount a currency."""
    codes = {payable_code(writer.pk, currency): currency for currency in currencies}
    held = all_payables().filter(code__in=codes).with_totals()
    balances = {account.currency: account.signed(account.debited, account.credited) for account in held}
    return [balances.get(currency, Money(0, currency)) for currency in sorted(currencies)]


def _span(story: Story) -> tuple[date, date]:
    assert story.first_live_at is not None
    return counted_days(story.agreement.rate_card, story.first_live_at, story.ended_at)


def _today(story: Story) -> date:
    return clock.now().astimezone(ZoneInfo(story.agreement.rate_card["time_zone"])).date()


def _earnings(story: Story, span: tuple[date, date], days: dict[date, int], unpaid: dict[str, int]) -> StoryEarnings:
    card = story.agreement.rate_card
    first, last = span
    counted = sum(number for day, number in days.items() if first <= day <= last)
    earned = earned_to_date(card, counted)
    return StoryEarnings(
        story=story,
        pays=rate_in_words(card),
        first=first,
        last=last,
        is_over=story.ended_at is not None or _today(story) > last,
        reader_days=counted,
        earned=Money(earned, card["currency"]),
        at_cap=card["kind"] != FLAT and bool(card["cap"]) and earned == card["cap"],
        unpaid=tuple(Unpaid(reason.label, reason.explanation, unpaid[reason]) for reason in Reason if reason in unpaid),
    )


def currencies_of(earnings: Collection[StoryEarnings]) -> set[str]:
    """The currencies in which these stories are paid, and the magazine's own."""
    return {Masthead.current().currency, *(one.earned.currency for one in earnings)}
