"""Django behind the fast path: public pages made from nothing but their path, and everything else passed on."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from hearthpress.edge.fastpath import FastPath, Site
from hearthpress.edge.inside import Inside
from hearthpress.edge.keys import EVERY_PAGE
from hearthpress.edge.purges import catch_up
from hearthpress.edge.store import PageStore
from hearthpress.magazine.keys import FRONT, story_key
from hearthpress.people.models import Person
from hearthpress.stories.models import Story
from hearthpress.submissions.actions import withdraw
from tests.edge.asking import Answer, Ask
from tests.factories import Cast, client_for, make_story

pytestmark = pytest.mark.django_db(databases=["default", "views"])

NAMED = ("front", "feed_atom", "feed_rss", "feed_json", "sitemap", "sitemap_pages", "archive", "write_for_us", "robots")
EVIL = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-port": "4443",
    "x-forwarded-scheme": "nothttps",
    "x-original-url": "/desk/",
    "x-rewrite-url": "/desk/",
    "x-http-method-override": "POST",
    "forwarded": "host=evil.example",
    "accept-language": "de",
    "origin": "https://evil.example",
    "referer": "https://evil.example/",
    "user-agent": "evil-agent",
}


class Here(Executor):
    """Does what it is given in the test's own thread, which sees what the test has not committed."""

    def __init__(self) -> None:
        self.given: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def submit(self, work: Callable[..., Any], *things: Any, **more: Any) -> Future[Any]:
        done: Future[Any] = Future()
        self.given.put(lambda: done.set_result(work(*things, **more)))
        return done

    def wait_for(self, answering: Coroutine[Any, Any, None]) -> None:
        def answer() -> None:
            asyncio.run(answering)
            self.given.put(None)

        loop = Thread(target=answer)
        loop.start()
        while do := self.given.get(timeout=30):
            do()
        loop.join()


@pytest.fixture(autouse=True)
def _one_transaction() -> Iterator[None]:
    """Pages are made in the test's own, which the end of a request must not end."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def path(store: PageStore) -> Iterator[FastPath]:
    catch_up(store)
    site = Site(lambda _: True, secure_only=False, away_for=300)
    here = Here()
    return FastPath(store, Inside(WSGIHandler(), here), here, site, {})


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast.writer, cast.editor, cast.call)


def read(path: FastPath, address: str, headers: dict[str, str] | None = None, query: str = "") -> Answer:
    path.store.shared.confirmed = monotonic()
    answer = Answer()
    path.executor.wait_for(path(Ask(address, headers or {}, query_string=query), answer))
    return answer


def addresses(story: Story) -> list[str]:
    return [*(reverse(f"magazine:{name}") for name in NAMED), story.get_absolute_url()]


def cookies_of(person: Person) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client_for(person).cookies.items())


def test_the_second_read_of_a_public_page_asks_the_database_nothing(
    path: FastPath, story: Story, django_assert_num_queries: Callable[..., Any]
) -> None:
    pages = addresses(story)
    first = [read(path, address) for address in pages]
    path._forget()

    with django_assert_num_queries(0):
        from_files = [read(path, address) for address in pages]
        from_memory = [read(path, address, query="page=2") for address in pages]

    assert {one.status for one in first} == {200}
    assert [one.body for one in first] == [one.body for one in from_files] == [one.body for one in from_memory]


def test_a_kept_page_has_nothing_of_who_asked_for_it_first(
    path: FastPath, store: PageStore, story: Story, cast: Cast
) -> None:
    pages = addresses(story)
    signed_in = {**EVIL, "cookie": cookies_of(cast.owner), "host": "other.example", "accept-encoding": "br"}

    first = [read(path, address, signed_in, query="who=owner") for address in pages]
    kept = {address: store.whole(address) for address in pages}
    store.empty()
    plain = [read(path, address) for address in pages]

    assert set(store.paths()) == set(pages)
    assert [kept[address].body for address in pages] == [one.body for one in plain]
    for one in first:
        assert one["set-cookie"] is None
        assert "cookie" not in (one["vary"] or "").lower()
    for page in kept.values():
        said = page.body + repr(page.headers).encode()
        for word in (cast.owner.email, cast.owner.name, "evil", "4443", "other.example", "who=owner"):
            assert word.encode() not in said


def test_what_is_withdrawn_is_in_no_page_of_the_store(
    path: FastPath, store: PageStore, story: Story, cast: Cast
) -> None:
    pages = addresses(story)
    before = [read(path, address).body for address in pages]

    withdraw(story.manuscript.submission, cast.writer)
    catch_up(store)
    after = {address: read(path, address) for address in pages}

    assert sum(story.headline.encode() in body for body in before) >= 5, "front page, feeds, page ..."
    assert not [address for address, one in after.items() if story.headline.encode() in one.body]
    assert after[story.get_absolute_url()].status == 410
    assert (store.folder / "gone" / story.get_absolute_url().strip("/") / "index.html").exists()


HOSTILE = ("", "[", "http://[", "https://[::1", "\x00", "٣", "9" * 5000, "=" * 3000, ";,;", "bytes=9-1", '"')
NAMES = ("host", "origin", "referer", "cookie", "content-type", "content-length", "x-forwarded-for", "sec-fetch-site")
FORMS = ("multipart/form-data", "multipart/form-data; boundary=[", "application/x-www-form-urlencoded; charset=٣")


ADDRESSES = ("/sign-in/", "/desk/", "/search/", "/unheard-of/", "//[/", "/\x00", "/static/[", "[", "")
QUERIES = ("", "q=%ff%00", "next=//[", "next=http://[", "q=" + "%5B" * 500, "after=٣", "year=²")


@hypothesis(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    asked=st.builds(
        Ask,
        st.sampled_from(ADDRESSES),
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(HOSTILE + FORMS) | st.text(max_size=30)),
        st.sampled_from(["GET", "POST", "PUT", "[", ""]),
        st.sampled_from(QUERIES),
    )
)
def test_whatever_is_sent_django_takes_no_harm(path: FastPath, cast: Cast, asked: Ask) -> None:
    answer = Answer([b"email=%5B&a=%ff%00"])
    path.executor.wait_for(path.behind.pass_on(asked, answer))

    assert 200 <= answer.status < 500


def test_pages_say_which_rows_they_show(story: Story) -> None:
    inside = Inside(WSGIHandler(), Here())

    front, page = inside.render("/"), inside.render(story.get_absolute_url())

    assert {EVERY_PAGE, FRONT, story_key(story.key)} <= front.keys
    assert {EVERY_PAGE, story_key(story.key)} <= page.keys


def test_only_a_cdn_that_we_can_purge_is_told_to_keep_pages(story: Story) -> None:
    alone, before_us = Inside(WSGIHandler(), Here()), Inside(WSGIHandler(), Here(), cdn_seconds=60)

    plain = dict(alone.render("/").headers)
    told = dict(before_us.render("/").headers)
    missing = dict(before_us.render("/stories/never/").headers)

    assert plain["cache-control"] == "no-cache"
    assert "surrogate-key" not in plain
    assert told["cache-control"] == "max-age=0, must-revalidate, s-maxage=60"
    assert {EVERY_PAGE, FRONT} <= set(told["surrogate-key"].split())
    assert "s-maxage" not in missing["cache-control"]
    assert "surrogate-key" not in missing


@pytest.mark.parametrize("address", ["/stories/never/", "/section/never/", "/feed.never"])
def test_an_answer_that_is_no_page_is_not_kept(path: FastPath, store: PageStore, cast: Cast, address: str) -> None:
    answer = Inside(WSGIHandler(), Here()).render(address)

    assert answer.status == 404
    assert not answer.kept


def test_a_form_with_the_token_of_whoever_asked_is_kept_by_nobody(cast: Cast) -> None:
    page = Inside(WSGIHandler(), Here()).render(reverse("account_login"))

    assert page.status == 200
    assert b"csrfmiddlewaretoken" in page.body
    assert not page.kept
    assert dict(page.headers)["cache-control"] == "private, no-store"


def test_private_pages_are_no_public_pages(cast: Cast) -> None:
    inside = Inside(WSGIHandler(), Here())

    private = ["/desk/", "/write/", "/books/", "/account/", reverse("account_login"), "/search/", "/unheard-of/"]

    assert [address for address in private if inside.is_public(address)] == []
    assert inside.is_public("/")
    assert inside.is_public(f"{settings.STATIC_URL}magazine.css")
