"""Take in a view through Django: what the hot intake (`taking`) passes on, by the same rules and statements."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import cast

from django.db import connections, transaction

from hearthpress.common import clock
from hearthpress.readership.enums import Reason
from hearthpress.readership.intake import NOBODY, View, day_of, judged, reader_key
from hearthpress.readership.keeping import Row, keep_on_postgresql, keep_on_sqlite, turn_at
from hearthpress.readership.router import ALIAS
from hearthpress.readership.salts import salt_of
from hearthpress.readership.terms import Terms
from hearthpress.stories.models import Story


def terms_of(story_key: str) -> Terms | None:
    """The terms of a live story; None for any other."""
    live = Story.objects.live().filter(key=story_key)
    found = live.values_list("writer_id", "agreement__rate_card").first()
    if found is None:
        return None
    writer_id, card = found
    return Terms(story_key, writer_id, card["time_zone"], card["without_script_paid"])


def take_in(view: View, terms: Terms, address: str, user_agent: str) -> Reason | None:
    """Keep one view for good. None when it became a reader-day, and the reason otherwise.

    When this returns, the row is committed to the views database. Address and agent make the reader's key and go no
    further. Raises django.db.DatabaseError and SaltAway, and then nothing was kept.
    """
    moment = clock.now()
    day = day_of(terms, moment)
    reader = NOBODY if view.own else reader_key(salt_of(terms.time_zone, day), address, user_agent)
    row = judged(view, terms, moment, day, reader)
    with in_turn():
        paid = keep_for_good([row])
    return None if paid else Reason(row.reason or Reason.REPEAT)


@contextmanager
def in_turn() -> Iterator[None]:
    """One transaction on the views database, once it is its turn among all that write there.

    On SQLite the intake's processes hand their turn on within microseconds; whoever only asked again and again, as
    SQLite does by itself, would hardly ever find the file free while a crowd is reading.
    """
    views = connections[ALIAS]
    turn = turn_at(views.settings_dict["NAME"]) if views.vendor == "sqlite" else nullcontext()
    with turn, transaction.atomic(using=ALIAS, durable=True):
        yield


def keep_for_good(rows: Sequence[Row]) -> int:
    """Make reader-days and unpaid views of the rows, in the transaction that Django has begun; how many are paid."""
    views = connections[ALIAS]
    with views.wrap_database_errors:
        if views.vendor == "sqlite":
            return keep_on_sqlite(cast(sqlite3.Connection, views.connection), rows)
        return keep_on_postgresql(views.connection, rows)
