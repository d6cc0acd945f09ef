"""Unpaid views become counts once the time for disputes is over: the rows of readers go, the numbers stay."""

import time
from collections import Counter
from datetime import UTC, date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from hearthpress.common import clock
from hearthpress.readership.models import UnpaidCount, UnpaidView
from hearthpress.readership.router import ALIAS

AT_ONCE = 1000  # rows of one transaction: views that come in meanwhile wait some hundredths of a second
BETWEEN = 0.1  # seconds between two transactions, in which they have their turn

# A zone's date is at most a day before that of UTC.
BEHIND_UTC = timedelta(days=1)


def fold_unpaid_views() -> int:
    """Count and delete the unpaid views of days that ended UNPAID_VIEWS_DAYS ago; how many there were.

    Two workers at once, or one that is killed, do no harm: a row is counted in the transaction that deletes it.
    """
    today = clock.now().astimezone(UTC).date()
    before = today - BEHIND_UTC - timedelta(days=settings.UNPAID_VIEWS_DAYS)
    folded = 0
    while number := _fold(before):
        folded += number
        time.sleep(BETWEEN)
    return folded


def _fold(before: date) -> int:
    """One transaction's worth. On PostgreSQL the rows are locked; on SQLite the whole transaction is alone."""
    with transaction.atomic(using=ALIAS, durable=True):
        oldest = UnpaidView.movable.filter(day__lt=before).order_by("day", "story_key", "reason")
        rows = list(oldest.select_for_update().values_list("pk", "story_key", "day", "reason")[:AT_ONCE])
        for (story_key, day, reason), number in sorted(Counter(row[1:] for row in rows).items()):
            _add(story_key, day, reason, number)
        return UnpaidView.movable.filter(pk__in=[row[0] for row in rows]).move_away() if rows else 0


def _add(story_key: str, day: date, reason: str, number: int) -> None:
    place = {"story_key": story_key, "day": day, "reason": reason}
    count, _made = UnpaidCount.objects.get_or_create(**place, defaults={"number": 0})
    UnpaidCount.objects.filter(pk=count.pk).update(number=F("number") + number)
