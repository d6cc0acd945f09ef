"""Group commit: who waits, who is refused, and that nothing is acknowledged that is not committed."""

import asyncio
import sqlite3
import threading
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections

from hearthpress.readership import wiring, writer
from hearthpress.readership.intake import NOBODY
from hearthpress.readership.keeping import PostgresViews, Row, SqliteViews
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.writer import NotKept, Writer
from tests.readership.asking import settled

KEY = "0123456789ab"


def row(number: int, reason: str = "", rule: str = "") -> Row:
    return Row(KEY, "2026-11-25", "2026-11-25 17:00:00", number.to_bytes(16, "big"), reason, rule)


class Shelf:
    """Where views are kept, with a door that the test opens. What is in `fails` is raised once each."""

    def __init__(self) -> None:
        self.kept: list[Row] = []
        self.batches: list[int] = []
        self.fails: list[Exception] = []
        self.opened = self.closed = 0
        self.door = threading.Event()
        self.door.set()

    def open(self) -> "Shelf":
        self.opened += 1
        return self

    def append(self, rows: Sequence[Row]) -> None:
        assert self.door.wait(20)
        if self.fails:
            raise self.fails.pop()
        self.kept += rows
        self.batches.append(len(rows))

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    made = Shelf()
    yield made
    made.door.set()


def with_writer(views: Any, scenario: Any, patience: float = 10) -> Any:
    async def run() -> Any:
        made = Writer(views, patience)
        made.start(asyncio.get_running_loop())
        try:
            return await scenario(made)
        finally:
            await asyncio.to_thread(made.stop)

    return asyncio.run(run())


async def outcomes(waiting: Sequence[Coroutine | asyncio.Future]) -> list[Any]:
    return await asyncio.gather(*waiting, return_exceptions=True)


def test_many_share_one_transaction(shelf: Shelf) -> None:
    async def scenario(writing: Writer) -> list[Any]:
        return await outcomes([writing.keep(row(number)) for number in range(1200)])

    assert with_writer(shelf.open, scenario) == [None] * 1200
    assert shelf.batches == [500, 500, 200]
    assert shelf.kept == [row(number) for number in range(1200)]


def test_nobody_is_told_before_the_commit(shelf: Shelf) -> None:
    shelf.door.clear()

    async def scenario(writing: Writer) -> list[bool]:
        waiting = asyncio.ensure_future(writing.keep(row(1)))
        await asyncio.sleep(0.1)
        before = waiting.done()
        shelf.door.set()
        await waiting
        return [before, waiting.done()]

    assert with_writer(shelf.open, scenario) == [False, True]


def test_a_failed_commit_is_told_to_its_own_and_the_connection_is_made_anew(shelf: Shelf, caplog: Any) -> None:
    shelf.fails = [OSError("no space left on device")]

    async def scenario(writing: Writer) -> list[Any]:
        first = await outcomes([writing.keep(row(number)) for number in (1, 2)])
        return first + await outcomes([writing.keep(row(3))])

    told = with_writer(shelf.open, scenario)

    assert [type(one) for one in told] == [NotKept, NotKept, type(None)]
    assert shelf.kept == [row(3)]
    assert (shelf.opened, shelf.closed) == (2, 2)
    assert "no space left" in caplog.text


def test_what_cannot_be_opened_is_left_alone_for_a_second_and_said_once(shelf: Shelf, caplog: Any) -> None:
    rests: list[float] = []
    tries = iter([OSError("no space left on device")] * 3)

    def open_views() -> Shelf:
        for error in tries:
            raise error
        return shelf.open()

    async def scenario(writing: Writer) -> list[Any]:
        told = [(await outcomes([writing.keep(row(number))]))[0] for number in range(3)]
        return [*told, *await outcomes([writing.keep(row(3))])]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(writer, "sleep", rests.append)
        told = with_writer(open_views, scenario)

    assert [type(one) for one in told] == [NotKept] * 3 + [type(None)]
    assert shelf.kept == [row(3)]
    assert rests == [writer.REST] * 3
    assert len(caplog.messages) == 1


def test_who_finds_the_line_full_waits_and_is_kept(shelf: Shelf, monkeypatch: Any) -> None:
    monkeypatch.setattr(writer, "MOST_WAITING", 10)
    monkeypatch.setattr(writer, "MOST_IN_ONE", 5)
    shelf.door.clear()

    async def scenario(writing: Writer) -> tuple[int, int, list[Any]]:
        waiting = [asyncio.ensure_future(writing.keep(row(number))) for number in range(40)]
        await asyncio.sleep(0.1)
        in_line, outside = len(writing._waiting) + len(writing._in_hand), len(writing._outside)
        shelf.door.set()
        return in_line, outside, await outcomes(waiting)

    in_line, outside, told = with_writer(shelf.open, scenario)

    assert (in_line, outside) == (10, 30)
    assert told == [None] * 40
    assert sorted(shelf.kept) == [row(number) for number in range(40)]
    assert max(shelf.batches) == 5


def test_who_waited_too_long_is_refused_and_what_was_in_line_is_not_kept(shelf: Shelf, monkeypatch: Any) -> None:
    monkeypatch.setattr(writer, "MOST_WAITING", 10)
    monkeypatch.setattr(writer, "MOST_IN_ONE", 5)
    monkeypatch.setattr(writer, "LOOK_EVERY", 0.05)
    shelf.door.clear()

    async def scenario(writing: Writer) -> list[Any]:
        told = await outcomes([asyncio.ensure_future(writing.keep(row(number))) for number in range(40)])
        shelf.door.set()
        return told

    told = with_writer(shelf.open, scenario, patience=0.3)

    assert {type(one) for one in told} == {NotKept}
    # The five that the disk had in hand may be kept: they were told nothing, and send again.
    assert shelf.kept == [row(number) for number in range(5)]


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_two_writers_at_once_pay_each_reader_once() -> None:
    async def scenario(one: Writer) -> Any:
        other = Writer(wiring._open_views)
        other.start(asyncio.get_running_loop())
        waiting = [keeper.keep(row(number % 300)) for number in range(900) for keeper in (one, other)]
        told = await outcomes(waiting)
        await asyncio.to_thread(other.stop)
        return told

    told = with_writer(wiring._open_views, scenario)

    assert told == [None] * 1800
    assert settled(ReaderDay).count() == 300
    assert settled(UnpaidView).filter(reason="repeat").count() == 1500


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_a_batch_is_kept_as_one_by_one_in_its_order() -> None:
    rows = [row(1), row(1, "short"), row(1), row(2, "robot", 'a "rule" — ½ \\ %s'), row(3), row(0, "own"), row(3)]
    views = wiring._open_views()

    for some in (rows, [row(3), row(4)], []):
        views.append(some)

    views.close()
    unpaid = settled(UnpaidView).order_by("reason", "reader").values_list("reason", "rule", "reader")
    paid = settled(ReaderDay).order_by("reader").values_list("reader", flat=True)
    assert [int.from_bytes(reader) for reader in paid] == [1, 3, 4]
    assert [(reason, rule, int.from_bytes(reader)) for reason, rule, reader in unpaid] == [
        ("own", "", int.from_bytes(NOBODY)),
        ("repeat", "", 1),
        ("repeat", "", 3),
        ("repeat", "", 3),
        ("robot", 'a "rule" — ½ \\ %s', 2),
        ("short", "", 1),
    ]


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_a_batch_that_fails_is_not_kept_in_part() -> None:
    views = wiring._open_views()

    with pytest.raises((psycopg.Error, Exception), match=r"(?i)null|constraint|invalid"):
        views.append([row(1), row(2)._replace(day=None)])

    views.append([row(3)])
    views.close()
    assert settled(ReaderDay).count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_the_server_of_the_database_ends_the_connection() -> None:
    if connections["views"].vendor != "postgresql":
        pytest.skip("SQLite has no server")

    async def scenario(writing: Writer) -> list[Any]:
        told = await outcomes([writing.keep(row(1))])
        await asyncio.to_thread(_end_other_connections)
        told += await outcomes([writing.keep(row(2))])
        return told + await outcomes([writing.keep(row(3))])

    told = with_writer(wiring._open_views, scenario)

    assert [type(one) for one in told] == [type(None), NotKept, type(None)]
    assert settled(ReaderDay).count() == 2


def _end_other_connections() -> None:
    try:
        with connections["views"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND application_name = 'hearthpress views'"
            )
    finally:
        connections.close_all()


def test_a_file_that_cannot_be_opened_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "views.sqlite3").write_bytes(b"no database, but something else altogether " * 100)
    before = len(list(Path("/proc/self/fd").iterdir()))

    for _ in range(5):
        with pytest.raises(sqlite3.DatabaseError):
            SqliteViews(tmp_path / "views.sqlite3")

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_server_that_lets_us_in_and_then_fails_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    class Falling:
        open = True

        def execute(self, _statement: str) -> None:
            raise psycopg.OperationalError("the server is going down")

        def close(self) -> None:
            self.open = False

    made = Falling()
    monkeypatch.setattr(psycopg, "connect", lambda **_wanted: made)

    with pytest.raises(psycopg.OperationalError):
        PostgresViews({})
    assert not made.open
