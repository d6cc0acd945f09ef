"""Pings: rows first, one request for each feed, again when the hub is away, and never inside a transaction."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.environment import BadSetting, web_address
from hearthpress.magazine import pings
from hearthpress.magazine.models import Ping
from hearthpress.stories.actions import set_tags
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, make_story

pytestmark = pytest.mark.django_db(databases=["default", "views"])

TOPIC = "http://testserver/feed.atom"


class Hub:
    """A little hub on this machine. `status` is what it answers; `heard` are the topics that it was told of."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/publish?key=1"
        self.status = 204
        self.heard: list[str] = []

    def take(self, path: str, body: str) -> int:
        fields = parse_qs(body)
        assert path == "/publish?key=1"
        assert fields["hub.mode"] == ["publish"]
        self.heard += fields["hub.url"]
        return self.status


@contextmanager
def running_hub() -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.send_response(hub.take(self.path, body))
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub = Hub(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hub(settings: object) -> Iterator[Hub]:
    with running_hub() as hub:
        settings.WEBSUB_HUB = hub.address
        yield hub


def waiting() -> set[str]:
    return set(Ping.objects.values_list("topic", flat=True))


def send_all() -> int:
    sent = 0
    while Ping.objects.filter(not_before__lte=clock.now()).exists():
        sent += pings.send_pings()
    return sent


def test_a_new_story_is_told_with_all_the_feeds_it_stands_in(cast: Cast, hub: Hub) -> None:
    make_story(cast.writer, cast.editor, cast.call)

    heard_before = list(hub.heard)
    sent = send_all()

    places = ["", "/section/keeping", "/writers/wilma-writer"]
    wanted = {f"http://testserver{place}/feed.{form}" for place in places for form in ("atom", "rss", "json")}
    assert heard_before == []
    assert set(hub.heard) == wanted
    assert len(hub.heard) == sent == len(wanted)
    assert waiting() == set()


def test_a_story_that_goes_is_told_too(cast: Cast, hub: Hub) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    send_all()
    hub.heard.clear()

    submissions.withdraw(story.manuscript.submission, cast.writer)
    send_all()

    assert TOPIC in hub.heard


def test_a_tag_given_and_taken_is_told_with_its_feed(cast: Cast, hub: Hub) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    set_tags(story, ["Kitchens"], cast.editor, [])
    send_all()
    hub.heard.clear()

    set_tags(story, ["Sisters"], cast.editor, ["kitchens"])
    send_all()

    assert {f"http://testserver/tag/{slug}/feed.atom" for slug in ("kitchens", "sisters")} <= set(hub.heard)


def test_a_change_that_is_undone_is_told_to_nobody(cast: Cast, hub: Hub) -> None:
    with transaction.atomic():
        make_story(cast.writer, cast.editor, cast.call)
        transaction.set_rollback(True)

    assert send_all() == 0
    assert hub.heard == []


def test_several_changes_of_a_feed_are_one_ping(cast: Cast, hub: Hub) -> None:
    Ping.objects.bulk_create(Ping(topic=TOPIC) for _ in range(3))

    send_all()

    assert hub.heard == [TOPIC]
    assert waiting() == set()


def test_a_change_while_the_hub_is_told_is_told_again(cast: Cast, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    Ping.objects.create(topic=TOPIC)
    post = pings._post

    def post_and_change(address: str, fields: dict[str, str]) -> None:
        post(address, fields)
        Ping.objects.create(topic=TOPIC)

    monkeypatch.setattr(pings, "_post", post_and_change)

    pings.send_pings()

    assert waiting() == {TOPIC}


@pytest.mark.parametrize("status", [302, 400, 503])
def test_a_hub_that_does_not_take_it_is_asked_again_later(cast: Cast, hub: Hub, status: int) -> None:
    Ping.objects.create(topic=TOPIC)
    hub.status = status

    at_first = send_all()
    at_once = pings.send_pings()
    hub.status = 204
    with clock.at(clock.now() + pings.PAUSE + timedelta(seconds=1)):
        later = pings.send_pings()

    assert (at_first, at_once, later) == (0, 0, 1)
    assert hub.heard == [TOPIC, TOPIC]


def test_the_pause_doubles_and_after_the_last_try_it_is_given_up(cast: Cast, settings: object) -> None:
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"  # nobody listens there
    moment = clock.now()
    Ping.objects.create(topic=TOPIC, not_before=moment)

    pauses = []
    while ping := Ping.objects.first():
        moment = max(moment, ping.not_before)
        with clock.at(moment):
            pings.send_pings()
        pauses += [round((left.not_before - moment).total_seconds()) for left in Ping.objects.all()]

    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3840]


def test_what_a_killed_worker_had_claimed_is_sent_by_the_next(cast: Cast, hub: Hub) -> None:
    Ping.objects.create(topic=TOPIC)
    pings._claim(TOPIC)

    at_once = pings.send_pings()
    with clock.at(clock.now() + pings.CLAIM):
        later = pings.send_pings()

    assert (at_once, later) == (0, 1)


def test_without_a_hub_nothing_is_written_and_nothing_is_sent(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call)

    assert (waiting(), pings.send_pings()) == (set(), 0)


@pytest.mark.parametrize(
    "value",
    [
        "hub.example.org",
        "ftp://hub.example.org",
        "https://",
        "https://me:word@hub.example.org",
        "https://a b/",
        "http://[",
        "https://hub.example.org:0x/",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("WEBSUB_HUB", value)

    with pytest.raises(BadSetting, match="WEBSUB_HUB"):
        web_address("WEBSUB_HUB")


def test_an_address_that_is_one_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBSUB_HUB", "https://hub.example.org:8443/publish")

    assert web_address("WEBSUB_HUB") == "https://hub.example.org:8443/publish"
