"""What is known of a story, for how long, and what is done while the database is away."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from hearthpress.readership import terms
from hearthpress.readership.terms import LIFETIME, RENEW_AFTER, UNKNOWN, WITHOUT_DATABASE, Terms, TermsAway, TermsBook

KEY, OTHER = "0123456789ab", "ba9876543210"


class Database:
    """What it says of each story, how often it was asked, and whether it answers."""

    def __init__(self) -> None:
        self.live = {KEY}
        self.asked: list[str] = []
        self.away = False
        self.door = threading.Event()
        self.door.set()
        self.now = 1000.0

    def look_up(self, key: str) -> Terms | None:
        self.asked.append(key)
        found = Terms(key, 1, "Asia/Tokyo", without_script_paid=False) if key in self.live else None
        assert self.door.wait(20)
        if self.away:
            raise ConnectionError("away")
        return found


Scenario = Callable[[TermsBook, Database], Awaitable[Any]]


def run(scenario: Scenario) -> Any:
    database = Database()

    async def whole() -> Any:
        book = TermsBook(database.look_up, now=lambda: database.now)
        try:
            return await scenario(book, database)
        finally:
            database.door.set()
            book.close()

    return asyncio.run(whole())


async def settled(book: TermsBook) -> None:
    """Once nothing is being asked any more."""
    while book._asked:  # noqa: ASYNC110  it is not told when
        await asyncio.sleep(0.001)


def test_many_who_ask_at_once_cost_one_look_up() -> None:
    async def scenario(book: TermsBook, database: Database) -> tuple:
        first = book.fresh(KEY)
        found = await asyncio.gather(*(book.find(KEY) for _ in range(50)))
        return first, set(found), book.fresh(KEY), database.asked

    first, found, fresh, asked = run(scenario)

    assert first is UNKNOWN
    assert found == {fresh}
    assert asked == [KEY]


def test_after_half_a_second_it_is_asked_again_and_nobody_waits() -> None:
    async def scenario(book: TermsBook, database: Database) -> list:
        await book.find(KEY)
        database.now += RENEW_AFTER
        told = [book.fresh(KEY)]
        database.live.clear()
        database.now += 0.1
        told.append(book.fresh(KEY))
        await settled(book)
        return [*told, book.fresh(KEY), len(database.asked)]

    early, later, then, asked = run(scenario)

    assert isinstance(early, Terms)
    assert later == early
    assert then is None
    assert asked == 2


def test_after_a_second_nothing_is_used_unasked() -> None:
    async def scenario(book: TermsBook, database: Database) -> list:
        await book.find(KEY)
        database.live.clear()
        database.now += LIFETIME + 0.01
        return [book.fresh(KEY), await book.find(KEY)]

    assert run(scenario) == [UNKNOWN, None]


def test_while_the_database_is_away_what_is_known_is_used_on_for_five_minutes(caplog: Any) -> None:
    async def scenario(book: TermsBook, database: Database) -> list:
        await book.find(KEY)
        database.away = True
        database.now += 30
        told = [await book.find(KEY), book.fresh(KEY)]
        asked = len(database.asked)
        database.now += WITHOUT_DATABASE
        with pytest.raises(TermsAway):
            await book.find(KEY)
        with pytest.raises(TermsAway):
            await book.find(OTHER)
        database.away = False
        database.now += 10
        return [*told, asked, await book.find(KEY)]

    found, fresh, asked, back = run(scenario)

    assert isinstance(found, Terms)
    assert found == fresh == back
    assert asked == 2
    assert "used on" in caplog.text


def test_a_database_that_hangs_is_away(monkeypatch: Any) -> None:
    monkeypatch.setattr(terms, "LIFETIME", 0.05)
    monkeypatch.setattr(terms, "PATIENCE", 0.05)

    async def scenario(book: TermsBook, database: Database) -> Any:
        await book.find(KEY)
        database.door.clear()
        database.now += 30
        with pytest.raises(TermsAway):
            await book.find(OTHER)
        return await book.find(KEY)

    assert isinstance(run(scenario), Terms)


def test_made_up_keys_take_neither_memory_nor_threads_without_end(monkeypatch: Any) -> None:
    monkeypatch.setattr(terms, "MOST_REFUSED", 20)
    monkeypatch.setattr(terms, "MOST_ASKED", 8)

    async def scenario(book: TermsBook, database: Database) -> list:
        for number in range(40):
            await book.find(f"{number:012}")
        refused = len(book._refused)
        database.door.clear()
        found = [asyncio.ensure_future(book.find(f"{number:012}")) for number in range(100, 120)]
        await asyncio.sleep(0.01)
        asked = len(book._asked)
        database.door.set()
        told = await asyncio.gather(*found, return_exceptions=True)
        return [refused, asked, sum(isinstance(one, TermsAway) for one in told)]

    assert run(scenario) == [20, 8, 12]


def test_whoever_makes_up_keys_puts_no_story_out_of_memory_and_makes_none_wait(monkeypatch: Any) -> None:
    monkeypatch.setattr(terms, "MOST_REFUSED", 5)
    monkeypatch.setattr(terms, "MOST_ASKED", 4)

    async def scenario(book: TermsBook, database: Database) -> list:
        await book.find(KEY)
        for number in range(20):
            await book.find(f"{number:012}")
        known = book.fresh(KEY)
        database.door.clear()
        made_up = [asyncio.ensure_future(book.find(f"{number:012}")) for number in range(100, 110)]
        await asyncio.sleep(0.01)
        database.now += LIFETIME + 0.01
        again = asyncio.ensure_future(book.find(KEY))
        await asyncio.sleep(0.01)
        database.door.set()
        await asyncio.gather(*made_up, return_exceptions=True)
        return [known, await again]

    known, again = run(scenario)

    assert isinstance(known, Terms)
    assert known == again


def test_that_a_key_is_no_storys_is_known_for_a_second() -> None:
    async def scenario(book: TermsBook, database: Database) -> list:
        told = [book.fresh(OTHER), await book.find(OTHER), book.fresh(OTHER)]
        database.now += LIFETIME
        return [*told, book.fresh(OTHER)]

    assert run(scenario) == [UNKNOWN, None, None, UNKNOWN]
