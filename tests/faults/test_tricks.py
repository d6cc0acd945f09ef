"""What somebody may send who means harm, over a bare connection: nothing of it is kept, and nothing private shown."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Magazine, open_magazine
from tests.faults.served import Host, wait_until

pytestmark = pytest.mark.anywhere

POISON = b"evil.example"
WRITER = "writer@example.org"
HEADERS = [
    b"X-Forwarded-Host: evil.example",
    b"X-Forwarded-Port: 6666",
    b"X-Forwarded-Scheme: http",
    b"X-Forwarded-Server: evil.example",
    b"Forwarded: host=evil.example;proto=http",
    b"X-Original-URL: /desk/",
    b"X-Rewrite-URL: /desk/",
    b"X-HTTP-Method-Override: POST",
    b"X-Forwarded-Prefix: /evil.example",
    b"X-Host: evil.example",
    b"Cookie: hearthpress_session=evil.example; csrftoken=evil.example",
    b"Accept-Language: evil.example",
    b"Accept-Encoding: " + b"gzip;q=0.1, evil.example, " * 1000,
    b"Range: bytes=" + b",".join(b"%d-" % number for number in range(1000)),
    b"Origin: https://evil.example",
    b"Referer: https://evil.example/",
    b"User-Agent: evil.example",
    b"Host: evil.example",
    b"If-None-Match: " + b'"evil.example",' * 500,
    b"Transfer-Encoding: identity",
    b"Content-Length: 0",
    b"Connection: host, cookie",
]
TARGETS = [
    b"//",
    b"//evil.example/",
    b"/stories//story-2/",
    b"/./stories/story-2/",
    b"/stories/%2e%2e/stories/story-2/",
    b"/stories/..%2fstories/story-2/",
    b"/static/..%2f..%2fsecret-key",
    b"/static/%2e%2e/%2e%2e/secret-key",
    b"/stories%2fstory-2%2f",
    b"/stories/story-2/%00",
    b"/stories/story-2/;evil.example",
    b"/stories/story-2/index.html",
    b"/stories/story-2\\",
    b"/\\evil.example/",
    b"/%ff%fe",
    b"/%5c..%5c",
    b"/stories/story-2/?evil.example",
    b"/?next=//evil.example",
    b"/" + b"a" * 3000,
    b"/%0d%0aSet-Cookie:%20evil.example=1",
    b"http://evil.example/stories/story-2/",
    b"http://evil.example/",
    b"http://user:secret@evil.example/",
    b"/sign-in/?next=\xd9\xa3",
    b"/search/?q=\xff",
    b"*",
    b"evil.example:443",
]


@pytest.fixture(scope="module")
def host(template: tuple[Host, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Magazine]:
    with open_magazine(template, tmp_path_factory.mktemp("tricks")) as magazine:
        magazine.host.webs_wanted = 1
        with magazine.host.up():
            yield magazine


def ask(host: Host, target: bytes, *headers: bytes, method: bytes = b"GET", own: bool = True) -> bytes:
    ours = [b"Host: 127.0.0.1:%d" % host.port] if own else []
    lines = [method + b" " + target + b" HTTP/1.1", *ours, *headers, b"Connection: close", b"", b""]
    return host.raw(b"\r\n".join(lines))


def everything_kept(host: Host) -> bytes:
    """All that is in the store: files, names and the index."""
    return b"\n".join(
        str(path.relative_to(host.pages)).encode() + path.read_bytes()
        for path in host.pages.rglob("*")
        if path.is_file() and path.suffix not in {".br", ".zst", ".gz"}
    )


def without_dates(answer: bytes) -> bytes:
    return re.sub(rb"\r\ndate: [^\r]*", b"", answer)


def test_headers_change_nothing_of_a_public_page(host: Magazine) -> None:
    server = host.host
    pages = [b"/", b"/stories/story-2/", b"/feed.atom", b"/sitemap.xml", b"/robots.txt"]

    # Each page is asked for by the evil one first, and by everybody else afterwards.
    poisoned = [ask(server, page, *HEADERS[: len(HEADERS) - 5]) for page in pages]
    poisoned += [ask(server, page, header) for header in HEADERS for page in pages]
    plain = [ask(server, page) for page in pages]

    assert all(answer.startswith(b"HTTP/1.1 200") for answer in plain)
    assert not [answer for answer in [*poisoned, *plain] if POISON in answer or b"6666" in answer]
    assert not [answer for answer in [*poisoned, *plain] if b"set-cookie" in answer.lower()]
    assert POISON not in everything_kept(server)


def test_addresses_that_can_be_read_in_two_ways_lead_nowhere_and_are_not_kept(host: Magazine) -> None:
    server = host.host
    honest = without_dates(ask(server, b"/stories/story-2/"))
    secret = (server.home / "secret-key").read_bytes().strip()
    before = {path for path in server.pages.rglob("*") if "locks" not in path.parts}

    answers = {target: ask(server, target) for target in TARGETS}

    after = {path for path in server.pages.rglob("*") if "locks" not in path.parts}
    for target, answer in answers.items():
        status = int(answer.split(b" ", 2)[1]) if answer else 0
        assert status in {0, 200, 301, 302, 400, 404, 405, 414}, (target, answer[:200])
        assert secret not in answer
        assert not re.search(rb"(?im)^(?:location|set-cookie):.*evil\.example", answer), (target, answer[:500])
        assert b"root:" not in answer
    # The percent sign of a slash, and what follows a question mark, lead to the page itself.
    assert without_dates(answers[b"/stories/story-2/?evil.example"]) == honest
    assert {path.name for path in after - before} <= {"index.html", "index.html.br", "index.html.zst", "index.html.gz"}
    assert {str(path.parent.relative_to(server.pages)) for path in after - before} <= {"live", "live/stories/story-2"}
    assert POISON not in everything_kept(server)


def test_two_hosts_in_one_request_are_served_nothing_of_the_second(host: Magazine) -> None:
    server = host.host
    ours = b"Host: 127.0.0.1:%d" % server.port

    private = [
        ask(server, b"/sign-in/", ours, b"Host: evil.example", own=False),
        ask(server, b"/sign-in/", b"Host: evil.example", ours, own=False),
        ask(server, b"/sign-in/", b"Host: evil.example", own=False),
        ask(server, b"/", b"Host: evil.example", own=False),
    ]

    assert [answer.split(b" ", 2)[1] for answer in private] == [b"400"] * 4
    assert POISON not in everything_kept(server)


def test_methods_that_change_things_never_reach_a_stored_page(host: Magazine) -> None:
    server = host.host
    ask(server, b"/stories/story-2/")

    answers = {
        method: ask(server, b"/stories/story-2/", b"Content-Length: 0", method=method)
        for method in (b"POST", b"PUT", b"DELETE", b"PURGE", b"BAN", b"OPTIONS", b"TRACE", b"PATCH", b"GETX")
    }
    head = ask(server, b"/stories/story-2/", method=b"HEAD")

    assert {answer.split(b" ", 2)[1] for answer in answers.values()} <= {b"403", b"405"}
    assert head.startswith(b"HTTP/1.1 200")
    assert head.endswith(b"\r\n\r\n")
    assert re.search(rb"content-length: [1-9]", head)
    assert ask(server, b"/stories/story-2/").startswith(b"HTTP/1.1 200")


def test_somebody_who_is_signed_in_leaves_nothing_in_the_store(host: Magazine) -> None:
    server, newsroom = host.host, host.newsroom
    cookies = "; ".join(f"{name}={value}" for name, value in newsroom.do("sign_in", WRITER).items())
    public = ["/", *host.stories[:6], "/feed.json", "/archive/", "/write-for-us/"]

    private, shown = [], []
    for path in public * 2:
        private.append(server.get("/write/", cookie=cookies))
        shown.append(server.get(path, cookie=cookies, accept_encoding="br"))
    as_nobody = [server.get(path) for path in public]
    stranger = server.get("/write/")

    assert {one.status for one in private} == {200}
    assert WRITER.encode() in private[0].body or b"Wilma" in private[0].body
    assert {one.headers["cache-control"] for one in private} == {"private, no-store"}
    assert [one.words for one in shown[: len(public)]] == [one.body for one in as_nobody]
    assert not [one for one in shown if one.cookies]
    assert stranger.status == 302
    kept = everything_kept(server)
    assert WRITER.encode() not in kept
    assert cookies.partition("=")[2].encode() not in kept
    assert not [path for path in server.pages.rglob("*") if {"write", "account", "desk"} & set(path.parts)]


def test_what_was_taken_back_is_gone_by_every_name(host: Magazine) -> None:
    server, story = host.host, host.stories[-1]
    assert server.get(story).status == 200
    generation = host.newsroom.do("take_back", story)
    assert wait_until(lambda: server.generation() >= generation)

    name = story.encode()
    answers = [
        ask(server, name),
        ask(server, name + b"?again"),
        ask(server, b"http://127.0.0.1:%d%s" % (server.port, name)),
        ask(server, name.replace(b"/stories/", b"/stories%2f")),
        ask(server, name, b"If-None-Match: *"),
        ask(server, name, b"If-Modified-Since: Mon, 01 Jan 2035 00:00:00 GMT"),
        ask(server, name, b"Range: bytes=0-10"),
        ask(server, name, b"Accept-Encoding: br"),
        ask(server, name, b"X-Forwarded-Host: evil.example"),
        ask(server, name, method=b"HEAD"),
    ]

    assert [answer.split(b" ", 2)[1] for answer in answers] == [b"410"] * len(answers)
    for page in (b"/", b"/feed.atom", b"/feed.rss", b"/feed.json", b"/sitemap.xml"):
        assert name not in ask(server, page)


def test_slow_clients_and_large_bodies_hold_up_nobody(host: Magazine) -> None:
    server = host.host
    in_header, in_body = (
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
        (b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nslow"),
    )
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(500)]
    try:
        for number, line in enumerate(lines):
            line.sendall(in_header if number % 2 else in_body)
        public = [server.get(path).status for path in [*host.stories[:10], "/"]]
        private = [server.get("/sign-in/").status for _ in range(5)]
        large = [server.get("/sign-in/", method="POST", body=bytes(20 * 1024 * 1024)) for _ in range(3)]
        still = server.get("/sign-in/").status
    finally:
        for line in lines:
            line.close()

    assert public == [200] * 11
    assert (private, still) == ([200] * 5, 200)
    assert [one.status for one in large] == [413] * 3
    assert all(b"at most 16 MB" in one.body for one in large)


def test_what_a_bare_connection_says_is_what_was_asked(host: Magazine, tmp_path: Path) -> None:
    """Two requests in one connection are two answers, however the first one ends."""
    server = host.host
    ours = b"Host: 127.0.0.1:%d\r\n" % server.port

    answer = server.raw(
        b"POST /stories/story-2/ HTTP/1.1\r\n" + ours + b"Content-Length: 40\r\n\r\n"
        b"GET /desk/ HTTP/1.1\r\nHost: evil.example\r\n"
        b"GET /robots.txt HTTP/1.1\r\n" + ours + b"Connection: close\r\n\r\n",
        seconds=5,
    )

    assert POISON not in answer
    assert answer.count(b"HTTP/1.1 ") <= 2
