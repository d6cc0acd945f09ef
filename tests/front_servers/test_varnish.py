"""Varnish as the CDN: pages stay there until a purge, and not a second longer."""

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from hearthpress.edge.answers import AWAY
from hearthpress.edge.headers import is_public
from tests.front_servers.fronts import SECRET, varnish
from tests.front_servers.served import DOCS, Answer, Magazine, ask, free_port, magazine_in, program, wait_until

HIT = "varnish; hit"


@dataclass
class Edge:
    """Varnish at `port`."""

    port: int
    magazine: Magazine

    def ask(self, path: str, **options: object) -> Answer:
        headers = {"X-Forwarded-Proto": "https", **options.pop("headers", {})}
        return ask(self.port, path, headers=headers, **options)

    def is_hit(self, path: str, **options: object) -> bool:
        return self.ask(path, **options).headers.get("cache-status") == HIT

    def tell(self, keys: str, **headers: str) -> int:
        """The status of a request to forget the pages with these keys."""
        given = {"Surrogate-Key": keys, "Authorization": f"Bearer {SECRET}", **headers}
        return ask(self.port, "/", method="BAN", headers=given).status


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    program("varnishd")
    folder, port = tmp_path_factory.mktemp("varnish"), free_port()
    cdn = {"CDN_PURGE_URL": f"http://127.0.0.1:{port}/", "CDN_PURGE_SECRET": SECRET, "TRUSTED_PROXIES": "2"}
    with magazine_in(folder, **cdn) as magazine, varnish(magazine.port, folder, port), magazine.serving():
        made = Edge(port, magazine)
        # A new installation begins with telling the CDN to forget everything, twice.
        assert wait_until(lambda: told(magazine) == {2})
        yield made


def told(magazine: Magazine) -> set[int]:
    """How often the CDN was told of purges: the rows as another process sees them."""
    return set(magazine.order()["told"])


def test_page_is_kept_by_varnish_and_by_no_browser(edge: Edge) -> None:
    first = edge.ask("/stories/light-0/", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    second = edge.ask("/stories/light-0/", headers={"Accept-Encoding": "br"})
    ours = edge.magazine.ask("/stories/light-0/", headers={"Accept-Encoding": "br"})

    assert second.headers["cache-status"] == HIT
    assert first.body == second.body == ours.body
    assert first.headers["content-encoding"] == "br"
    assert "s-maxage" in ours.headers["cache-control"]
    assert {answer.headers["cache-control"] for answer in (first, second)} == {"no-cache"}
    assert not {"surrogate-key", "age", "via", "x-varnish"} & {*first.headers, *second.headers}
    for name in ("etag", "content-security-policy", "vary", "strict-transport-security", "content-type"):
        assert second.headers[name] == ours.headers[name]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("gzip;q=0.5, br;q=1.0", "br"),
        ("deflate,gzip", "gzip"),
        ("x-br", ""),
    ],
)
def test_each_browser_gets_a_form_that_it_takes(edge: Edge, accepted: str, encoding: str) -> None:
    for _ in range(2):
        answer = edge.ask("/stories/light-0/", headers={"Accept-Encoding": accepted})

        assert answer.headers.get("content-encoding", "") == encoding

    assert answer.headers["cache-status"] == HIT


def test_page_that_the_browser_has_is_not_sent_again(edge: Edge) -> None:
    tag = edge.ask("/stories/light-0/").headers["etag"]

    again = edge.ask("/stories/light-0/", headers={"If-None-Match": tag})

    assert (again.status, again.headers["etag"], again.headers["cache-control"]) == (304, tag, "no-cache")


def test_a_date_says_nothing_about_what_the_browser_has(edge: Edge) -> None:
    edge.ask("/stories/light-0/")
    time.sleep(1.1)  # a date has whole seconds, and Varnish knows when it got the page

    assert edge.ask("/stories/light-0/", headers={"If-Modified-Since": formatdate(usegmt=True)}).status == 200


def test_cookies_and_queries_make_no_page_of_their_own(edge: Edge) -> None:
    page = edge.ask("/stories/light-0/")
    headers = {"Cookie": "hearthpress_session=abc", "Authorization": "Basic eDp5"}

    answer = edge.ask("/stories/light-0/?utm_source=x", headers=headers)

    assert (answer.headers["cache-status"], answer.body) == (HIT, page.body)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/write/", "/search/?q=light", "/sign-in/", "/stories/nobody-wrote-this/", "/oembed"])
def test_what_is_private_or_not_there_is_never_kept(edge: Edge, path: str) -> None:
    answers = [edge.ask(path) for _ in range(3)]

    assert HIT not in [answer.headers.get("cache-status") for answer in answers]
    assert {answer.headers["cache-control"] for answer in answers} <= {"private, no-store", "no-store"} | {
        edge.magazine.ask(path).headers["cache-control"]
    }


def test_way_to_https_does_not_take_the_place_of_the_page(edge: Edge) -> None:
    plain = edge.ask("/section/keeping/", headers={"X-Forwarded-Proto": "http"})
    page = edge.ask("/section/keeping/")

    assert (plain.status, page.status) == (301, 200)


def test_story_taken_back_is_gone_from_varnish(edge: Edge) -> None:
    path = "/stories/light-1/"
    for each in (path, "/stories/light-0/"):
        edge.ask(each)
    assert edge.is_hit(path)
    assert edge.is_hit("/stories/light-0/")

    edge.magazine.do("retract", "light-1")

    assert wait_until(lambda: 0 not in told(edge.magazine))
    assert [edge.ask(path).status for _ in range(2)] == [410, 410]
    assert wait_until(lambda: told(edge.magazine) == {2})
    assert [edge.ask(path).status for _ in range(2)] == [410, 410]
    assert edge.is_hit(path)  # the page that says so is kept too
    assert "Light 1" not in edge.ask("/feed.atom").body.decode()


def test_only_pages_with_the_key_are_forgotten(edge: Edge) -> None:
    paths = ["/stories/light-2/", "/write-for-us/"]
    for path in paths:
        edge.ask(path)
    keys = [edge.magazine.ask(path).headers["surrogate-key"].split() for path in paths]
    own = next(key for key in keys[0] if key not in keys[1])

    status = edge.tell(own)
    # Neither a part of a key nor a longer one is the key.
    also = edge.tell(f"{own[:-1]} {own}1")

    assert (status, also) == (200, 200)
    assert [edge.is_hit(path) for path in paths] == [False, True]


def test_change_of_what_every_page_shows_empties_varnish(edge: Edge) -> None:
    edge.ask("/write-for-us/")
    assert edge.is_hit("/write-for-us/")

    edge.magazine.do("tagline", "bright")

    assert wait_until(lambda: 0 not in told(edge.magazine))
    assert not edge.is_hit("/write-for-us/")


@pytest.mark.parametrize(
    ("keys", "headers", "status"),
    [
        ("story-1", {"Authorization": "Bearer wrong"}, 403),
        ("story-1", {"Authorization": ""}, 403),
        ("story-1", {"X-Forwarded-For": "127.0.0.1"}, 405),
        (".*", {}, 400),
        ("story-1 && obj.status == 200", {}, 400),
        ("", {}, 400),
    ],
)
def test_nobody_else_empties_varnish(edge: Edge, keys: str, headers: dict[str, str], status: int) -> None:
    edge.ask("/stories/light-4/")

    refused = edge.tell(keys, **headers)

    assert refused == status
    assert edge.is_hit("/stories/light-4/")


def test_view_is_counted_for_the_readers_own_address(edge: Edge) -> None:
    """Two readers with one browser, behind Varnish and what holds the certificate: two."""
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    page = edge.ask("/stories/light-5/").body.decode()
    story = page.split('data-story="')[1].split('"')[0]
    body = json.dumps({"s": story, "t": 12, "w": False}).encode()
    before = edge.magazine.order()["reader_days"]

    for address in ("198.51.100.7", "198.51.100.8", "198.51.100.8"):
        headers = {"X-Forwarded-For": address, "User-Agent": agent, "Content-Type": "application/json"}
        headers |= {"Sec-Fetch-Site": "same-origin"}
        answer = edge.ask("/v", method="POST", body=body, headers=headers)
        assert answer.status == 204
        assert "cache-status" not in answer.headers

    assert edge.magazine.order()["reader_days"] - before == 2


class Host(BaseHTTPRequestHandler):
    """A host that cannot reach its database, or one that answers without keys; and counts how often it is asked."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Host.asked.append(self.path)
        self.send_response(200)
        self.send_header("Cache-Control", "max-age=0, must-revalidate, s-maxage=86400")
        self.send_header("Content-Length", "0")
        if "without-keys" not in self.path:
            self.send_header("Surrogate-Key", "masthead")
        if "away" in self.path:
            self.send_header(*AWAY)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """The test counts."""


def test_page_of_a_host_without_its_database_is_not_kept(tmp_path: Path) -> None:
    port, server = free_port(), ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    with varnish(server.server_port, tmp_path, port):
        for path in ("/stories/well/", "/stories/away/", "/stories/without-keys/") * 3:
            assert ask(port, path, headers={"X-Forwarded-Proto": "https"}).status == 200
    server.shutdown()
    server.server_close()

    assert Counter(Host.asked) == {"/stories/well/": 1, "/stories/away/": 3, "/stories/without-keys/": 3}


def test_public_addresses_of_the_configuration_are_those_of_the_url_map() -> None:
    text = (DOCS / "varnish.vcl").read_text()
    found = re.search(r'req\.url ~ "(\^/\(.*\))"', text)
    assert found is not None
    pattern = re.compile(found[1])

    for path, public in paths(get_resolver()):
        assert (pattern.match(path) is not None) == public, path


def paths(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, bool]]:
    """The beginning of each address, up to its first variable; and whether the page is public."""
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield re.split(r"[<(]", path.removesuffix("$"))[0], is_public(pattern.callback)
        else:
            yield from paths(pattern, path)
