"""The first run without the sample: the magazine, what it pays, its first call, and its owner."""

from argparse import Namespace
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import EmailField

from hearthpress.agreements.enums import PayKind
from hearthpress.agreements.models import RateCard
from hearthpress.common.errors import BadValue, Sentence
from hearthpress.common.money import exponent
from hearthpress.masthead.actions import check, set_up
from hearthpress.masthead.models import Masthead
from hearthpress.people.actions import give_role, person_for
from hearthpress.people.enums import Role
from hearthpress.submissions.enums import CallState
from hearthpress.submissions.models import Call

GUIDELINES = """Send us one true story of your own. Tell it plainly, the way you would tell it to a friend.

You don't need to have been published before. Please send only what you wrote yourself."""
RIGHTS = """Your story stays yours. We ask to be the first to publish it, and to keep it on our pages.

You can take it back at any time."""
WHAT_HAPPENS = """We read every story, and answer by the date in the letter that you get when you send it.

If we say yes, you read the terms and sign them, or don't. Nothing is published until you approve the exact words."""


LONGEST_WINDOW = 3650  # days, the most that the desk takes too


@dataclass(frozen=True)
class FirstRun:
    """A magazine as it is wanted: every value in it has been checked, nothing is written yet."""

    owner: str
    values: dict[str, Any]
    sections: list[dict[str, str]]
    rate_card: RateCard


def read(given: Namespace) -> FirstRun:
    """What the arguments of `hearthpress init` ask for. Asks no database. Raises BadValue."""
    values = {
        "name": given.name,
        "tagline": given.tagline,
        "letters_from": given.letters_from or given.owner,
        "time_zone": given.time_zone,
        "currency": given.currency.upper(),
    }
    sections = [_section(text) for text in given.section or ["Stories"]]
    _check_address(given.owner)
    check(values, sections)
    return FirstRun(given.owner, values, sections, _rate_card(given))


@transaction.atomic
def first_run(wanted: FirstRun) -> str:
    """Set the magazine up and write the owner's letter. Returns what to do next. Raises Sentence: it was before."""
    if Masthead.objects.exists():
        raise Sentence("the magazine has been set up already; its owner changes it at the desk")
    masthead = set_up(wanted.values, wanted.sections)
    wanted.rate_card.save()
    Call.objects.create(
        title="Write for us",
        slug="write-for-us",
        guidelines=GUIDELINES,
        rights=RIGHTS,
        what_happens=WHAT_HAPPENS,
        rate_card=wanted.rate_card,
        state=CallState.OPEN,
    )
    owner = person_for(wanted.owner)
    give_role(owner, Role.OWNER, by=None)
    return f"{masthead.name} is set up. A letter to {owner.email} waits in the outbox; `hearthpress serve` sends it."


def _section(text: str) -> dict[str, str]:
    """A section by its name, from which its web address is made, or as NAME=ADDRESS."""
    name, equals, slug = text.rpartition("=")
    return {"name": name.strip(), "slug": slug.strip()} if equals else {"name": text.strip()}


def _check_address(address: str) -> None:
    try:
        EmailField().clean(address, None)
    except ValidationError as error:
        raise BadValue(f"{address!r} is not an e-mail address") from error


def _rate_card(given: Namespace) -> RateCard:
    currency = given.currency.upper()
    if given.flat:
        flat = _minor("--flat", given.flat, currency, least=1)
        return RateCard(name="Flat fee", kind=PayKind.FLAT, currency=currency, flat=flat)
    if not 1 <= given.window_days <= LONGEST_WINDOW:
        raise BadValue(f"--window-days is from 1 to {LONGEST_WINDOW}, not {given.window_days}")
    return RateCard(
        name="Paid by readers",
        currency=currency,
        per_thousand=_minor("--per-thousand", given.per_thousand, currency, least=1),
        cap=_minor("--cap", given.cap, currency, least=0),
        window_days=given.window_days,
    )


def _minor(option: str, amount: str, currency: str, *, least: int) -> int:
    """ "6.00" in USD is 600 minor units. Raises BadValue for what is no amount of this currency, or too little."""
    try:
        minor = Decimal(amount).scaleb(exponent(currency))
    except ArithmeticError as error:
        raise BadValue(f"{option}: {amount!r} is not an amount of money") from error
    if minor != minor.to_integral_value() or not minor < 10**12:
        raise BadValue(f"{option}: {amount!r} is not an amount of {currency}")
    if minor < least:
        raise BadValue(f"{option}: {amount!r} is too little" if least else f"{option}: {amount!r} is below nothing")
    return int(minor)
