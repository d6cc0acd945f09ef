"""Reads of public pages, answered from the store: what is sent, to whom, and how rarely a page is made."""

import asyncio
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthpress.edge import fastpath as module
from hearthpress.edge.fastpath import FastPath, Site
from hearthpress.edge.page import Page
from hearthpress.edge.store import PageStore
from tests.edge.asking import Answer, Ask

pytestmark = pytest.mark.anywhere

WORDS = b"<p>The kettle was on when she rang, and I let it whistle.</p>\n" * 50
PICTURE = bytes(range(256)) * 4
HTML = (("content-type", "text/html; charset=utf-8"), ("cache-control", "no-cache"), ("vary", "accept-encoding"))
WEBP = (("content-type", "image/webp"), ("cache-control", "immutable"))
AWAY = 300.0


class Magazine:
    """What stands behind the fast path: a few pages, and how often each was made."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.passed: list[str] = []
        self.while_making: Callable[[str], None] = lambda _: None

    def is_public(self, path: str) -> bool:
        return not path.startswith("/desk/")

    def render(self, path: str) -> Page:
        self.made[path] += 1
        version = self.made[path]
        self.while_making(path)
        if path == "/picture.webp":
            return Page(path, 200, WEBP, PICTURE, frozenset({"picture"}))
        if path == "/missing/":
            return Page(path, 404, HTML, b"not here", kept=False)
        status = 410 if path == "/gone/" else 200
        return Page(path, status, HTML, b"%d %s %s" % (version, path.encode(), WORDS), frozenset({"story"}))

    async def pass_on(self, scope: Ask, http: Answer) -> None:
        self.passed.append(f"{scope.method} {scope.path}")
        http.response_bytes(299, [], b"Django")

    def refuse_busy(self, http: Answer) -> None:
        http.response_bytes(503, [], b"busy")


class Reader:
    """Asks, and waits for the answers."""

    def __init__(self, store: PageStore, magazine: Magazine) -> None:
        self.executor = ThreadPoolExecutor(8)
        site = Site(lambda host: host.partition(":")[0] == "testserver", secure_only=False, away_for=AWAY)
        self.path = FastPath(store, magazine, self.executor, site, {"/v": self.view})

    async def view(self, scope: Ask, http: Answer) -> None:
        http.response_empty(204, [])

    async def ask(self, request: Ask) -> Answer:
        answer = Answer()
        await self.path(request, answer)
        return answer

    def get(self, path: str = "/a/", *, method: str = "GET", query_string: str = "", **headers: str) -> Answer:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(self.ask(Ask(path, given, method, query_string)))


@pytest.fixture
def magazine() -> Magazine:
    return Magazine()


@pytest.fixture
def reader(store: PageStore, magazine: Magazine) -> Iterator[Reader]:
    store.shared.confirmed = monotonic()
    found = Reader(store, magazine)
    yield found
    found.executor.shutdown()


def test_a_page_is_made_once_and_sent_in_the_encoding_that_is_asked_for(reader: Reader, magazine: Magazine) -> None:
    first, plain = reader.get(accept_encoding="br"), reader.get()
    again = reader.get(accept_encoding="br")

    assert magazine.made == {"/a/": 1}
    assert brotli.decompress(first.body) == plain.body == b"1 /a/ " + WORDS
    assert (first["content-encoding"], plain["content-encoding"]) == ("br", None)
    assert first["etag"] != plain["etag"]
    assert first.head.pairs == again.head.pairs
    assert all(int(one["content-length"]) == len(one.body) for one in (first, plain, again))
    assert {one["vary"] for one in (first, plain, again)} == {"accept-encoding"}
    assert plain["accept-ranges"] is None


def test_head_says_what_get_would_say(reader: Reader) -> None:
    get, head = reader.get(accept_encoding="gzip"), reader.get(accept_encoding="gzip", method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.head.pairs == get.head.pairs


def test_who_has_the_page_already_is_told_so(reader: Reader) -> None:
    page = reader.get(accept_encoding="br")

    same = reader.get(accept_encoding="br", if_none_match=page["etag"])
    one_of = reader.get(accept_encoding="br", if_none_match=f'"x", W/{page["etag"]}')
    head = reader.get(accept_encoding="br", if_none_match=page["etag"], method="HEAD")
    other = reader.get(accept_encoding="gzip", if_none_match=page["etag"])

    assert [one.status for one in (same, one_of, head, other)] == [304, 304, 304, 200]
    assert same.body == b""
    # RFC 9110, 15.4.5: what a 200 would have said of these.
    assert {name: same[name] for name in ("etag", "vary", "cache-control")} == {
        name: page[name] for name in ("etag", "vary", "cache-control")
    }
    assert same["content-encoding"] is same["content-length"] is same["content-type"] is None


def test_what_is_gone_is_said_in_full_even_to_who_has_it(reader: Reader, magazine: Magazine) -> None:
    gone = reader.get("/gone/")

    again = reader.get("/gone/", if_none_match=gone["etag"])

    assert (gone.status, again.status) == (410, 410)
    assert again.body == gone.body
    assert magazine.made == {"/gone/": 1}


def test_a_query_a_cookie_and_a_header_change_nothing(reader: Reader, magazine: Magazine) -> None:
    plain = reader.get()

    others = [
        reader.get(query_string="utm_source=elsewhere"),
        reader.get(cookie="hearthpress_session=abc"),
        reader.get(x_forwarded_host="evil.example", x_original_url="/desk/", x_http_method_override="POST"),
        reader.get(authorization="Basic abc", accept_language="de"),
    ]

    assert all((one.status, one.body, one.head.pairs) == (200, plain.body, plain.head.pairs) for one in others)
    assert magazine.made == {"/a/": 1}


def test_what_is_not_a_read_of_a_public_page_of_ours_goes_to_django(reader: Reader, magazine: Magazine) -> None:
    for path in ("/desk/", "//", "/a//b/", "/a/../b/", "/.hidden", "/" + "a" * 600):
        assert reader.get(path).status == 299
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "get"):
        assert reader.get(method=method).status == 299
    for host in ("evil.example", "", "testserver.evil.example"):
        assert reader.get(host=host).status == 299

    assert reader.get("/v", method="POST").status == 204
    assert magazine.made == {}


def test_a_purged_page_is_made_anew(reader: Reader, magazine: Magazine, neighbour: PageStore) -> None:
    before = reader.get()
    neighbour.purge(["story"], 1)

    after = reader.get()

    assert (before.body[:1], after.body[:1]) == (b"1", b"2")
    assert reader.get().body == after.body
    assert magazine.made == {"/a/": 2}


def test_a_page_that_is_purged_while_it_is_made_is_made_again(
    reader: Reader, magazine: Magazine, neighbour: PageStore
) -> None:
    def purge_once(path: str) -> None:
        if magazine.made[path] == 1:
            neighbour.purge(["story"], 1)

    magazine.while_making = purge_once

    answer = reader.get()

    assert answer.body[:1] == b"2"
    assert neighbour.whole("/a/").body[:1] == b"2"


def test_however_many_ask_at_once_one_page_is_made_on_the_host(
    reader: Reader, magazine: Magazine, neighbour: PageStore
) -> None:
    other = Reader(neighbour, magazine)
    magazine.while_making = lambda _: threading.Event().wait(0.05)

    async def crowd() -> list[Answer]:
        return await asyncio.gather(*(one.ask(Ask("/a/")) for one in [reader, other] * 100))

    answers = asyncio.run(crowd())

    other.executor.shutdown()
    assert magazine.made == {"/a/": 1}
    assert {(one.status, one.body) for one in answers} == {(200, b"1 /a/ " + WORDS)}


def test_so_many_pages_asked_for_that_are_not_there_keep_nobody_from_those_that_are(
    reader: Reader, magazine: Magazine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FLIGHTS", 20)
    reader.get("/a/")
    door = threading.Event()
    magazine.while_making = lambda _: door.wait(20)

    async def flood() -> tuple[Answer, Answer, Answer, list[Answer]]:
        made_up = [asyncio.create_task(reader.ask(Ask(f"/p/{number}/"))) for number in range(20)]
        await asyncio.sleep(0.05)
        stored, one_more = await reader.ask(Ask("/a/")), await reader.ask(Ask("/p/20/"))
        same = asyncio.create_task(reader.ask(Ask("/p/0/")))
        await asyncio.sleep(0.01)
        door.set()
        return stored, one_more, await same, await asyncio.gather(*made_up)

    stored, one_more, same, made_up = asyncio.run(flood())

    assert (stored.status, one_more.status, same.status) == (200, 503, 200)
    assert {one.status for one in made_up} == {200}


def test_who_leaves_while_the_page_is_made_does_not_take_it_from_the_others(reader: Reader, magazine: Magazine) -> None:
    magazine.while_making = lambda _: threading.Event().wait(0.05)

    async def one_leaves() -> Answer:
        impatient, patient = (asyncio.create_task(reader.ask(Ask("/a/"))) for _ in range(2))
        await asyncio.sleep(0.01)
        impatient.cancel()
        return await patient

    assert asyncio.run(one_leaves()).status == 200
    assert magazine.made == {"/a/": 1}


def test_without_word_from_the_database_pages_say_so_and_at_last_rest(
    reader: Reader, magazine: Magazine, store: PageStore
) -> None:
    tag = reader.get()["etag"]

    store.shared.confirmed = monotonic() - 10
    away, known = reader.get(), reader.get(if_none_match=tag)
    store.shared.confirmed = monotonic() - AWAY - 1
    resting = reader.get()
    store.shared.confirmed = monotonic()
    back = reader.get()

    assert (away.status, away.body[:1], known.status) == (200, b"1", 304)
    assert away["cache-status"] == known["cache-status"] == 'hearthpress; hit; detail="the database is away"'
    assert resting.body[:1] == b"2", "asked of Django, which says what is true"
    assert back["cache-status"] is resting["cache-status"] is None
    assert away["cache-control"] == known["cache-control"] == "no-cache"
    assert away["surrogate-key"] is known["surrogate-key"] is None
    assert magazine.made == {"/a/": 2}


def test_what_is_not_to_be_kept_is_sent_and_forgotten(reader: Reader, magazine: Magazine, store: PageStore) -> None:
    first, second = reader.get("/missing/"), reader.get("/missing/", range="bytes=0-1")

    assert (first.status, second.status) == (404, 404)
    assert first["etag"] is first["accept-ranges"] is None
    assert second.body == b"not here"
    assert store.paths() == []
    assert magazine.made == {"/missing/": 2}


def test_a_part_of_a_picture(reader: Reader) -> None:
    whole = reader.get("/picture.webp")

    part = reader.get("/picture.webp", range="bytes=10-19")
    still = reader.get("/picture.webp", range="bytes=-5", if_range=whole["etag"])
    changed = reader.get("/picture.webp", range="bytes=0-1", if_range='"of before"')
    beyond = reader.get("/picture.webp", range="bytes=9999-")
    several = reader.get("/picture.webp", range="bytes=0-1,3-4," * 5000)
    head = reader.get("/picture.webp", range="bytes=0-1", method="HEAD")

    assert whole["accept-ranges"] == "bytes"
    assert (part.status, part.body, part["content-range"]) == (206, PICTURE[10:20], "bytes 10-19/1024")
    assert (part["etag"], part["content-length"]) == (whole["etag"], "10")
    assert (still.status, still.body) == (206, PICTURE[-5:])
    assert (changed.status, changed.body) == (200, PICTURE)
    assert (beyond.status, beyond["content-range"], beyond.body) == (416, "bytes */1024", b"")
    assert (several.status, several.body) == (200, PICTURE)
    assert (head.status, head["content-length"]) == (200, "1024")


def test_a_compressed_page_is_never_sent_in_parts(reader: Reader) -> None:
    answer = reader.get(range="bytes=0-1", accept_encoding="br")

    assert answer.status == 200
    assert brotli.decompress(answer.body) == b"1 /a/ " + WORDS


def test_headers_without_end_fill_no_memory(reader: Reader, magazine: Magazine) -> None:
    for number in range(300):
        assert reader.get(accept_encoding=f"br, x-{number}").status == 200
        assert reader.get(accept_encoding=f"br, {number}{'x' * 50_000}").status == 200
        assert reader.get(host=f"testserver:{number}").status == 200

    assert magazine.made == {"/a/": 1}
    assert set(reader.path._memory["/a/"]) == {("br", "identity"), ("identity",)}
    assert len(reader.path._hosts) <= module.HOSTS


def test_memory_is_bounded_and_what_is_forgotten_is_read_from_the_files(
    reader: Reader, magazine: Magazine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MEMORY", 10 * len(WORDS))

    for number in [*range(30), *range(30)]:
        assert reader.get(f"/p/{number}/").status == 200

    held = sum(len(one.body) for by_accept in reader.path._memory.values() for one in by_accept.values())
    assert held <= 12 * len(WORDS)
    assert set(magazine.made.values()) == {1}


def test_without_a_store_each_page_is_made_for_each_who_asks(
    reader: Reader, magazine: Magazine, store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.get()
    shutil.rmtree(store.folder / "locks")
    shutil.rmtree(store.folder / "live")
    (store.folder / "locks").write_text("no folder")

    broken = [reader.get("/b/"), reader.get("/b/")]
    monkeypatch.setattr(store, "_connection", lambda: (_ for _ in ()).throw(sqlite3.DatabaseError("malformed")))
    worse = reader.get("/c/")

    assert [one.status for one in (*broken, worse)] == [200, 200, 200]
    assert reader.get().body[:1] == b"1", "what is in memory is still sent"
    assert magazine.made == {"/a/": 1, "/b/": 2, "/c/": 1}


HOSTILE = ("", "\x00", "*", "[", '"', "bytes=", "bytes=-", "bytes=9-1", f"bytes={'9' * 5000}-", "bytes=٣-²")
NAMES = ("range", "if-range", "if-none-match", "accept-encoding", "host", "x-forwarded-proto", "cookie")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(HOSTILE) | st.text()),
    path=st.sampled_from(["/a/", "/picture.webp", "/gone/", "//a/", "/%2e%2e/a/", "/\x00", "/a/../b"]) | st.text(),
    method=st.sampled_from(["GET", "HEAD"]),
)
def test_whatever_is_sent_is_answered(reader: Reader, given: dict[str, str], path: str, method: str) -> None:
    answer = asyncio.run(reader.ask(Ask(path, given, method)))

    assert answer.status in {200, 206, 299, 304, 410, 416, 404}
