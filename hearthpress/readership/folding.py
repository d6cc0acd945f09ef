"""Unpaid views become counts once the time for disputes is over: the rows of readers go, the numbers stay."""

import time
from collections import Counter
from datetime import UTC, date, timedelta

from django.conf import settings
from django.db import connections

from hearthpress.common import clock
from hearthpress.readership.actions import in_turn
from hearthpress.readership.models import UnpaidView
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
    """One transaction's worth. On PostgreSQL the rows are locked; on SQLite the whole transaction is alone.

    What to fold is looked for before it: views that come in need not wait while a whole table is looked through.
    """
    old = UnpaidView.objects.filter(day__lt=before).order_by("pk").values_list("pk", flat=True)
    with_these = UnpaidView.movable.filter(pk__in=list(old[:AT_ONCE]))
    with in_turn():
        rows = list(with_these.select_for_update().values_list("pk", "story_key", "day", "reason"))
        _add(Counter(row[1:] for row in rows))
        return UnpaidView.movable.filter(pk__in=[row[0] for row in rows]).move_away()


def _add(numbers: Counter[tuple[str, date, str]]) -> None:
    """Sorted, so that two workers meet the counts in the same order and neither waits for the other in turn."""
    with connections[ALIAS].cursor() as cursor:
        cursor.executemany(_ADD, [(*place, number) for place, number in sorted(numbers.items())])


_ADD = """
    INSERT INTO readership_unpaidcount AS kept (story_key, day, reason, number) VALUES (%s, %s, %s, %s)
    ON CONFLICT (story_key, day, reason) DO UPDATE SET number = kept.number + excluded.number
"""
