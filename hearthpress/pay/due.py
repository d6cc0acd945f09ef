"""Who is due and who waits: one rule for the page that shows it and for the verb that pays."""

from dataclasses import dataclass
from enum import Enum, auto

from hearthpress.common.money import Money
from hearthpress.ledger.models import Account, AccountQuerySet
from hearthpress.masthead.models import Masthead
from hearthpress.pay import accounts
from hearthpress.pay.models import PayDestination
from hearthpress.people.models import Person


class Waits(Enum):
    """Why somebody is not paid now. The first that fits is the reason."""

    BELOW = auto()
    NOWHERE = auto()
    OWN = auto()


@dataclass(frozen=True)
class Owed:
    """What one writer is owed in one currency, and where they are paid. `waits` is None for who is due."""

    writer_id: int
    account: Account
    money: Money
    place: PayDestination | None
    waits: Waits | None


def least_payout() -> int:
    """Minor units below which pay is carried over, in every currency."""
    return max(Masthead.current().payout_threshold, 1)


def owed(actor: Person, payables: AccountQuerySet) -> list[Owed]:
    """What is owed on these accounts, in their order. The acting person's own pay waits for others."""
    least = least_payout()
    places = {place.person_id: place for place in PayDestination.objects.filter(ended_at=None)}
    found = []
    for account in payables.with_totals():
        money, writer_id = account.signed(account.debited, account.credited), accounts.writer_of(account.code)
        if money.minor > 0:
            place = places.get(writer_id)
            waits = _waits(money, least, place, own=writer_id == actor.pk)
            found.append(Owed(writer_id, account, money, place, waits))
    return found


def _waits(money: Money, least: int, place: PayDestination | None, *, own: bool) -> Waits | None:
    if money.minor < least:
        return Waits.BELOW
    if place is None:
        return Waits.NOWHERE
    return Waits.OWN if own else None
