"""The page store of one host: public pages as files that every process here, and nginx or Caddy, can serve.

    live/stories/a-name/index.html, .br, .zst, .gz     pages that are there (200)
    gone/stories/another/index.html, ...               pages of what was taken back (410)
    index.sqlite3                                      which keys each page carries, its headers, what was purged
    boot                                               the start of this machine that all of it is from
    shared                                             a few numbers in memory that all processes see
    locks/                                             one process renders, the others wait

Knows no Django. It is a cache: whoever deletes the folder loses nothing but time.
"""

import fcntl
import json
import os
import shutil
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hearthpress.edge.encodings import IDENTITY, SUFFIXES
from hearthpress.edge.page import Page, file_of
from hearthpress.edge.shared import Shared

LAYOUT = 2  # of the tables below
LOCKS = 1024
PURGES_REMEMBERED = 10_000  # far more than are carried out while one page is rendered
TRIMMED_TO = 0.9  # of the limit, so that not every page that comes throws one out
MOST_UNLINKED = 5_000  # pages taken out one by one, in some tenths of a second; beyond it whole folders are moved away
TREES = {200: "live", 410: "gone"}
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # another each time that the machine is started: random(4)

TABLES = """
CREATE TABLE page (
    path TEXT PRIMARY KEY, status INTEGER NOT NULL, headers TEXT NOT NULL, digest TEXT NOT NULL,
    encodings TEXT NOT NULL, size INTEGER NOT NULL, good_until REAL, stored_at REAL NOT NULL, whole INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE carried (key TEXT, path TEXT, PRIMARY KEY (key, path)) WITHOUT ROWID;
CREATE INDEX carried_by ON carried (path);
CREATE INDEX page_age ON page (stored_at);
CREATE INDEX page_end ON page (good_until) WHERE good_until IS NOT NULL;
CREATE TABLE purged (turn INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL);
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO fact VALUES ('bytes', 0), ('lineage', ''), ('mark', ''), ('release', '');
CREATE TRIGGER page_in AFTER INSERT ON page
    BEGIN UPDATE fact SET value = value + new.size WHERE name = 'bytes'; END;
CREATE TRIGGER page_out AFTER DELETE ON page
    BEGIN UPDATE fact SET value = value - old.size WHERE name = 'bytes';
          DELETE FROM carried WHERE path = old.path; END;
"""


PATHS_OF_KEYS = "SELECT DISTINCT path FROM carried WHERE key IN (SELECT value FROM json_each(?))"
IS_PURGED = "SELECT 1 FROM purged WHERE turn > ? AND key IN (SELECT value FROM json_each(?)) LIMIT 1"
# Two paths may want a file and a folder of one name: then one of them is not kept.
NOT_THERE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class PageStore:
    """Pages by path. Every method may be called from any thread and any process of the host.

    Raises OSError and sqlite3.Error when the disk is full or broken; then nothing half written is ever served.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        for name in ("", *TREES.values()):
            _make_open(folder / name)
        for name in ("locks", "moved"):
            (folder / name).mkdir(exist_ok=True)
        self.release = ""
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        with self.alone("boot"):
            self._begin_anew_when_nothing_is_known()
            self.shared = Shared(folder / "shared")
            self._index = self._index_path.stat()
            self._connection()  # held open, so that no other file ever gets its number

    def _begin_anew_when_nothing_is_known(self) -> None:
        """Once the machine was started again nobody knows what had reached the disk, and since when it was true; and
        without its index nobody knows what a page shows.
        """
        note, now = self.folder / "boot", BOOT_ID.read_bytes() if BOOT_ID.exists() else b""
        if note.exists() and note.read_bytes() == now and self._has_index():
            return
        for left in (*self.folder.glob("index.sqlite3*"), self.folder / "shared"):
            left.unlink(missing_ok=True)
        self._move_trees()
        self._make_index()
        note.write_bytes(now)

    def _check_index(self) -> None:
        """Raises OSError when the index that we know is not the one beside the files: deleted while we were running, or
        begun anew by another version of the program. Nobody would find our pages there.
        """
        if not os.path.samestat(self._index_path.stat(), self._index):
            raise OSError("its index is another one by now")

    # Reading

    def get(self, path: str, wanted: Iterable[str]) -> tuple[Page, str, bytes] | None:
        """The page, the first encoding of those wanted that it has, and that body; None when it is not here.

        The page itself comes without a body.
        """
        before = self.shared.changes
        row = self._row_of(path)
        if row is None:
            return None
        page = _page(row)
        encoding = next(name for name in wanted if name in page.encodings)
        try:
            body = self._file(page.status, path, encoding).read_bytes()
        except NOT_THERE:
            return None
        self._check_index()
        # Purged, and perhaps rendered again, while we read: what we hold may be of two pages.
        is_one = self.shared.changes == before and self._row_of(path) == row
        return (page, encoding, body) if is_one else None

    def whole(self, path: str) -> Page | None:
        """The page with its body."""
        found = self.get(path, [IDENTITY])
        return replace(found[0], body=found[2]) if found else None

    def ticket(self) -> int:
        """Take one before rendering: `put` then knows what was purged since."""
        return int(self._read("SELECT coalesce(max(turn), 0) FROM purged").fetchone()[0])

    def size(self) -> int:
        """Bytes of all bodies kept."""
        return int(self._fact("bytes"))

    def paths(self, key: str | None = None) -> list[str]:
        """The paths of the pages kept, or of those that carry the key."""
        if key is None:
            return [row[0] for row in self._read("SELECT path FROM page WHERE whole = 1")]
        return [row[0] for row in self._read("SELECT path FROM carried WHERE key = ?", key)]

    # Keeping

    def put(self, page: Page, ticket: int) -> bool:
        """Keep a page rendered since `ticket`. False when it was purged meanwhile, and shows what is no longer true.

        Raises OSError when the store is another release's by now.
        """
        if not self._announce(page, ticket):
            return False
        written: list[tuple[Path, Path]] = []
        try:
            self._write_beside(page, written)
            return self._publish(page, ticket, written)
        finally:
            for temporary, _ in written:
                temporary.unlink(missing_ok=True)

    @contextmanager
    def alone(self, path: str) -> Iterator[None]:
        """Only one thread of all processes of this host is inside for a path. Left also when its process is killed.

        What is no path (has no slash at its beginning) never waits for a page.
        """
        name = str(zlib.crc32(path.encode()) % LOCKS) if path.startswith("/") else path
        lock = self.folder / "locks" / name
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    # Taking out

    def purge(self, keys: Iterable[str], generation: int, mark: str = "") -> int:
        """Take out every page that carries one of the keys, and remember that purges up to `generation` are done here.

        When it returns, no process of this host serves them any more; nor when it raises because the disk is full, but
        then it must be called again. `mark` is what the database knows that purge by. How many pages there were.
        """
        wanted = sorted(set(keys))
        with self._changing() as connection:
            paths = [row[0] for row in connection.execute(PATHS_OF_KEYS, (json.dumps(wanted),))]
            self._take_out(connection, paths)
            connection.executemany("INSERT INTO purged (key) VALUES (?)", [(key,) for key in wanted])
            connection.execute(
                "DELETE FROM purged WHERE turn <= (SELECT max(turn) FROM purged) - ?", (PURGES_REMEMBERED,)
            )
            if mark:
                connection.execute("UPDATE fact SET value = ? WHERE name = 'mark'", (f"{generation} {mark}",))
        self.shared.generation = max(generation, self.shared.generation)
        return len(paths)

    def expire(self, now: datetime | None = None) -> int:
        """Take out the pages that time has made untrue. How many."""
        moment = (now or datetime.now(UTC)).timestamp()
        if self._read("SELECT 1 FROM page WHERE good_until <= ? LIMIT 1", moment).fetchone() is None:
            return 0
        with self._changing() as connection:
            rows = connection.execute("SELECT path FROM page WHERE good_until <= ?", (moment,))
            return self._take_out(connection, [row[0] for row in rows])

    def empty(self, **facts: str | int) -> None:
        """Take out everything. `lineage`, `mark`, `release` and `generation` say what it follows from now on."""
        generation = facts.pop("generation", None)
        with self._changing() as connection:
            self._move_away(connection)
            for name, value in facts.items():
                connection.execute("UPDATE fact SET value = ? WHERE name = ?", (value, name))
            # Whoever renders now began before: a purge of "" stands for everything.
            connection.execute("INSERT INTO purged (key) VALUES ('')")
        if generation is not None:
            self.shared.generation = int(generation)

    def follows(self, name: str) -> str:
        """The `lineage` of the database, the number and `mark` of its last purge, or the `release` of the program, that
        the pages were rendered by.
        """
        return str(self._fact(name))

    def close(self) -> None:
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._local = threading.local()

    # How a page gets in: its row first, then its files. A page whose files are there is always one that a purge finds.

    def _announce(self, page: Page, ticket: int) -> bool:
        self._check_index()
        with self._changing() as connection:
            if self._fact("release") != self.release:
                raise OSError("another release of the program keeps its pages there")
            if self._is_purged(connection, page, ticket):
                return False
            self._take_out(connection, [page.path] if self._is_there(connection, page.path) else [])
            connection.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", _row(page))
            connection.executemany("INSERT INTO carried VALUES (?, ?)", [(key, page.path) for key in page.keys])
            self._trim(connection, page.path)
        return True

    def _write_beside(self, page: Page, written: list[tuple[Path, Path]]) -> None:
        """Write each body under a name that nobody reads, and note (where it is, where it goes)."""
        for encoding, body in page.bodies.items():
            target = self._file(page.status, page.path, encoding)
            temporary = self.folder / "moved" / f"{os.getpid()}-{threading.get_ident()}{SUFFIXES[encoding] or '.html'}"
            written.append((temporary, target))
            temporary.write_bytes(body)
            temporary.chmod(0o644)  # public, and perhaps served by another program

    def _publish(self, page: Page, ticket: int, written: list[tuple[Path, Path]]) -> bool:
        with self._changing() as connection:
            if self._is_purged(connection, page, ticket):
                return False
            done = connection.execute(
                "UPDATE page SET whole = 1 WHERE path = ? AND digest = ?", (page.path, page.digest)
            )
            if not done.rowcount:
                return False
            stamp = int(page.digest[:7], 16)  # seconds: some moment in the seventies
            for temporary, target in written:
                _make_open(target.parent)
                temporary.replace(target)
                # nginx and Caddy make their tags of this time and of the size: so they say the content, on every host.
                os.utime(target, (stamp, stamp))
            try:
                self._check_index()  # only now: whoever begins anew later moves these files away
            except OSError:
                self._take_out(connection, [page.path])
                raise
        return True

    def _is_purged(self, connection: sqlite3.Connection, page: Page, ticket: int) -> bool:
        oldest = connection.execute("SELECT coalesce(min(turn), 0) FROM purged").fetchone()[0]
        if oldest > ticket + 1:  # so many that nobody remembers
            return True
        keys = json.dumps([*page.keys, ""])
        return connection.execute(IS_PURGED, (ticket, keys)).fetchone() is not None

    def _is_there(self, connection: sqlite3.Connection, path: str) -> bool:
        return connection.execute("SELECT 1 FROM page WHERE path = ?", (path,)).fetchone() is not None

    def _trim(self, connection: sqlite3.Connection, coming: str) -> None:
        """Take out the oldest pages when there are too many bytes; what a killed process left half written too."""
        excess = self.size() - self.most_bytes
        if excess <= 0:
            return
        excess += int(self.most_bytes * (1 - TRIMMED_TO))
        paths: list[str] = []
        others = connection.execute("SELECT path, size FROM page WHERE path != ? ORDER BY stored_at", (coming,))
        for path, size in others:
            if excess <= 0 or len(paths) == MOST_UNLINKED:
                break
            paths.append(path)
            excess -= size
        self._take_out(connection, paths)

    # How a page gets out: its files first. Should we be killed then, or the disk be full, its row is found again, and
    # its files are not. Whoever holds it in memory hears of it as soon as they are gone.

    def _take_out(self, connection: sqlite3.Connection, paths: list[str]) -> int:
        if len(paths) > MOST_UNLINKED:
            self._move_away(connection)
            return len(paths)
        for path in paths:
            for tree in TREES.values():
                for suffix in SUFFIXES.values():
                    with suppress(*NOT_THERE):
                        (self.folder / tree / f"{file_of(path)}{suffix}").unlink()
        if paths:
            self.shared.changed()
            connection.executemany("DELETE FROM page WHERE path = ?", [(path,) for path in paths])
        return len(paths)

    def _move_away(self, connection: sqlite3.Connection) -> None:
        self._move_trees()
        self.shared.changed()
        connection.execute("DELETE FROM page")

    def _move_trees(self) -> None:
        heap = self.folder / "moved" / f"{time.time_ns()}-{os.getpid()}"
        heap.mkdir()
        for tree in TREES.values():
            with suppress(FileNotFoundError):  # of a process that was killed here
                (self.folder / tree).rename(heap / tree)
            _make_open(self.folder / tree)

    def sweep(self) -> None:
        """Delete what was moved away, and what killed processes left there."""
        for left in (self.folder / "moved").iterdir():
            with suppress(OSError):
                if left.is_dir():
                    shutil.rmtree(left)
                elif time.time() - left.stat().st_mtime > 60:
                    left.unlink()

    # The index

    @property
    def _index_path(self) -> Path:
        return self.folder / "index.sqlite3"

    def _file(self, status: int, path: str, encoding: str) -> Path:
        return self.folder / TREES[status] / f"{file_of(path)}{SUFFIXES[encoding]}"

    def _row_of(self, path: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._read("SELECT * FROM page WHERE path = ? AND whole = 1", path).fetchone()
        return row

    def _read(self, sql: str, *values: Any) -> sqlite3.Cursor:
        return self._connection().execute(sql, values)

    def _fact(self, name: str) -> Any:
        return self._read("SELECT value FROM fact WHERE name = ?", name).fetchone()[0]

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a disk that is full has rolled it back already
                connection.execute("ROLLBACK")
            raise

    def _connection(self) -> sqlite3.Connection:
        """One for each thread."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._open()
            self._opened.append(found)
            self._check_index()
            self._local.connection = found
        return found

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._index_path, timeout=20, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        # What a killed process had committed is there; after a power cut all is begun anew.
        connection.execute("PRAGMA synchronous=OFF")
        return connection

    def _has_index(self) -> bool:
        try:
            with closing(self._open()) as connection:
                return bool(connection.execute("PRAGMA user_version").fetchone()[0] == LAYOUT)
        except sqlite3.OperationalError:  # the disk, or somebody who holds it: others may be using it
            raise
        except sqlite3.DatabaseError:  # no database at all
            return False

    def _make_index(self) -> None:
        """By one process, alone: SQLite lets none wait while another changes the journal's mode."""
        with closing(self._open()) as connection:
            connection.executescript(f"PRAGMA journal_mode=WAL; {TABLES} PRAGMA user_version = {LAYOUT};")


def _make_open(folder: Path) -> None:
    """Other programs may serve what is in it, however strict we are elsewhere (umask). One that is there stays so."""
    if not folder.is_dir():
        _make_open(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)


def _row(page: Page) -> tuple[Any, ...]:
    size = sum(len(body) for body in page.bodies.values())
    until = page.good_until.timestamp() if page.good_until else None
    headers, encodings = json.dumps(page.headers), " ".join(page.encodings)
    return (page.path, page.status, headers, page.digest, encodings, size, until, time.time())


def _page(row: sqlite3.Row) -> Page:
    headers = tuple((name, value) for name, value in json.loads(row["headers"]))
    until = datetime.fromtimestamp(row["good_until"], UTC) if row["good_until"] else None
    facts = {"good_until": until, "digest": row["digest"], "encodings": tuple(row["encodings"].split())}
    return Page(row["path"], row["status"], headers, b"", **facts)
