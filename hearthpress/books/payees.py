"""Who would be paid by the next payout file, and who waits and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.common.money import Money
from hearthpress.masthead.models import Masthead
from hearthpress.pay import accounts
from hearthpress.pay.due import Owed, Waits, least_payout, owed
from hearthpress.people.models import Person


@dataclass(frozen=True)
class Payee:
    """A writer to whom something is owed. `why_waiting` is one sentence, empty for who is due."""

    writer: Person
    owed: Money
    address: str
    account: str
    why_waiting: str


@dataclass(frozen=True)
class Payees:
    """The writers to whom something is owed in one currency, in the order of their accounts, as the file has them."""

    currency: str
    due: list[Payee]
    waiting: list[Payee]

    @property
    def total(self) -> Money:
        return sum((payee.owed for payee in self.due), Money(0, self.currency))

    @property
    def fingerprint(self) -> str:
        """What a page that offers to pay was showing: 32 hex digits that differ when any row of it has changed."""
        rows = [[payee.account, payee.owed.minor, payee.address] for payee in self.due]
        return sha256(canonical_bytes({"currency": self.currency, "due": rows}))[:32]


def payees(viewer: Person) -> list[Payees]:
    """Who is due and who waits in each currency, the magazine's own first. The viewer's own pay waits for others."""
    found, home = owed(viewer, accounts.all_payables()), Masthead.current().currency
    writers = Person.objects.in_bulk({one.writer_id for one in found})
    groups: dict[str, Payees] = {}
    for one in found:
        currency, address = one.money.currency, one.place.address if one.place else ""
        group = groups.setdefault(currency, Payees(currency, [], []))
        payee = Payee(writers[one.writer_id], one.money, address, one.account.code, _why_waiting(one))
        (group.waiting if one.waits else group.due).append(payee)
    return sorted(groups.values(), key=lambda group: (group.currency != home, group.currency))


def payees_in(currency: str, viewer: Person) -> Payees:
    """The same for one currency."""
    return next((one for one in payees(viewer) if one.currency == currency), Payees(currency, [], []))


def _why_waiting(one: Owed) -> str:
    if one.waits is Waits.BELOW:
        threshold = Money(least_payout(), one.money.currency)
        return _("Below %(threshold)s: it is carried over.") % {"threshold": threshold}
    if one.waits is Waits.NOWHERE:
        return _("Has not said where to be paid.")
    return _("Your own pay is made by somebody else.") if one.waits is Waits.OWN else ""
