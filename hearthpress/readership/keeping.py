"""Writing judged views: many in one transaction, on SQLite or PostgreSQL, in plain SQL that knows no Django.

The hot intake appends them as arrivals, at the end of a table: that costs the same however many readers a day has had.
`settling` keeps them for good. A row with a reason becomes an unpaid view. A row without one becomes a reader-day when
it is the first of its story, day and reader, which the unique key decides, and an unpaid view with the reason "repeat"
otherwise. Of the unpaid views of one story, day, reader and reason the first MOST_ALIKE are rows, and those after them
are only counted: nobody fills a disk by sending the same all day. What is kept is given as one JSON text and one string
of readers' keys: a statement is the same for any number of rows, and its work is done outside of Python's lock.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    import psycopg


# SQLite: pages of 4 KB after which its log is written back to the file, and KB of pages kept in memory.
# What one statement may have to undo stays in memory.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "wal_autocheckpoint=4000",
    "cache_size=-8000",
    "temp_store=MEMORY",
)
MOST_ALIKE = 10  # rows: who comes back more often on one day is no longer told apart visit by visit
WAIT_FOR_OTHERS = 5  # seconds for which one writer waits for another, and for an answer of PostgreSQL
USUAL = {"application_name": "hearthpress views"}


class Row(NamedTuple):
    """One judged view. `day` is an ISO date, `utc_at` "2026-11-25 17:00:00.123456" in UTC, `reason` "" when payable."""

    story_key: str
    day: str
    utc_at: str
    reader: bytes
    reason: str
    rule: str


class Views(Protocol):
    """Where views arrive, on a connection of its own."""

    def append(self, rows: Sequence[Row]) -> None:
        """Commit the rows as arrivals, all or none. Raises sqlite3.Error, psycopg.Error, OSError."""

    def close(self) -> None: ...


@contextmanager
def turn_at(path: str | Path) -> Iterator[None]:
    """Whoever writes to the SQLite file at `path` stands in line here, threads and processes alike.

    SQLite's own waiting is a sleep; who waits for a lock begins the moment it is free. Raises OSError.
    """
    descriptor = os.open(f"{path}-turn", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class SqliteViews:
    """A SQLite file: WAL, and each commit on the disk before `append` returns (`synchronous=FULL`)."""

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, timeout=WAIT_FOR_OTHERS, isolation_level=None, check_same_thread=False)
        try:
            for pragma in PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}").fetchall()
        except BaseException:
            self._connection.close()
            raise

    def append(self, rows: Sequence[Row]) -> None:
        with turn_at(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for some in _portions(rows):
                    self._connection.execute(_SQLITE_ARRIVALS[len(some)], [field for row in some for field in row])
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self._connection.close()


class PostgresViews:
    """A PostgreSQL database. `wanted` is what psycopg.connect takes; each batch is one statement, and so one commit."""

    def __init__(self, wanted: dict[str, Any]) -> None:
        import psycopg  # noqa: PLC0415  a tenth of a start, for who has PostgreSQL

        self._connection = psycopg.connect(**{**USUAL, **wanted}, autocommit=True)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        self._connection.execute(f"SET statement_timeout = '{WAIT_FOR_OTHERS}s'")
        # Whatever else this database is set to: what we acknowledge is on its disk.
        self._connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
        )

    def append(self, rows: Sequence[Row]) -> None:
        texts, readers = _as_parameters(rows)
        self._connection.execute(_POSTGRESQL_ARRIVALS, {"rows": texts, "readers": readers}, prepare=True)

    def close(self) -> None:
        self._connection.close()


def keep_on_sqlite(connection: sqlite3.Connection, rows: Sequence[Row]) -> int:
    """Write the rows in the transaction that is open and holds the write lock; how many became reader-days."""
    payable, unpaid = _first_views(rows)
    paid = 0
    if payable:
        sent = _as_parameters(payable)
        [(before,)] = connection.execute("SELECT coalesce(max(id), 0) FROM readership_readerday").fetchall()
        paid = connection.execute(_SQLITE_PAID, sent).rowcount
        if paid < len(payable):
            repeats = connection.execute(_SQLITE_REPEATS, (*sent, before)).fetchall()
            unpaid = [*(payable[place]._replace(reason="repeat") for (place,) in repeats), *unpaid]
    if unpaid:
        sent = _as_parameters(unpaid)
        connection.execute(_SQLITE_COUNTED, sent)
        connection.execute(_SQLITE_UNPAID, sent)
    return paid


def keep_on_postgresql(connection: "psycopg.Connection[Any]", rows: Sequence[Row]) -> int:
    """Write the rows with one statement, which is the same for any number; how many became reader-days."""
    texts, readers = _as_parameters(rows)
    found = connection.execute(_POSTGRESQL, {"rows": texts, "readers": readers}, prepare=True).fetchone()
    return int(cast("tuple[int]", found)[0])


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """All the rows, in so many at once as there is a statement for."""
    start = 0
    for size in PORTIONS:
        while len(rows) - start >= size:
            yield rows[start : start + size]
            start += size


def _first_views(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """What may be paid, each reader once, and what is not paid whatever stands in the database."""
    payable: dict[tuple[str, str, bytes], Row] = {}
    unpaid = []
    for row in rows:
        if row.reason:
            unpaid.append(row)
        elif payable.setdefault((row.story_key, row.day, row.reader), row) is not row:
            unpaid.append(row._replace(reason="repeat"))
    return list(payable.values()), unpaid


def _as_parameters(rows: Sequence[Row]) -> tuple[str, bytes]:
    texts = [(row.story_key, row.day, row.utc_at, row.reason, row.rule) for row in rows]
    return json.dumps(texts), b"".join([row.reader for row in rows])


# Our own texts, put together from our own texts: nothing that anybody sent is in them.
# ruff: noqa: S608
_UNPAID = f"""
    INSERT INTO readership_unpaidview (story_key, day, utc_at, reader, reason, rule)
    SELECT story_key, day, utc_at, reader, reason, rule FROM numbered WHERE nth <= {MOST_ALIKE} ORDER BY place
"""
_COUNTED = f"""
    INSERT INTO readership_unpaidcount AS known (story_key, day, reason, number)
    SELECT story_key, day, reason, count(*) FROM numbered WHERE nth > {MOST_ALIKE}
    GROUP BY story_key, day, reason ORDER BY story_key, day, reason
    ON CONFLICT (story_key, day, reason) DO UPDATE SET number = known.number + excluded.number
"""


def _numbered(unpaid: str) -> str:
    """What is to be kept, each with its number among all that are alike, those kept before included."""
    return f"""
    SELECT *, row_number() OVER (PARTITION BY story_key, day, reason, reader ORDER BY place) + (
        SELECT count(*) FROM readership_unpaidview AS kept
        WHERE kept.story_key = unpaid.story_key AND kept.day = unpaid.day
        AND kept.reason = unpaid.reason AND kept.reader = unpaid.reader
    ) AS nth FROM {unpaid} AS unpaid
"""


PORTIONS = (256, 64, 16, 4, 1)  # rows of one statement
_SQLITE_ARRIVALS = {
    size: f"""
    INSERT INTO readership_arrival (story_key, day, utc_at, reader, reason, rule)
    VALUES {", ".join(["(?, ?, ?, ?, ?, ?)"] * size)}
"""
    for size in PORTIONS
}
_SQLITE_SENT = """
    SELECT key AS place, json_extract(value, '$[0]') AS story_key, json_extract(value, '$[1]') AS day,
           json_extract(value, '$[2]') AS utc_at, substr(?2, key * 16 + 1, 16) AS reader,
           json_extract(value, '$[3]') AS reason, json_extract(value, '$[4]') AS rule
    FROM json_each(?1)
"""
_SQLITE_PAID = f"""
    INSERT INTO readership_readerday (story_key, day, utc_at, reader)
    SELECT story_key, day, utc_at, reader FROM ({_SQLITE_SENT}) WHERE true
    ON CONFLICT (story_key, day, reader) DO NOTHING
"""
# Those whose reader-day is older than this batch: numbers only grow.
_SQLITE_REPEATS = f"""
    SELECT place FROM ({_SQLITE_SENT}) AS sent
    JOIN readership_readerday AS earlier USING (story_key, day, reader) WHERE earlier.id <= ?3
"""
_SQLITE_NUMBERED = f"WITH numbered AS ({_numbered(f'({_SQLITE_SENT})')})"
_SQLITE_COUNTED = _SQLITE_NUMBERED + _COUNTED
_SQLITE_UNPAID = _SQLITE_NUMBERED + _UNPAID
_POSTGRESQL_SENT = """
    SELECT place, sent.row ->> 0 AS story_key, (sent.row ->> 1)::date AS day,
           (sent.row ->> 2)::timestamp AT TIME ZONE 'UTC' AS utc_at,
           substr(%(readers)b::bytea, (place::int - 1) * 16 + 1, 16) AS reader,
           sent.row ->> 3 AS reason, sent.row ->> 4 AS rule
    FROM jsonb_array_elements(%(rows)s::jsonb) WITH ORDINALITY AS sent(row, place)
"""
_POSTGRESQL_ARRIVALS = f"""
    INSERT INTO readership_arrival (story_key, day, utc_at, reader, reason, rule)
    SELECT story_key, day, utc_at, reader, reason, rule FROM ({_POSTGRESQL_SENT}) AS sent ORDER BY place
"""
# Sorted, so that two writers with the same readers meet them in the same order and neither waits for the other in turn.
_POSTGRESQL = f"""
    WITH sent AS ({_POSTGRESQL_SENT}), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY story_key, day, reader, reason = '' ORDER BY place) AS nth FROM sent
    ), paid AS (
        INSERT INTO readership_readerday (story_key, day, utc_at, reader)
        SELECT story_key, day, utc_at, reader FROM ranked WHERE reason = '' AND nth = 1
        ORDER BY story_key, day, reader
        ON CONFLICT (story_key, day, reader) DO NOTHING RETURNING story_key, day, reader
    ), refused AS (
        SELECT place, story_key, day, utc_at, reader, coalesce(nullif(reason, ''), 'repeat') AS reason, rule
        FROM ranked WHERE reason <> '' OR nth > 1 OR (story_key, day, reader) NOT IN (SELECT * FROM paid)
    ), numbered AS ({_numbered("refused")}), unpaid AS ({_UNPAID}), counted AS ({_COUNTED})
    SELECT count(*) FROM paid
"""
