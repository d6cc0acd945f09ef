"""Purge rows: numbered in the order of their commits, carried out once, and never missed."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from django.db import DatabaseError, connection, connections, transaction

from hearthpress.common import clock
from hearthpress.edge.encodings import IDENTITY
from hearthpress.edge.keys import purge
from hearthpress.edge.models import Generation, Purge
from hearthpress.edge.nudges import Nudges
from hearthpress.edge.page import Page
from hearthpress.edge.purges import KEPT, Purged, catch_up, forget_old_purges, standing_since
from hearthpress.edge.store import PageStore
from hearthpress.edge.watch import Watch
from tests.edge.conftest import MEGABYTE
from tests.faults.served import wait_until

pytestmark = pytest.mark.django_db

PATIENCE = 30  # seconds


@pytest.fixture
def away(tmp_path: Path) -> Iterator[PageStore]:
    """The store of another host."""
    found = PageStore(tmp_path / "away", MEGABYTE)
    yield found
    found.close()


def fill(store: PageStore, *keys: str) -> None:
    """Level with the database, and a page for each key."""
    catch_up(store)
    for key in keys:
        assert store.put(Page(f"/{key}/", 200, (), b"words", frozenset({key})), store.ticket())


def left(store: PageStore) -> set[str]:
    return {path.strip("/") for path in store.paths()}


def purge_all(*rows: Iterable[str]) -> None:
    for keys in rows:
        purge(keys)


def test_a_purge_is_carried_out_once_on_each_host(store: PageStore, away: PageStore) -> None:
    fill(store, "a", "b", "c")
    fill(away, "a", "b", "c")
    purge_all(["a"], ["b", "x"])

    here, there, again = catch_up(store), catch_up(away), catch_up(store)

    assert (here, there, again) == (2, 2, 0)
    assert (left(store), left(away)) == ({"c"}, {"c"})
    assert store.shared.generation == away.shared.generation == Generation.objects.get().value == 2
    assert list(Purge.objects.order_by("id").values_list("generation", flat=True)) == [1, 2]


def test_on_a_full_disk_a_purge_that_cannot_be_noted_does_not_hold_up_the_next(
    store: PageStore, neighbour: PageStore, away: PageStore
) -> None:
    fill(store, "a", "b", "c")
    purge_all(["a", *(f"key-{number:0120}" for number in range(1000))], ["b"])
    catch_up(away)  # numbers them
    store._connection().execute("PRAGMA max_page_count = 1")

    with pytest.raises(sqlite3.Error, match="full"):
        catch_up(store)

    served = [key for key in "abc" if neighbour.get(f"/{key}/", [IDENTITY])]
    assert served == ["c"]
    assert store.shared.generation == 0, "they are not done"
    assert catch_up(neighbour) == 2


def test_being_level_is_confirmed_for_all_processes_of_the_host(store: PageStore, neighbour: PageStore) -> None:
    fill(store)
    store.shared.confirmed = before = 1.0

    catch_up(neighbour)

    assert store.shared.confirmed > before


def test_looking_takes_one_query_when_nothing_happened(store: PageStore, django_assert_num_queries: type) -> None:
    fill(store)
    purge(["a"])
    catch_up(store)

    with django_assert_num_queries(1):
        catch_up(store)


def test_numbers_are_given_after_the_commit(store: PageStore) -> None:
    fill(store)

    with transaction.atomic():
        purge(["a"])
        unnumbered = Purge.objects.get().generation
    catch_up(store)

    assert unnumbered is None
    assert Purge.objects.get().generation == 1


def test_pages_go_before_the_number_is_given(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, "a", "b")
    purge(["a"])

    def somebody_writes() -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr("hearthpress.edge.purges._number", somebody_writes)
    with pytest.raises(DatabaseError):
        catch_up(store)

    assert left(store) == {"b"}
    assert store.shared.generation == 0


def test_a_host_with_a_new_store_begins_where_the_database_is(store: PageStore, away: PageStore) -> None:
    fill(store)
    purge_all(["a"], ["b"])
    catch_up(store)

    fill(away, "a")

    assert left(away) == {"a"}
    assert away.shared.generation == 2


def test_rows_that_are_there_no_more_empty_the_store(store: PageStore) -> None:
    fill(store, "a", "b")
    purge_all(["a"], ["x"], ["y"])
    standing_since(0)
    Purge.objects.filter(generation__lt=3).delete()

    catch_up(store)

    assert left(store) == set()
    assert store.shared.generation == 3


def test_another_database_empties_the_store(store: PageStore) -> None:
    fill(store, "a")
    Generation.objects.update(lineage="another")

    catch_up(store)

    assert left(store) == set()
    assert store.follows("lineage") == "another"


def test_a_database_that_was_put_back_empties_the_store(store: PageStore) -> None:
    fill(store)
    purge_all(["x"], ["y"], ["z"])
    fill(store, "a")
    Purge.objects.filter(generation=3).delete()
    Generation.objects.update(value=2)

    catch_up(store)
    purge(["b"])
    fill(store, "b")
    purge(["b"])
    catch_up(store)

    assert left(store) == set()
    assert store.shared.generation == Generation.objects.get().value == 4


def test_a_database_that_was_put_back_and_has_gone_on_since_empties_the_store(store: PageStore) -> None:
    fill(store)
    purge_all(["x"], ["y"])
    fill(store, "a", "b")
    Purge.objects.filter(generation=2).delete()
    Generation.objects.update(value=1)
    purge_all(["a"], ["x"], ["y"])
    standing_since(0)

    catch_up(store)

    assert left(store) == set(), "the purge of /a/ has a number that this host had done before"
    assert store.shared.generation == 4


def test_a_host_that_was_told_by_redis_meanwhile_keeps_its_pages(store: PageStore) -> None:
    fill(store)
    purge_all(["x"])
    fill(store, "a", "b")
    purge_all(["a"])
    told = standing_since(1).purges
    store.purge(told[0].keys, told[0].generation)  # as the stream of Redis tells it, without a mark

    catch_up(store)

    assert left(store) == {"b"}


def test_rows_are_deleted_when_every_host_has_carried_them_out(store: PageStore) -> None:
    fill(store)
    with clock.at(clock.now() - KEPT - timedelta(minutes=1)):
        purge_all(["a"], ["b"])
    catch_up(store)

    first = forget_old_purges()
    purge(["c"])
    catch_up(store)
    second = forget_old_purges()

    assert (first, second) == (1, 1), "the newest stays: it says where the numbers stand"
    assert list(Purge.objects.values_list("generation", flat=True)) == [3]
    assert catch_up(store) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite one writes after the other")
def test_what_began_first_and_is_committed_last_is_purged_too(store: PageStore) -> None:
    fill(store, "early", "late")
    written, commit = threading.Event(), threading.Event()

    def begin_early_and_commit_late() -> None:
        with transaction.atomic():
            purge(["early"])
            written.set()
            commit.wait(PATIENCE)
        connections.close_all()

    thread = threading.Thread(target=begin_early_and_commit_late)
    thread.start()
    written.wait(PATIENCE)
    purge(["late"])
    catch_up(store)
    between = left(store), store.shared.generation
    commit.set()
    thread.join(PATIENCE)
    catch_up(store)

    assert between == ({"early"}, 1)
    assert (left(store), store.shared.generation) == (set(), 2)
    assert list(Purge.objects.order_by("generation").values_list("keys", flat=True)) == ["late", "early"]


@pytest.mark.django_db(transaction=True)
def test_hosts_that_number_at_once_leave_no_gap_and_give_no_number_twice(store: PageStore, away: PageStore) -> None:
    fill(store, "end")
    fill(away, "end")
    stop = threading.Event()

    def look(one: PageStore) -> None:
        while not stop.is_set():
            catch_up(one)
        connections.close_all()

    threads = [threading.Thread(target=look, args=(one,)) for one in (store, away)]
    for thread in threads:
        thread.start()
    for number in range(30):
        purge([f"key-{number}"])
    purge(["end"])
    stop.set()
    for thread in threads:
        thread.join(PATIENCE)
    catch_up(store)
    catch_up(away)

    assert list(Purge.objects.order_by("generation").values_list("generation", flat=True)) == list(range(1, 32))
    assert (left(store), left(away)) == (set(), set())
    assert store.shared.generation == away.shared.generation == 31


# The watch


class Stream(Nudges):
    """What Redis would keep for hosts that reach nothing else; it can be away."""

    keep_purges = True

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[int, Purged] = {}
        self.is_away = False

    def tell(self, lineage: str, purges: Iterable[Purged]) -> bool:
        if self.is_away:
            return False
        for one in purges:
            self.told.setdefault(one.generation, one)
        return True

    def since(self, lineage: str, generation: int) -> list[Purged] | None:
        known = sorted(number for number in self.told if number >= generation)
        is_whole = known and known == list(range(generation, generation + len(known)))
        return [self.told[number] for number in known[1:]] if is_whole and not self.is_away else None


def no_database(*_: object) -> None:
    raise DatabaseError("gone")


def test_purges_are_told_to_hosts_without_a_database_even_late(store: PageStore) -> None:
    stream = Stream()
    watch = Watch(store, stream)
    fill(store)
    purge(["a"])
    watch.look()
    stream.is_away = True
    purge(["b"])
    watch.look()
    stream.is_away = False

    watch.look()

    assert {number: one.keys for number, one in stream.told.items()} == {1: ("a",), 2: ("b",)}


def test_a_host_without_a_database_follows_what_it_is_told(
    store: PageStore, away: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Stream()
    here, there = Watch(store, stream), Watch(away, stream)
    purge(["x"])
    fill(store)
    fill(away, "a", "b")
    purge(["a"])
    here.look()
    away.shared.confirmed = 1.0

    monkeypatch.setattr("hearthpress.edge.watch.catch_up", no_database)
    there._look_or_go_on_alone()

    assert left(away) == {"b"}
    assert away.shared.generation == 2
    assert away.shared.confirmed > 1.0


@pytest.mark.django_db(transaction=True)
def test_a_database_that_says_nothing_does_not_keep_a_host_from_what_it_is_told(
    store: PageStore, away: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream, answers = Stream(), threading.Event()
    here, there = Watch(store, stream), Watch(away, stream)
    purge(["x"])
    fill(store)
    fill(away, "a", "b")
    here.look()

    def say_nothing(_: PageStore) -> int:
        if threading.current_thread() is there._thread:
            answers.wait(PATIENCE)
        return 0

    monkeypatch.setattr("hearthpress.edge.watch.catch_up", say_nothing)
    monkeypatch.setattr("hearthpress.edge.watch.FIRST_LOOK", 0.01)
    there.start()
    purge(["a"])
    stream.tell("", standing_since(0).purges)
    followed = wait_until(lambda: left(away) == {"b"}, PATIENCE / 2)
    answers.set()
    there.stop()

    assert followed
    assert away.shared.generation == 2


def test_a_host_that_cannot_know_what_it_missed_rests_at_last(
    store: PageStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    watch = Watch(store, Nudges(), away_for=60)
    fill(store, "a")
    confirmed = store.shared.confirmed

    monkeypatch.setattr("hearthpress.edge.watch.catch_up", no_database)
    watch._look_or_go_on_alone()
    for_a_while = left(store), store.shared.confirmed
    store.shared.answered = confirmed - 61
    for _ in range(3):
        watch._look_or_go_on_alone()

    assert for_a_while == ({"a"}, confirmed)
    assert left(store) == set()
    assert [record.message.split(":")[-1] for record in caplog.records] == [
        " pages are served from the store.",
        " the magazine is resting.",
    ]


def test_redis_alone_is_not_believed_longer_than_a_host_alone(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(Nudges):
        def since(self, lineage: str, generation: int) -> list[Purged]:
            return []

    watch = Watch(store, Silent(), away_for=60)
    fill(store, "a")
    monkeypatch.setattr("hearthpress.edge.watch.catch_up", no_database)

    store.shared.confirmed = store.shared.answered = monotonic() - 59
    watch._look_or_go_on_alone()
    for_a_while = left(store), store.shared.confirmed > monotonic() - 5
    store.shared.answered = monotonic() - 61
    watch._look_or_go_on_alone()

    assert for_a_while == ({"a"}, True)
    assert left(store) == set(), "although Redis has confirmed it a moment ago"


@pytest.mark.django_db(transaction=True)
def test_the_watch_survives_whatever_goes_wrong(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, looks, done = Watch(store, Nudges()), [], threading.Event()

    def no_waiting(_seconds: float) -> None:
        raise ConnectionError

    monkeypatch.setattr(watch.nudges, "wait", no_waiting)
    monkeypatch.setattr(store, "expire", no_waiting)

    def fail(*_: object) -> None:
        looks.append(1)
        watch.nudges.nudge()
        if len(looks) == 3:
            done.set()
        raise (DatabaseError, OSError, ValueError)[len(looks) % 3]

    monkeypatch.setattr("hearthpress.edge.watch.catch_up", fail)
    monkeypatch.setattr(store, "follows", fail)
    watch.start()
    survived = done.wait(PATIENCE)
    watch.stop()

    assert survived


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_something_has_it_purged_before_the_answer(store: PageStore) -> None:
    watch = Watch(store, Nudges())
    watch.start()
    watch._stop.set()
    watch.nudges.nudge()
    watch._thread.join(PATIENCE)  # nobody looks but whoever commits
    fill(store, "a")

    with transaction.atomic():
        purge(["a"])
        during = left(store)

    after = left(store)
    watch.stop()
    assert (during, after) == ({"a"}, set())


@pytest.mark.django_db(transaction=True)
def test_deleting_what_was_moved_away_holds_up_no_purge(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    watch, begun, end = Watch(store, Nudges()), threading.Event(), threading.Event()
    fill(store, "a")
    monkeypatch.setattr(store, "sweep", lambda: begun.set() or end.wait(PATIENCE))
    watch.start()
    begun.wait(PATIENCE)

    Purge.objects.create(keys="a")  # nobody looks but the watch

    purged = wait_until(lambda: left(store) == set(), PATIENCE / 2)
    end.set()
    watch.stop()
    assert purged


@pytest.mark.django_db(transaction=True)
def test_one_look_carries_out_all_that_a_transaction_has_purged(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, looks = Watch(store, Nudges()), []
    monkeypatch.setattr("hearthpress.edge.watch._watches", [watch])
    monkeypatch.setattr(watch, "look", lambda: looks.append(Purge.objects.count()))

    @transaction.atomic
    def purge_and_fail() -> None:
        purge(["x"])
        raise ZeroDivisionError

    with transaction.atomic():
        purge_all(["a"], ["b"])
        with pytest.raises(ZeroDivisionError):
            purge_and_fail()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            purge_and_fail()
        purge(["c"])

    assert looks == [2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_new_process_has_looked_before_it_serves(store: PageStore) -> None:
    fill(store, "a", "b")
    purge(["a"])
    watch = Watch(store, Nudges())

    watch.start()

    now = left(store)
    watch.stop()
    assert now == {"b"}
