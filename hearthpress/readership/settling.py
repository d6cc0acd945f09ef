"""Arrivals become reader-days and unpaid views: the unique key tells who was first, once the reader has been answered.

A crowd's views are acknowledged as fast as a disk takes rows at the end of a table; finding each reader's place among
a million others is done here, beside it. The worker settles once a second, and whoever closes a month settles first.
"""

import time
from datetime import UTC

from django.db.models import Max

from hearthpress.readership.actions import in_turn, keep_for_good
from hearthpress.readership.keeping import Row
from hearthpress.readership.models import Arrival

AT_ONCE = 1000  # rows of one transaction: views that come in meanwhile wait some hundredths of a second
BETWEEN = 0.02  # seconds between two transactions, in which they have their turn


def settle_arrivals() -> int:
    """Keep for good all that had arrived when this was called, in its order; how many there were.

    Two workers at once, or one that is killed, do no harm: a view is kept by the transaction that takes it from here.
    Raises django.db.DatabaseError.
    """
    newest = Arrival.objects.aggregate(newest=Max("pk"))["newest"]
    settled = 0
    while newest and (number := _settle(newest)):
        settled += number
        time.sleep(BETWEEN)
    return settled


def _settle(newest: int) -> int:
    """One transaction's worth. On PostgreSQL the rows are locked; on SQLite the whole transaction is alone."""
    with in_turn():
        arrived = Arrival.movable.filter(pk__lte=newest).order_by("pk").select_for_update()[:AT_ONCE]
        keep_for_good([_row(arrival) for arrival in arrived])
        return Arrival.movable.filter(pk__in=[arrival.pk for arrival in arrived]).move_away()


def _row(arrival: Arrival) -> Row:
    utc_at = arrival.utc_at.astimezone(UTC).isoformat(" ").removesuffix("+00:00")
    reader = bytes(arrival.reader)
    return Row(arrival.story_key, arrival.day.isoformat(), utc_at, reader, arrival.reason, arrival.rule)
