"""The kill fee: what is owed, once, for a story that the magazine accepted and gave back without ever publishing it."""

from django.utils.translation import gettext as _

from hearthpress.agreements.models import Agreement
from hearthpress.common.states import NotAllowed
from hearthpress.editing.models import Manuscript
from hearthpress.ledger.actions import transfer
from hearthpress.pay import accounts
from hearthpress.pay.models import KillFee
from hearthpress.people.models import Person
from hearthpress.stories.models import Story


def owe_kill_fee(agreement: Agreement, actor: Person | None = None) -> KillFee | None:
    """Reaction to an agreement given back: its kill fee is owed from now on, and stands on the next statement.

    Raises NotAllowed for a story that was ever live: it has earned by being published, and can only be retracted.
    """
    _hold_text(agreement)
    if ever_live(agreement):
        raise NotAllowed(_("This story was published. It can be retracted, and what it has earned stays."))
    fee = agreement.kill_fee
    if not fee.minor:
        return None
    accounts.lock_books([fee.currency])
    owed, key = accounts.payable(agreement.writer_id, fee.currency), accounts.kill_fee_key(agreement.key)
    memo = f"Kill fee, agreement {agreement.key}"
    moved = transfer(accounts.expense(fee.currency), owed, fee, key=key, memo=memo)
    return KillFee.objects.create(
        agreement=agreement, currency=fee.currency, amount=fee.minor, transfer=moved, at=moved.at
    )


def ever_live(agreement: Agreement) -> bool:
    """Whether readers ever saw the agreement's story."""
    return Story.objects.filter(agreement=agreement, first_live_at__isnull=False).exists()


def _hold_text(agreement: Agreement) -> None:
    """Nothing of this agreement goes live while this transaction runs: the gate begins with this lock too."""
    held = Manuscript.objects.select_for_update(no_key=True).filter(submission__agreement=agreement)
    list(held.values_list("pk"))
