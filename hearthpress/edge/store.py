"""The page store of one host: public pages as files that every process here, and nginx or Caddy, can serve.

    live/stories/a-name/index.html, .br, .zst, .gz     pages that are there (200)
    gone/stories/another/index.html, ...               pages of what was taken back (410)
    index.sqlite3                                      which keys each page carries, its headers, what was purged
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
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hearthpress.edge.encodings import IDENTITY, SUFFIXES
from hearthpress.edge.page import Page, file_of
from hearthpress.edge.shared import Shared

LAYOUT = 1  # of the tables below
LOCKS = 1024
PURGES_REMEMBERED = 10_000  # far more than are carried out while one page is rendered
TRIMMED_TO = 0.9  # of the limit, so that not every page that comes throws one out
MOST_UNLINKED = 500  # pages taken out one by one; beyond that whole folders are moved away, which takes no time
TREES = {200: "live", 410: "gone"}

TABLES = """
CREATE TABLE IF NOT EXISTS page (
    path TEXT PRIMARY KEY, status INTEGER NOT NULL, headers TEXT NOT NULL, digest TEXT NOT NULL,
    encodings TEXT NOT NULL, size INTEGER NOT NULL, good_until REAL, stored_at REAL NOT NULL, whole INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS carried (key TEXT, path TEXT, PRIMARY KEY (key, path)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS carried_by ON carried (path);
CREATE INDEX IF NOT EXISTS page_age ON page (stored_at);
CREATE INDEX IF NOT EXISTS page_end ON page (good_until) WHERE good_until IS NOT NULL;
CREATE TABLE IF NOT EXISTS purged (turn INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO fact VALUES ('bytes', 0), ('lineage', ''), ('release', '');
CREATE TRIGGER IF NOT EXISTS page_in AFTER INSERT ON page
    BEGIN UPDATE fact SET value = value + new.size WHERE name = 'bytes'; END;
CREATE TRIGGER IF NOT EXISTS page_out AFTER DELETE ON page
    BEGIN UPDATE fact SET value = value - old.size WHERE name = 'bytes';
          DELETE FROM carried WHERE path = old.path; END;
"""


class PageStore:
    """Pages by path. Every method may be called from any thread and any process of the host.

    Raises OSError and sqlite3.Error when the disk is full or broken; then nothing half written is ever served.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        for name in ("", *TREES.values(), "locks", "moved"):
            (folder / name).mkdir(mode=0o755, parents=True, exist_ok=True)
        self.shared = Shared(folder / "shared")
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []

    # Reading

    def get(self, path: str, wanted: Iterable[str]) -> tuple[Page, str, bytes] | None:
        """The page, the first encoding of those wanted that it has, and that body; None when it is not here.

        The page itself comes without a body.
        """
        before = self.shared.changes
        row = self._read("SELECT * FROM page WHERE path = ? AND whole = 1", path).fetchone()
        if row is None:
            return None
        page = _page(row)
        encoding = next(name for name in wanted if name in page.encodings)
        try:
            body = self._file(page.status, path, encoding).read_bytes()
        except FileNotFoundError:
            return None
        # Purged, and perhaps rendered again, while we read: what we hold may be of two pages.
        return (page, encoding, body) if self.shared.changes == before else None

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
        """Keep a page rendered since `ticket`. False when it was purged meanwhile: it shows what is no longer true."""
        if not self._announce(page, ticket):
            return False
        written = self._write_beside(page)
        try:
            return self._publish(page, ticket, written)
        finally:
            for temporary, _ in written:
                temporary.unlink(missing_ok=True)

    @contextmanager
    def alone(self, path: str) -> Iterator[None]:
        """Only one thread of all processes of this host is inside for a path. Left also when its process is killed."""
        lock = self.folder / "locks" / str(zlib.crc32(path.encode()) % LOCKS)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    # Taking out

    def purge(self, keys: Iterable[str], generation: int) -> int:
        """Take out every page that carries one of the keys, and remember that purges up to `generation` are done here.

        When it returns, no process of this host serves them any more. How many pages there were.
        """
        wanted = sorted(set(keys))
        with self._changing() as connection:
            marks = ",".join("?" * len(wanted))
            rows = connection.execute(f"SELECT DISTINCT path FROM carried WHERE key IN ({marks})", wanted)  # noqa: S608
            paths = [row[0] for row in rows]
            connection.executemany("INSERT INTO purged (key) VALUES (?)", [(key,) for key in wanted])
            connection.execute(
                "DELETE FROM purged WHERE turn <= (SELECT max(turn) FROM purged) - ?", (PURGES_REMEMBERED,)
            )
            self._take_out(connection, paths)
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
        """Take out everything. `lineage`, `release` and `generation` say what the store follows from now on."""
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
        """The `lineage` of the database, or the `release` of the program, that the pages were rendered by."""
        return str(self._fact(name))

    def close(self) -> None:
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._local = threading.local()

    # How a page gets in: its row first, then its files. A page whose files are there is always one that a purge finds.

    def _announce(self, page: Page, ticket: int) -> bool:
        with self._changing() as connection:
            if self._is_purged(connection, page, ticket):
                return False
            self._take_out(connection, [page.path] if self._is_there(connection, page.path) else [])
            connection.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", _row(page))
            connection.executemany("INSERT INTO carried VALUES (?, ?)", [(key, page.path) for key in page.keys])
            self._trim(connection)
        return True

    def _write_beside(self, page: Page) -> list[tuple[Path, Path]]:
        """Write each body under a name that nobody reads: (where it is, where it goes)."""
        pairs = []
        for encoding, body in page.bodies.items():
            target = self._file(page.status, page.path, encoding)
            target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            temporary = self.folder / "moved" / f"{os.getpid()}-{threading.get_ident()}{SUFFIXES[encoding] or '.html'}"
            pairs.append((temporary, target))
            try:
                temporary.write_bytes(body)
                temporary.chmod(0o644)  # public, and perhaps served by another program
            except OSError:
                for made, _ in pairs:
                    made.unlink(missing_ok=True)
                raise
        return pairs

    def _publish(self, page: Page, ticket: int, written: list[tuple[Path, Path]]) -> bool:
        with self._changing() as connection:
            done = connection.execute(
                "UPDATE page SET whole = 1 WHERE path = ? AND digest = ?", (page.path, page.digest)
            )
            if not done.rowcount or self._is_purged(connection, page, ticket):
                return False
            for temporary, target in written:
                target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
                temporary.replace(target)
        return True

    def _is_purged(self, connection: sqlite3.Connection, page: Page, ticket: int) -> bool:
        keys = [*page.keys, ""]
        marks = ",".join("?" * len(keys))
        sql = f"SELECT 1 FROM purged WHERE turn > ? AND key IN ({marks}) LIMIT 1"  # noqa: S608  only marks
        return connection.execute(sql, [ticket, *keys]).fetchone() is not None

    def _is_there(self, connection: sqlite3.Connection, path: str) -> bool:
        return connection.execute("SELECT 1 FROM page WHERE path = ?", (path,)).fetchone() is not None

    def _trim(self, connection: sqlite3.Connection) -> None:
        """Take out the oldest pages when there are too many bytes."""
        excess = self.size() - self.most_bytes
        if excess <= 0:
            return
        excess += int(self.most_bytes * (1 - TRIMMED_TO))
        paths = []
        for path, size in connection.execute("SELECT path, size FROM page WHERE whole = 1 ORDER BY stored_at"):
            if excess <= 0:
                break
            paths.append(path)
            excess -= size
        self._take_out(connection, paths)

    # How a page gets out: its files first. Should we be killed then, its row is found again, and its files are not.

    def _take_out(self, connection: sqlite3.Connection, paths: list[str]) -> int:
        if len(paths) > MOST_UNLINKED:
            self._move_away(connection)
            return len(paths)
        for path in paths:
            for tree in TREES.values():
                for suffix in SUFFIXES.values():
                    (self.folder / tree / f"{file_of(path)}{suffix}").unlink(missing_ok=True)
        if paths:
            connection.executemany("DELETE FROM page WHERE path = ?", [(path,) for path in paths])
            self.shared.changed()
        return len(paths)

    def _move_away(self, connection: sqlite3.Connection) -> None:
        heap = self.folder / "moved" / f"{time.time_ns()}-{os.getpid()}"
        heap.mkdir()
        for tree in TREES.values():
            (self.folder / tree).rename(heap / tree)
            (self.folder / tree).mkdir(mode=0o755)
        connection.execute("DELETE FROM page")
        self.shared.changed()

    def sweep(self) -> None:
        """Delete what was moved away, and what killed processes left there."""
        for left in (self.folder / "moved").iterdir():
            with suppress(OSError):
                if left.is_dir():
                    shutil.rmtree(left)
                elif time.time() - left.stat().st_mtime > 60:
                    left.unlink()

    # The index

    def _file(self, status: int, path: str, encoding: str) -> Path:
        return self.folder / TREES[status] / f"{file_of(path)}{SUFFIXES[encoding]}"

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
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        """One for each thread."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._open()
            self._opened.append(found)
        return found

    def _open(self) -> sqlite3.Connection:
        path = self.folder / "index.sqlite3"
        connection = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        # What a killed process had committed is there; what a power cut takes is only a cache.
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
        if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
            connection.executescript(f"{TABLES} PRAGMA user_version = {LAYOUT};")
        return connection


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
