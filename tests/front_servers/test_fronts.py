"""nginx and Caddy serve the page store directly: the same bytes, the same promises."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.front_servers.fronts import caddy, nginx
from tests.front_servers.served import DOCS, Answer, Magazine, ask, magazine_in, program, wait_until

FRONTS = {"nginx": nginx, "caddy": caddy}
ENCODINGS = {
    "nginx": {"br": "br", "gzip": "gzip", "identity": "", "gzip, deflate, br, zstd": "br", "br;q=0, gzip": "gzip"},
    "caddy": {
        "br": "br",
        "zstd": "zstd",
        "gzip": "gzip",
        "identity": "",
        "gzip, deflate, br, zstd": "br",
        "br;q=0, gzip": "gzip",
    },
}
PUBLIC = [
    "/",
    "/stories/light-0/",
    "/section/keeping/",
    "/section/keeping/feed.json",
    "/write-for-us/",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/sitemap.xml",
    "/robots.txt",
    "/oembed/stories/light-0.json",
]
# What a server says for itself, and the tags of its own.
OWN = {"date", "server", "connection", "etag", "accept-ranges", "content-length", "transfer-encoding", "alt-svc"}
# Each could be read in two ways; what Hearthpress itself says is the right answer to all of them.
TRICKS = [
    "//stories/light-1/",
    "/stories//light-1/",
    "/stories/%2e%2e/",
    "/stories/light-1/../../index.sqlite3",
    "/%2e%2e/index.sqlite3",
    "/..%2findex.sqlite3",
    "/static/..%2f..%2f..%2findex.sqlite3",
    "/index.sqlite3",
    "/shared",
    "/live/stories/light-1/index.html",
    "/gone/stories/light-1/index.html",
    "/gone/",
    "/stories/light-1/index.html",
    "/stories/light-1/index.html.br",
    "/feed.atom.gz",
    "/stories/light-1",
    "/stories",
    "/stories/light%2d1/",
    "/stories/light-1%2f",
    "/stories/light-1/%00",
    "/stories/.none",
    "/.none",
    "/stories/light-1/;x=y",
]


@dataclass
class Front:
    name: str
    port: int
    magazine: Magazine
    folder: Path

    def ask(self, path: str, **options: object) -> Answer:
        return ask(self.port, path, tls=True, **options)


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Magazine]:
    with magazine_in(tmp_path_factory.mktemp("served")) as made, made.serving():
        yield made


@pytest.fixture(scope="module", params=FRONTS)
def name(request: pytest.FixtureRequest) -> str:
    """A front server that is installed: asked before anything is started for it."""
    program(request.param)
    return str(request.param)


@pytest.fixture(scope="module")
def front(name: str, magazine: Magazine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp(name)
    with FRONTS[name](magazine, folder) as port:
        yield Front(name, port, magazine, folder)


def its_own(front: Front, answer: Answer) -> bool:
    """Whether the front server answered by itself, without asking Hearthpress."""
    return answer.headers["server"].lower().startswith(front.name) and not is_ours(answer)


def is_ours(answer: Answer) -> bool:
    """Whether the tag is one that Hearthpress makes: 24 hex digits."""
    return len(answer.headers.get("etag", "").strip('"').partition("-")[0]) == 24


def agreed(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OWN}


@pytest.mark.parametrize("path", PUBLIC)
def test_page_is_the_same_in_every_encoding(front: Front, path: str) -> None:
    for accepted, encoding in ENCODINGS[front.name].items():
        ours = front.magazine.ask(path, headers={"Accept-Encoding": accepted})

        theirs = front.ask(path, headers={"Accept-Encoding": accepted})

        assert (theirs.status, theirs.body) == (200, ours.body)
        assert agreed(theirs) == agreed(ours)
        assert theirs.headers.get("content-encoding", "") in {encoding, ""}
        assert not is_ours(theirs)


def test_page_of_some_length_comes_in_the_encoding_asked_for(front: Front) -> None:
    front.magazine.ask("/stories/light-0/")

    came = {
        accepted: front.ask("/stories/light-0/", headers={"Accept-Encoding": accepted}).headers.get(
            "content-encoding", ""
        )
        for accepted in ENCODINGS[front.name]
    }

    assert came == ENCODINGS[front.name]


def test_static_files_come_from_the_store_with_our_headers(front: Front) -> None:
    page = front.magazine.ask("/").body.decode()
    paths = {part.split('"')[0].split("'")[0] for part in page.split("/static")[1:]}
    assert {Path(path).suffix for path in paths} >= {".css", ".svg", ".woff2"}

    for path in paths:
        ours = front.magazine.ask(f"/static{path}")
        theirs = front.ask(f"/static{path}")

        # The time of the file is dropped: the name changes with the content.
        assert agreed(theirs) == {name: value for name, value in agreed(ours).items() if name != "last-modified"}
        assert theirs.body == ours.body
        assert "immutable" in theirs.headers["cache-control"]
        assert not is_ours(theirs)


def test_page_that_the_browser_has_is_not_sent_again(front: Front) -> None:
    front.magazine.ask("/stories/light-0/")
    whole = front.ask("/stories/light-0/", headers={"Accept-Encoding": "br"})
    tag = whole.headers["etag"]

    again = front.ask("/stories/light-0/", headers={"Accept-Encoding": "br", "If-None-Match": tag})
    other = front.ask("/stories/light-0/", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})

    assert not tag.startswith("W/")
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["content-security-policy"] == whole.headers["content-security-policy"]
    assert again.headers["cache-control"] == "no-cache"
    assert other.status == 200


def test_a_date_says_nothing_about_what_the_browser_has(front: Front) -> None:
    style = re.search(r'"(/static/[^"]+\.css)"', front.magazine.ask("/").body.decode())[1]

    for path in ("/stories/light-0/", style):
        front.magazine.ask(path)
        assert front.ask(path, headers={"If-Modified-Since": formatdate(usegmt=True)}).status == 200


def test_head_has_the_headers_of_get_and_no_body(front: Front) -> None:
    front.magazine.ask("/stories/light-0/")

    get, head = front.ask("/stories/light-0/"), front.ask("/stories/light-0/", method="HEAD")

    assert (head.status, head.body, head.headers["etag"]) == (200, b"", get.headers["etag"])
    assert agreed(head) == agreed(get)


def test_whatever_follows_the_question_mark_gets_the_page(front: Front) -> None:
    page = front.magazine.ask("/stories/light-0/")

    asked = [
        front.ask(f"/stories/light-0/?{query}") for query in ("", "utm_source=x", "a=/../b", "x=y?z=%2e", "x.html")
    ]

    assert {answer.body for answer in asked} == {page.body}
    assert not any(is_ours(answer) for answer in asked)


def test_who_is_signed_in_plays_no_part(front: Front) -> None:
    page = front.magazine.ask("/stories/light-0/")
    headers = {"Cookie": "hearthpress_session=abc; hearthpress_member=1", "Authorization": "Basic eDp5"}

    answer = front.ask("/stories/light-0/", headers=headers)

    assert answer.body == page.body
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", TRICKS)
def test_address_that_could_be_read_in_two_ways_is_answered_as_by_hearthpress(front: Front, path: str) -> None:
    for page in ("/stories/light-1/", "/feed.atom", "/"):
        front.magazine.ask(page)
    ours = front.magazine.ask(path)

    theirs = front.ask(path)

    # A server that refuses such a request by itself is as good.
    assert (theirs.status, theirs.body, theirs.headers.get("location")) == (
        ours.status,
        ours.body,
        ours.headers.get("location"),
    ) or theirs.status in {400, 404}
    assert b"SQLite format" not in theirs.body


def test_private_pages_are_passed_on_and_never_stored(front: Front) -> None:
    before = front.magazine.kept()

    answers = [front.ask(path) for path in ("/write/", "/desk/", "/books/", "/search/?q=light", "/sign-in/", "/v.gif")]

    assert [answer.status for answer in answers[:4]] == [302, 302, 302, 200]
    assert all("store" in answer.headers["cache-control"] for answer in answers)
    assert front.magazine.kept() == before


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_passed_on(front: Front, method: str) -> None:
    front.magazine.ask("/stories/light-0/")
    ours = front.magazine.ask("/stories/light-0/", method=method, body=b"x=1")

    theirs = front.ask("/stories/light-0/", method=method, body=b"x=1")

    assert theirs.status == ours.status >= 400
    assert "private" in theirs.headers["cache-control"]


def test_what_is_too_large_is_refused_in_words(front: Front) -> None:
    answer = front.ask("/write/", method="POST", body=bytes(17 * 1024 * 1024))

    assert answer.status == 413
    assert b"at most 16 MB" in answer.body


def test_story_taken_back_is_gone_with_the_purge(front: Front) -> None:
    slug = {"nginx": "light-2", "caddy": "light-3"}[front.name]
    path = f"/stories/{slug}/"
    front.magazine.ask(path)
    # Often enough that each process of the front server has had the file open.
    before = [front.ask(path) for _ in range(20)][-1]

    front.magazine.do("retract", slug)
    first, *others = [front.ask(path) for _ in range(20)]
    ours = front.magazine.ask(path)
    kept = front.ask(path, headers={"If-None-Match": before.headers["etag"]})

    assert (before.status, its_own(front, before)) == (200, True)
    assert first.status == ours.status == kept.status == 410
    assert {answer.status for answer in others} == {410}
    assert first.body == ours.body == kept.body
    assert is_ours(first) or "etag" not in first.headers
    assert agreed(kept) == agreed(ours)
    assert not is_ours(kept)


def test_reader_without_https_and_forged_headers_make_no_page_of_their_own(front: Front) -> None:
    page = front.magazine.ask("/section/grieving/")
    before = front.magazine.kept()
    forged = {"X-Forwarded-Host": "evil.example", "X-Original-URL": "/desk/", "X-Forwarded-Proto": "http"}

    answer = front.ask("/section/grieving/", headers=forged)

    assert (answer.status, answer.body) == (200, page.body)
    assert front.magazine.kept() == before


def test_another_host_gets_no_page(front: Front) -> None:
    front.magazine.ask("/stories/light-0/")

    answer = front.ask("/stories/light-0/", headers={"Host": "evil.example"})

    assert b"light" not in answer.body.lower()


def test_nobody_writes_down_who_reads_what(front: Front) -> None:
    seen = {"User-Agent": "a-browser-like-no-other"}

    with_answer = front.ask("/search/?q=whisper", headers=seen)
    front.ask("/stories/light-0/?whisper", headers=seen)
    front.ask("/nothing-here/?whisper", headers=seen)

    assert with_answer.status == 200
    assert not written_down(front, "whisper", "a-browser-like-no-other")


def written_down(front: Front, *words: str) -> list[str]:
    """The files beside the front server's configuration that have one of the words."""
    assert (front.folder / "log").exists()
    files = [path for path in front.folder.iterdir() if path.is_file()]
    return [path.name for path in files if any(word in path.read_text(errors="replace") for word in words)]


# Hearthpress stopped


@pytest.fixture
def stopped(name: str, tmp_path: Path) -> Iterator[Front]:
    """Before a magazine that is not served yet."""
    with magazine_in(tmp_path) as made, FRONTS[name](made, tmp_path) as port:
        yield Front(name, port, made, tmp_path)


def close_store(pages: Path) -> None:
    """What the unit in the guide does when the service has stopped, word for word."""
    line = next(line for line in (DOCS.parent / "front-servers.md").read_text().splitlines() if "ExecStopPost" in line)
    subprocess.run(shlex.split(line.partition("=")[2].replace("/var/cache/hearthpress", str(pages))), check=True)


def test_stored_pages_outlive_hearthpress_until_the_store_is_closed(stopped: Front) -> None:
    with stopped.magazine.serving():
        page = stopped.ask("/stories/light-0/")
        assert wait_until(lambda: "live/stories/light-0/index.html" in stopped.magazine.kept())

    without = stopped.ask("/stories/light-0/")
    not_stored = stopped.ask("/stories/light-1/")
    searched = stopped.ask("/search/?q=whisper")
    close_store(stopped.magazine.pages)
    closed = stopped.ask("/stories/light-0/")
    with stopped.magazine.serving():
        again = [stopped.ask("/stories/light-0/"), stopped.ask("/stories/light-0/")]

    assert (without.status, without.body) == (200, page.body)
    assert not_stored.status == searched.status == closed.status == 503
    assert not written_down(stopped, "whisper")
    assert b"resting" in not_stored.body
    assert [answer.body for answer in again] == [page.body, page.body]
    assert not is_ours(again[1])
