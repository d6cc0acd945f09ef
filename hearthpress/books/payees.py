"""Who would be paid by the next payout file, and who waits and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearthpress.common.money import Money
from hearthpress.masthead.models import Masthead
from hearthpress.pay import accounts
from hearthpress.pay.models import PayDestination
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
        """What a page that offers to pay was showing: it tells whether anybody changed it since."""
        return f"{len(self.due)}-{self.total.minor}"


def payees(viewer: Person) -> list[Payees]:
    """Who is due and who waits in each currency, the magazine's own first. The viewer's own pay waits for others."""
    owed, masthead = _owed(), Masthead.current()
    least = max(masthead.payout_threshold, 1)
    writers = Person.objects.in_bulk({writer for writer, _account, _money in owed})
    places = {place.person_id: place.address for place in PayDestination.objects.filter(ended_at=None)}
    found: dict[str, Payees] = {}
    for writer, account, money in owed:
        group = found.setdefault(money.currency, Payees(money.currency, [], []))
        address = places.get(writer, "")
        why = _why_waiting(money, Money(least, money.currency), address, own=writer == viewer.pk)
        payee = Payee(writers[writer], money, address, account, why)
        (group.waiting if why else group.due).append(payee)
    return sorted(found.values(), key=lambda one: (one.currency != masthead.currency, one.currency))


def payees_in(currency: str, viewer: Person) -> Payees:
    """The same for one currency."""
    return next((one for one in payees(viewer) if one.currency == currency), Payees(currency, [], []))


def _owed() -> list[tuple[int, str, Money]]:
    rows = accounts.all_payables().with_totals()
    found = [(accounts.writer_of(row.code), row.code, row.signed(row.debited, row.credited)) for row in rows]
    return [one for one in found if one[2].minor > 0]


def _why_waiting(owed: Money, threshold: Money, address: str, *, own: bool) -> str:
    if owed.minor < threshold.minor:
        return _("Below %(threshold)s: it is carried over.") % {"threshold": threshold}
    if not address:
        return _("Has not said where to be paid.")
    return _("Your own pay is made by somebody else.") if own else ""
