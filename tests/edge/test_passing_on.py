"""What stands before Django: bodies on their way in, and one bounded pool of threads."""

import asyncio
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from hearthpress.edge import bodies
from hearthpress.edge import inside as inside_module
from hearthpress.edge.bodies import MAX_BODY
from hearthpress.edge.inside import Inside
from tests.edge.asking import Answer, Ask

PATIENCE = 90  # seconds, on a busy machine
SIGNED_IN = {"cookie": "a=b; hearthpress_session=abc"}

pytestmark = pytest.mark.anywhere


def made_by(view: Callable[[dict], HttpResponseBase], threads: int = 4) -> Iterator[Inside]:
    """Django, answering with what `view` makes of a WSGI environment, in so many threads."""
    with ThreadPoolExecutor(threads) as executor:
        yield Inside(lambda environ, _start: view(environ), executor)


def echo(environ: dict) -> HttpResponse:
    """Says how long the body is that it was given, and how long it was told that it is."""
    return HttpResponse(f"{len(environ['wsgi.input'].read())} {environ['CONTENT_LENGTH']}")


@pytest.fixture
def inside() -> Iterator[Inside]:
    yield from made_by(echo)


def send(inside: Inside, *chunks: bytes, declared: int | None = None) -> Answer:
    """What a request of somebody signed in with this body is answered."""
    headers = {"transfer-encoding": "chunked"} if declared is None else {"content-length": str(declared)}
    answer = Answer(chunks)
    asyncio.run(inside.pass_on(Ask("/account/", {**SIGNED_IN, **headers}, "POST"), answer))
    return answer


def test_body_of_the_largest_size_passes(inside: Inside) -> None:
    whole = send(inside, bytes(MAX_BODY), declared=MAX_BODY)
    in_pieces = send(inside, *[bytes(MAX_BODY // 4)] * 4)

    assert (whole.status, whole.body) == (200, f"{MAX_BODY} {MAX_BODY}".encode())
    assert (in_pieces.status, in_pieces.body) == (200, f"{MAX_BODY} {MAX_BODY}".encode())


@pytest.mark.parametrize("declared", [MAX_BODY + 1, None])
def test_body_that_is_too_large_does_not_reach_django(declared: int | None) -> None:
    reached: list[dict] = []

    for inside in made_by(lambda environ: reached.append(environ) or HttpResponse()):
        answer = send(inside, bytes(MAX_BODY), b"x", bytes(100), declared=declared)

    assert answer.status == 413
    assert b"at most 16 MB" in answer.body
    assert answer["cache-control"] == "private, no-store"
    assert reached == []


def test_strangers_may_send_what_the_forms_need_and_no_more(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SIGNED_IN, "cookie", "other=hearthpress_session")
    most = bodies.MAX_BODY_OF_STRANGERS

    fits, declared = send(inside, bytes(most), declared=most), send(inside, declared=most + 1)
    in_pieces = send(inside, *[bytes(most // 4)] * 4, b"x")

    assert (fits.status, declared.status, in_pieces.status) == (200, 413, 413)
    assert b"4 MB without signing in" in declared.body


def test_length_that_was_declared_is_not_believed(inside: Inside) -> None:
    assert send(inside, b"four", declared=4_000_000).body == b"4 4"


def test_body_that_does_not_come_is_not_waited_for(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.01)

    async def stuck() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    async def scenario() -> Answer:
        answer = Answer(stuck())
        await inside.pass_on(Ask("/account/", {"content-length": "100"}, "POST"), answer)
        return answer

    answer = asyncio.run(scenario())

    assert answer.status == 408
    assert b"try again" in answer.body


def test_body_that_comes_drop_by_drop_is_not_waited_for_without_end(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "WHOLE", 0.1)

    async def drops() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.01)
            yield b"x"

    async def scenario() -> Answer:
        answer = Answer(drops())
        await inside.pass_on(Ask("/account/", {"content-length": "100000"}, "POST"), answer)
        return answer

    assert asyncio.run(scenario()).status == 408
    assert bodies.Body.held == 0


def test_bodies_of_all_together_are_bounded_and_room_is_given_back(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "ALWAYS", 0)
    monkeypatch.setattr(bodies, "MOST_HELD", 100)

    refused, taken = send(inside, bytes(60), bytes(60)), [send(inside, bytes(60)).status for _ in range(5)]

    assert (refused.status, refused["retry-after"]) == (503, "5")
    assert taken == [200] * 5
    assert bodies.Body.held == 0


def test_short_bodies_wait_in_files_while_many_are_here_and_a_full_disk_is_told_plainly(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = send(inside, bytes(90))
    monkeypatch.setattr(bodies, "ALL_IN_MEMORY", 100)
    files, make = [], tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **how: files.append(make(**how)) or files[-1])

    short, together = send(inside, bytes(90)), send(inside, bytes(90), bytes(90))
    opened = len(files)
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: Path("/dev/full").open("w+b"))  # noqa: SIM115
    full = send(inside, bytes(90), bytes(90))

    assert (in_memory.status, short.status, together.body) == (200, 200, b"180 180")
    assert opened == 1
    assert (full.status, full["retry-after"]) == (503, "5")
    assert bodies.Body.held == 0


def test_length_of_absurdly_many_digits_is_too_large(inside: Inside) -> None:
    answer = Answer(())
    asyncio.run(inside.pass_on(Ask("/account/", {"content-length": "9" * 5000}, "POST"), answer))

    assert answer.status == 413


def test_nothing_is_read_of_what_is_sent_to_a_page_that_can_only_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unread() -> AsyncIterator[bytes]:
        raise AssertionError("somebody reads it")
        yield b""

    async def scenario(inside: Inside) -> Answer:
        answer = Answer(unread())
        await inside.pass_on(Ask("/static/x.css", {"content-length": "20000000"}, "POST"), answer)
        return answer

    for inside in made_by(echo):
        answer = asyncio.run(scenario(inside))

    assert (answer.status, answer["allow"]) == (405, "GET, HEAD")


def test_whoever_finds_too_many_waiting_is_told_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside_module, "MOST_WAITING", 3)
    door = threading.Event()

    def wait(_environ: dict) -> HttpResponse:
        assert door.wait(PATIENCE)
        return HttpResponse("in the end")

    async def scenario(inside: Inside) -> tuple[list[int], int]:
        waiting = [Answer(()) for _ in range(3)]
        asked = [asyncio.ensure_future(inside.pass_on(Ask("/account/", {}), one)) for one in waiting]
        await asyncio.sleep(0.05)
        refused = Answer(())
        await inside.pass_on(Ask("/account/", {}), refused)
        door.set()
        await asyncio.gather(*asked)
        return [one.status for one in waiting], refused.status

    for inside in made_by(wait, threads=1):
        assert asyncio.run(scenario(inside)) == ([200] * 3, 503)


def test_no_more_requests_are_in_django_at_once_than_are_allowed() -> None:
    present, most, turn = [0], [0], threading.Lock()

    def slow(environ: dict) -> HttpResponse:
        with turn:
            present[0] += 1
            most[0] = max(most[0], present[0])
        time.sleep(0.01)
        with turn:
            present[0] -= 1
        return HttpResponse()

    async def ten_at_once(inside: Inside) -> None:
        await asyncio.gather(*(inside.pass_on(Ask("/"), Answer()) for _ in range(10)))

    for inside in made_by(slow, threads=3):
        asyncio.run(ten_at_once(inside))

    assert most == [3]


def test_request_whose_body_is_still_coming_takes_nobodys_turn() -> None:
    async def never() -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""

    async def scenario(inside: Inside) -> Answer:
        senders = [Ask("/account/", {"content-length": "10"}, "POST")] * 20
        slow = [asyncio.create_task(inside.pass_on(one, Answer(never()))) for one in senders]
        await asyncio.sleep(0)
        answer = Answer([b"here"])
        await asyncio.wait_for(inside.pass_on(Ask("/account/", {"content-length": "4"}, "POST"), answer), timeout=20)
        for one in slow:
            one.cancel()
        return answer

    for inside in made_by(echo, threads=1):
        answer = asyncio.run(scenario(inside))

    assert answer.body == b"4 4"


def test_streamed_answer_arrives_in_pieces_from_one_thread() -> None:
    made: list[tuple[str, int]] = []

    def rows() -> Iterator[str]:
        for number in range(3):
            made.append((threading.current_thread().name, len(answer.pieces)))
            yield f"row {number}\n"

    answer = Answer()
    for inside in made_by(lambda _: StreamingHttpResponse(rows(), content_type="text/csv")):
        asyncio.run(inside.pass_on(Ask("/books/"), answer))

    assert answer.pieces == [b"row 0\n", b"row 1\n", b"row 2\n"]
    assert [sent for _, sent in made] == [0, 1, 2], "each row is sent before the next is read"
    assert len({thread for thread, _ in made}) == 1
    assert answer["content-length"] is None


def test_head_is_answered_without_a_body_and_cookies_are_passed_on() -> None:
    def view(environ: dict) -> HttpResponse:
        response = HttpResponse(environ["HTTP_COOKIE"])
        response.set_cookie("one", "1")
        response.set_cookie("two", "2")
        return response

    head, get = Answer(), Answer()
    for inside in made_by(view):
        request = {"cookie": "a=1"}
        asyncio.run(inside.pass_on(Ask("/", request, "HEAD", more=[("cookie", "b=2"), ("x_evil", "1")]), head))
        asyncio.run(inside.pass_on(Ask("/", request, more=[("cookie", "b=2")]), get))

    assert (head.status, head.body) == (200, b"")
    assert get.body == b"a=1; b=2"
    assert [value.split(";")[0] for value in head.head.get_all("set-cookie")] == ["one=1", "two=2"]


def test_address_of_who_asks_and_the_path_reach_django_as_wsgi_wants_them() -> None:
    seen: list[dict] = []

    for inside in made_by(lambda environ: seen.append(environ) or HttpResponse()):
        headers = {"x_forwarded_proto": "https", "x-forwarded-for": "1.1.1.1"}
        ask = Ask("/é/", headers, client="[2001:db8::1]:443", query_string="a=1")
        asyncio.run(inside.pass_on(ask, Answer()))

    environ = seen[0]
    assert environ["REMOTE_ADDR"] == "2001:db8::1"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/é/"
    assert (environ["QUERY_STRING"], environ["HTTP_X_FORWARDED_FOR"]) == ("a=1", "1.1.1.1")
    assert "HTTP_X_FORWARDED_PROTO" not in environ, "an underscore would pass for a hyphen"


def test_what_is_short_is_taken_in_however_much_of_others_is_here(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "MOST_HELD", 0)

    assert send(inside, b"who@example.org").status == 200
    assert send(inside, bytes(bodies.ALWAYS + 1)).status == 503
