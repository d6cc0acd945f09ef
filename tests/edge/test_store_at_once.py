"""The page store among many: threads and processes at once, and what is left when some are killed."""

import os
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from hearthpress.edge import store as module
from hearthpress.edge.encodings import IDENTITY, SUFFIXES
from hearthpress.edge.page import Page
from hearthpress.edge.store import TREES, PageStore
from tests.edge.conftest import MEGABYTE
from tests.edge.test_store import HTML, files_of

pytestmark = pytest.mark.anywhere


def test_one_renders_and_the_others_wait(store: PageStore, neighbour: PageStore) -> None:
    inside, most = [0], [0]
    turn = threading.Lock()

    def render(one: PageStore) -> None:
        with one.alone("/a/"):
            with turn:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.005)
            with turn:
                inside[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(render, [store, neighbour] * 8))

    assert most == [1]


def test_carrying_purges_out_never_waits_for_a_page(store: PageStore, neighbour: PageStore) -> None:
    names = iter(range(100_000))
    path = next(f"/p/{n}/" for n in names if module.zlib.crc32(f"/p/{n}/".encode()) % module.LOCKS == of("purges"))

    with store.alone(path), ThreadPoolExecutor(1) as pool:
        entered = pool.submit(lambda: neighbour.alone("purges").__enter__()).result(timeout=20)

    assert entered is None


def of(name: str) -> int:
    return module.zlib.crc32(name.encode()) % module.LOCKS


def test_processes_that_open_a_new_store_together_all_can(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from hearthpress.edge.store import PageStore; input();"
        "s = PageStore(Path(sys.argv[1]), 1); s.ticket(); s.purge(['x'], 1); print(s.size())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "new")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _ in range(6)]

    said = [process.communicate("\n") for process in processes]

    assert said == [("0\n", "")] * 6


def test_whatever_is_killed_when_no_file_is_there_that_a_purge_would_not_find(tmp_path: Path) -> None:
    folder, chance = tmp_path / "pages", random.Random()
    processes = [begin(folder, chance) for _ in range(3)]
    reader = PageStore(folder, MEGABYTE)
    try:
        for _ in range(25):
            process = processes.pop(0)
            process.stdout.readline()  # it is at work
            read_all(reader, seconds=chance.uniform(0, 0.05))
            process.kill()
            process.wait()
            process.stdout.close()
            processes.append(begin(folder, chance))
            check(reader)
    finally:
        for process in processes:
            process.kill()
            process.wait()
            process.stdout.close()
        check(reader)
        settle(reader)
        reader.close()


def begin(folder: Path, chance: random.Random) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.edge.storing", str(folder), str(chance.random())[2:8]]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def read_all(reader: PageStore, seconds: float) -> None:
    """Each page that is found is whole: one version of one page, and the one that its tag names."""
    until = time.monotonic() + seconds
    while True:
        for number in range(12):
            found = reader.get(f"/p/{number}/", ["br", IDENTITY])
            if found is None:
                continue
            body = brotli.decompress(found[2]) if found[1] == "br" else found[2]
            assert len(set(body.splitlines())) == 1
            assert body.startswith(b"<p>page %d in" % number)
            assert Page("/", 200, HTML, body).digest == found[0].digest
        if time.monotonic() > until:
            return


def check(store: PageStore) -> None:
    """In one look at the index: a page's files, half written ones too, are never there without its row and its keys."""
    with store._changing() as connection:
        rows = dict(connection.execute("SELECT path, status FROM page").fetchall())
        carried = {row[0] for row in connection.execute("SELECT path FROM carried")}
        known = {f"{TREES[status]}{path}index.html{end}" for path, status in rows.items() for end in SUFFIXES.values()}
        assert files_of(store) <= known
    assert set(rows) == carried


def settle(store: PageStore) -> None:
    """A purge of everything leaves nothing, whatever the killed ones left half done; the bytes are counted right."""
    size = store._read("SELECT coalesce(sum(size), 0) FROM page").fetchone()[0]
    assert store.size() == size
    store.purge([f"key-{number}" for number in range(12)], 0)
    assert (store.paths(), files_of(store), store.size()) == ([], set(), 0)
    before = time.time() - 3600
    for left in (store.folder / "moved").iterdir():
        os.utime(left, (before, before))
    store.sweep()
    assert list((store.folder / "moved").iterdir()) == []
