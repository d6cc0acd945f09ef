"""The first run without the sample: the magazine, what it pays, its first call, and its owner."""

from argparse import Namespace
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from hearthpress.agreements.enums import PayKind
from hearthpress.agreements.models import RateCard
from hearthpress.common.errors import Sentence
from hearthpress.common.money import exponent
from hearthpress.masthead.actions import set_up
from hearthpress.masthead.models import Masthead
from hearthpress.people.actions import give_role, person_for
from hearthpress.people.enums import Role
from hearthpress.submissions.models import Call

GUIDELINES = """Send us one true story of your own. Tell it plainly, the way you would tell it to a friend.

You don't need to have been published before. Please send only what you wrote yourself."""
RIGHTS = """Your story stays yours. We ask to be the first to publish it, and to keep it on our pages.

You can take it back at any time."""
WHAT_HAPPENS = """We read every story, and answer by the date in the letter that you get when you send it.

If we say yes, you read the terms and sign them, or don't. Nothing is published until you approve the exact words."""


@transaction.atomic
def first_run(given: Namespace) -> str:
    """Set the magazine up and write the owner's letter. Returns what to do next. Raises Sentence, BadMasthead."""
    if Masthead.objects.exists():
        raise Sentence("the magazine has been set up already; its owner changes it at the desk")
    _check_address(given.owner)
    values = {
        "name": given.name,
        "tagline": given.tagline,
        "letters_from": given.letters_from or given.owner,
        "time_zone": given.time_zone,
        "currency": given.currency.upper(),
    }
    set_up(values, [{"name": name} for name in given.section or ["Stories"]])
    Call.objects.create(
        title="Write for us",
        slug="write-for-us",
        guidelines=GUIDELINES,
        rights=RIGHTS,
        what_happens=WHAT_HAPPENS,
        rate_card=_rate_card(given),
    )
    owner = person_for(given.owner)
    give_role(owner, Role.OWNER, by=None)
    return f"{given.name} is set up. A letter to {owner.email} waits in the outbox; `hearthpress serve` sends it."


def _check_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise Sentence(f"{address!r} is not an e-mail address") from error


def _rate_card(given: Namespace) -> RateCard:
    currency = given.currency.upper()
    if given.flat:
        return RateCard.objects.create(
            name="Flat fee", kind=PayKind.FLAT, currency=currency, flat=_minor(given.flat, currency)
        )
    return RateCard.objects.create(
        name="Paid by readers",
        currency=currency,
        per_thousand=_minor(given.per_thousand, currency),
        cap=_minor(given.cap, currency),
        window_days=given.window_days,
    )


def _minor(amount: str, currency: str) -> int:
    """ "6.00" in USD is 600 minor units. Raises Sentence for what is no amount of this currency."""
    try:
        minor = Decimal(amount).scaleb(exponent(currency))
    except InvalidOperation as error:
        raise Sentence(f"{amount!r} is not an amount of money") from error
    if minor != minor.to_integral_value() or not 0 <= minor < 10**12:
        raise Sentence(f"{amount!r} is not an amount of {currency}")
    return int(minor)
