"""Whether the books balance: the newest full check, made again as soon as money has moved."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Max

from hearthpress.common import clock
from hearthpress.ledger.models import Transfer
from hearthpress.pay.models import MonthClose, PayoutBatchEvent
from hearthpress.pay.verify import verify_books

KEEP = 60 * 60  # seconds; what somebody changed behind our back is found no later than this


@dataclass(frozen=True)
class Check:
    """When everything was compared, and one line for each row that does not agree."""

    at: datetime
    problems: list[str]


def newest_check() -> Check:
    """The check of the books as they stand: the kept one, or a new one when there is none."""
    kept = cache.get(_key())
    return Check(*kept) if kept else check_books()


def check_books() -> Check:
    """Compare everything now, and keep the outcome for the pages."""
    key, check = _key(), Check(clock.now(), verify_books())
    cache.set(key, (check.at, check.problems), KEEP)
    return check


def _key() -> str:
    newest = [model.objects.aggregate(newest=Max("pk"))["newest"] for model in (Transfer, MonthClose, PayoutBatchEvent)]
    return f"books-check:{newest}".replace(" ", "")
