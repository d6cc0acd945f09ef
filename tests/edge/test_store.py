"""The page store: what it keeps, what it never keeps, and what is left of it when processes are killed."""

import json
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest

from hearthpress.edge import store as module
from hearthpress.edge.encodings import IDENTITY, SUFFIXES
from hearthpress.edge.page import Page
from hearthpress.edge.store import TREES, PageStore
from tests.edge.conftest import MEGABYTE
from tests.edge.storing import words

pytestmark = pytest.mark.anywhere

HTML = (("content-type", "text/html; charset=utf-8"),)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def page(path: str = "/a/", body: bytes = words(1, 1), keys: Iterable[str] = ("story-1",), **facts: object) -> Page:
    return Page(path, facts.pop("status", 200), HTML, body, frozenset(keys), **facts)


def keep(store: PageStore, *pages: Page) -> None:
    for one in pages:
        assert store.put(one, store.ticket())


def files_of(store: PageStore) -> set[str]:
    """What nginx would find, by its path below the folder."""
    trees = [store.folder / tree for tree in TREES.values()]
    return {str(path.relative_to(store.folder)) for tree in trees for path in tree.rglob("*") if path.is_file()}


# What comes in comes out


def test_a_page_comes_back_in_the_encoding_that_is_asked_for(store: PageStore, neighbour: PageStore) -> None:
    keep(store, page())

    plain, small = neighbour.get("/a/", [IDENTITY]), neighbour.get("/a/", ["br", IDENTITY])

    assert plain[2] == words(1, 1)
    assert (small[1], brotli.decompress(small[2])) == ("br", words(1, 1))
    assert plain[0].headers == HTML
    assert plain[0].digest == page().digest
    assert neighbour.whole("/a/").body == words(1, 1)
    assert files_of(store) == {f"live/a/index.html{suffix}" for suffix in SUFFIXES.values()}


def test_a_page_of_what_is_gone_stands_in_a_folder_of_its_own(store: PageStore) -> None:
    keep(store, page(), page("/b", status=410))

    store.purge(["story-1"], 1)
    keep(store, page(status=410))

    assert {name.partition("/")[0] for name in files_of(store)} == {"gone"}
    assert store.get("/a/", [IDENTITY])[0].status == 410


def test_another_program_may_read_the_pages_and_nothing_else(tmp_path: Path) -> None:
    before = os.umask(0o077)  # as the command does
    try:
        store = PageStore(tmp_path / "public", MEGABYTE)
        keep(store, page())
        store.empty()
        keep(store, page("/b/c/d/"))
    finally:
        os.umask(before)

    paths = {path.relative_to(store.folder): path for path in store.folder.rglob("*")}
    modes = {name: path.stat().st_mode & 0o777 for name, path in paths.items() if name.parent.name != "moved"}
    store.close()
    served = {name: mode for name, mode in modes.items() if name.parts[0] in TREES.values()}
    assert {mode for name, mode in served.items() if name.suffix} == {0o644}
    assert {mode for name, mode in served.items() if not name.suffix} == {0o755}
    assert store.folder.stat().st_mode & 0o777 == 0o755
    assert not [name for name, mode in modes.items() if name.parent == Path() and name not in served and mode & 0o077]


def test_a_path_that_is_both_a_page_and_a_folder_does_no_harm(store: PageStore) -> None:
    keep(store, page("/a/b", keys=["story-1"]))
    with pytest.raises(OSError, match="/a"):
        store.put(page("/a", keys=["story-2"]), store.ticket())

    found = store.get("/a", [IDENTITY]), store.get("/a/b", [IDENTITY])
    store.purge(["story-1", "story-2"], 1)

    assert (found[0], found[1][2]) == (None, words(1, 1))
    assert store.paths() == []
    assert files_of(store) == set()


# Purging


def test_a_purge_takes_out_every_page_that_carries_a_key_and_no_other(store: PageStore, neighbour: PageStore) -> None:
    keep(store, page("/a/", keys=["story-1", "front"]), page("/b/", keys=["story-2", "front"]), page("/c/", keys=["x"]))

    purged = neighbour.purge(["story-1", "front", "unheard-of"], 7)

    assert purged == 2
    assert store.paths() == ["/c/"]
    assert {name.partition("/")[2] for name in files_of(store)} == {f"c/index.html{end}" for end in SUFFIXES.values()}
    assert store.shared.generation == 7


def test_a_page_that_was_rendered_before_a_purge_is_not_kept(store: PageStore, neighbour: PageStore) -> None:
    ticket = store.ticket()
    neighbour.purge(["story-1"], 1)

    kept = store.put(page(), ticket)

    assert not kept
    assert store.get("/a/", [IDENTITY]) is None
    assert files_of(store) == set()


def test_a_page_that_is_purged_while_it_is_written_is_not_kept(
    store: PageStore, neighbour: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store._write_beside

    def purged_meanwhile(*details: object) -> None:
        write(*details)
        neighbour.purge(["story-1"], 1)

    monkeypatch.setattr(store, "_write_beside", purged_meanwhile)

    assert not store.put(page(), store.ticket())
    assert files_of(store) == set()
    assert not [left for left in (store.folder / "moved").iterdir() if left.is_file()]


def test_emptying_forgets_what_is_being_rendered_too(store: PageStore) -> None:
    keep(store, page("/b/"))
    ticket = store.ticket()
    store.empty(lineage="another")

    assert not store.put(page(), ticket)
    assert store.paths() == []
    assert files_of(store) == set()
    assert store.follows("lineage") == "another"
    assert store.put(page(), store.ticket())


def test_more_purges_than_are_remembered_keep_no_page_from_before(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PURGES_REMEMBERED", 10)
    ticket = store.ticket()
    store.purge(["story-1"], 1)
    store.purge([f"other-{number}" for number in range(20)], 2)

    assert not store.put(page(), ticket)
    assert store.put(page(), store.ticket())


def test_a_change_of_more_rows_than_a_query_may_name_is_purged(store: PageStore) -> None:
    keep(store, page())

    store.purge([f"story-{number}" for number in range(40_000)], 1)

    assert store.paths() == []


def test_so_many_pages_that_folders_are_moved_away(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_UNLINKED", 3)
    keep(store, *[page(f"/p/{number}/", keys=["masthead"]) for number in range(5)])

    purged = store.purge(["masthead"], 1)
    store.sweep()

    assert purged == 5
    assert (files_of(store), store.paths(), store.size()) == (set(), [], 0)
    assert list((store.folder / "moved").iterdir()) == []
    assert store.put(page(), store.ticket())


def test_a_process_killed_while_it_moved_folders_away_stops_nobody(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_UNLINKED", 0)
    keep(store, page())
    (store.folder / "live").rename(store.folder / "moved" / "half")

    store.purge(["story-1"], 1)

    assert store.paths() == []
    assert store.put(page(), store.ticket())


def test_a_reader_never_gets_one_version_with_the_tag_of_another(
    store: PageStore, neighbour: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, page())
    file = store._file

    def replaced_meanwhile(*details: object) -> Path:
        """Between the row and the file: another process has purged and kept a new version, and says so no more."""
        monkeypatch.setattr(store, "_file", file)
        neighbour.purge(["story-1"], 1)
        keep(neighbour, page(body=words(1, 2)))
        store.shared._whole[0] = before
        return file(*details)

    before = store.shared.changes
    monkeypatch.setattr(store, "_file", replaced_meanwhile)

    assert store.get("/a/", [IDENTITY]) is None
    assert store.get("/a/", [IDENTITY])[2] == words(1, 2)


# Time and room


def test_a_page_that_time_makes_untrue_is_taken_out_at_its_minute(store: PageStore) -> None:
    keep(store, page(good_until=NOW), page("/b/"))
    changes = store.shared.changes

    early, late = store.expire(NOW - timedelta(seconds=1)), store.expire(NOW)

    assert (early, late) == (0, 1)
    assert store.paths() == ["/b/"]
    assert store.shared.changes == changes + 1


def test_the_store_stays_within_its_bytes_and_keeps_the_youngest(store: PageStore, tmp_path: Path) -> None:
    small = PageStore(tmp_path / "small", 100_000)
    bodies = [random.Random(number).randbytes(3000) for number in range(100)]
    try:
        for number, body in enumerate(bodies):
            small.put(Page(f"/p/{number}", 200, (), body, frozenset({"x"})), small.ticket())
            assert small.size() <= 100_000
        on_disk = sum((small.folder / name).stat().st_size for name in files_of(small))

        assert on_disk == small.size() > 80_000
        assert set(small.paths()) == {f"/p/{number}" for number in range(100 - len(small.paths()), 100)}
    finally:
        small.close()


def test_making_room_does_not_throw_the_whole_store_away(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_UNLINKED", 2)
    size = sum(len(body) for body in page().bodies.values())
    store.most_bytes = size * 40

    for number in range(60):
        assert store.put(page(f"/p/{number}/"), store.ticket())

    assert len(store.paths()) > 30


def test_pages_that_a_full_disk_kept_from_being_written_do_not_take_the_room(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.most_bytes = sum(len(body) for body in page().bodies.values()) * 3

    with monkeypatch.context() as full:
        full.setattr(store, "_write_beside", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        for number in range(10):
            with pytest.raises(OSError, match="No space"):
                store.put(page(f"/full/{number}/"), store.ticket())
    keep(store, page("/a/"), page("/b/"))

    assert store.paths() == ["/a/", "/b/"]


# Full disks, other hosts' ends, power cuts


def test_a_purge_that_cannot_be_written_is_carried_out_all_the_same(store: PageStore, neighbour: PageStore) -> None:
    keep(store, page(), page("/b/", keys=["story-2"]))
    store._connection().execute("PRAGMA max_page_count = 1")
    changes = store.shared.changes

    with pytest.raises(sqlite3.Error, match="full"):
        store.purge(["story-1", *(f"key-{number:0120}" for number in range(1000))], 1)

    assert store.shared.changes > changes
    assert neighbour.get("/a/", [IDENTITY]) is None
    assert neighbour.get("/b/", [IDENTITY]) is not None
    assert store.shared.generation == 0, "it is not done"

    neighbour.purge(["story-1"], 1)

    assert neighbour.paths() == ["/b/"]


def test_a_commit_that_fails_leaves_nobody_locked_out(store: PageStore, neighbour: PageStore) -> None:
    class Full:
        """A connection whose COMMIT meets a full disk."""

        def __init__(self, real: sqlite3.Connection) -> None:
            self.real = real

        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            if sql == "COMMIT":
                raise sqlite3.OperationalError("database or disk is full")
            return self.real.execute(sql, *values)

        def __getattr__(self, name: str) -> object:
            return getattr(self.real, name)

    real = store._connection()
    store._local.connection = Full(real)
    with pytest.raises(sqlite3.OperationalError):
        store.put(page(), store.ticket())
    store._local.connection = real

    assert neighbour.put(page(), neighbour.ticket())
    assert store.purge(["story-1"], 1) == 1


def test_after_the_machine_was_started_again_nothing_is_believed(
    store: PageStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, page())
    store.shared.generation, store.shared.confirmed = 7, time.monotonic()
    store.close()
    again = PageStore(store.folder, MEGABYTE)
    same = again.paths(), again.shared.generation
    again.close()
    other = tmp_path / "boot_id"
    other.write_text("another start")
    monkeypatch.setattr(module, "BOOT_ID", other)
    (store.folder / "index.sqlite3").write_bytes(b"torn" * 1000)

    after = PageStore(store.folder, MEGABYTE)

    try:
        assert same == (["/a/"], 7)
        assert (after.paths(), after.shared.generation, after.shared.confirmed) == ([], 0, 0)
        assert files_of(after) == set()
        assert after.put(page(), after.ticket())
    finally:
        after.close()


@pytest.mark.parametrize("lost", ["deleted", "of another layout", "torn"])
def test_files_whose_index_is_not_there_are_not_believed(store: PageStore, lost: str) -> None:
    keep(store, page())
    store.close()
    index = store.folder / "index.sqlite3"
    if lost == "of another layout":
        with sqlite3.connect(index) as other:
            other.execute("PRAGMA user_version = 1")
        other.close()
    else:
        for left in store.folder.glob("index.sqlite3*"):
            left.unlink()
        index.write_bytes(b"torn" * 1000 if lost == "torn" else b"")

    after = PageStore(store.folder, MEGABYTE)

    try:
        assert files_of(after) == set()
        assert after.put(page(), after.ticket())
        assert after.paths() == ["/a/"]
    finally:
        after.close()


def test_what_another_release_made_is_not_kept(store: PageStore, neighbour: PageStore) -> None:
    store.empty(release="the new one")
    neighbour.release = "the new one"

    with pytest.raises(OSError, match="another release"):
        store.put(page(), store.ticket())
    assert store.paths() == []
    assert neighbour.put(page(), neighbour.ticket())


def test_a_store_that_is_deleted_and_begun_anew_while_a_process_runs_gets_nothing_from_it(store: PageStore) -> None:
    keep(store, page())
    changes = store.shared.changes
    shutil.rmtree(store.folder)
    after = PageStore(store.folder, MEGABYTE)

    try:
        keep(after, page(body=words(1, 2)))
        for do in (lambda: store.get("/a/", [IDENTITY]), lambda: store.put(page("/b/"), store.ticket())):
            with pytest.raises(OSError, match="another one"):
                do()
        with ThreadPoolExecutor(1) as later, pytest.raises(OSError, match="another one"):
            later.submit(store.ticket).result()
        store.purge(["story-1"], 1)
    finally:
        after.close()
    assert store.shared.changes > changes, "what it has in memory it lets go of"
    assert files_of(store) == set()


def test_a_page_that_is_written_while_the_store_is_begun_anew_is_left_nowhere(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = store._write_beside

    def begun_anew_meanwhile(*details: object) -> None:
        write(*details)
        monkeypatch.setattr(module, "LAYOUT", module.LAYOUT + 1)
        PageStore(store.folder, MEGABYTE).close()

    monkeypatch.setattr(store, "_write_beside", begun_anew_meanwhile)

    with pytest.raises(OSError, match="another one"):
        store.put(page(), store.ticket())
    assert files_of(store) == set()


def test_headers_of_a_page_are_kept_as_they_are(store: PageStore) -> None:
    headers = (("content-type", "text/html"), ("content-language", "en"), ("x-robots-tag", "noindex, “quoted”"))

    keep(store, Page("/a/", 200, headers, b"words"))

    assert store.get("/a/", [IDENTITY])[0].headers == headers
    assert json.loads(store._read("SELECT headers FROM page").fetchone()[0])[1] == ["content-language", "en"]
