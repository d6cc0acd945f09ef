"""The job that tells the CDN: never too few times, whatever answers at the other end."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Self

import pytest

from hearthpress.common import clock
from hearthpress.edge import cdn
from hearthpress.edge.cdn import LONGEST, Teller, Varnish, tell_cdn
from hearthpress.edge.keys import EVERY_PAGE, purge
from hearthpress.edge.models import Purge
from hearthpress.edge.purges import KEPT, forget_old_purges, standing_since

pytestmark = pytest.mark.django_db


class Ear:
    """A server that hears BAN requests, and answers with `status`."""

    def __init__(self) -> None:
        self.status, self.heard, self.secrets = 200, [], []
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_BAN(self) -> None:
                ear.heard.append(self.headers["Surrogate-Key"])
                ear.secrets.append(self.headers.get("Authorization", ""))
                self.send_response(ear.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """The test looks at what was heard."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    with Ear() as made:
        yield made


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The seconds that the job reads; the test lets them pass."""
    moment = [1000.0]
    monkeypatch.setattr(cdn, "monotonic", lambda: moment[0])
    return moment


@pytest.fixture
def teller(ear: Ear, now: list[float], tmp_path: Path, settings: object) -> Teller:
    """One that has begun, with nothing to tell."""
    settings.HOME = tmp_path
    made = Teller(Varnish(ear.url, "hush"))
    standing_since(0)
    told_all(made, now)
    ear.heard.clear()
    return made


def written(*keys: str) -> Purge:
    """A purge row with its number."""
    purge(keys)
    standing_since(0)
    return Purge.objects.latest("pk")


def told_all(teller: Teller, now: list[float]) -> None:
    standing_since(0)
    teller.tell()
    standing_since(0)
    teller.tell()
    teller.tell()
    now[0] += cdn.AGAIN_AFTER
    teller.tell()


def told(row: Purge) -> int:
    row.refresh_from_db()
    return row.cdn_told


def test_purge_is_told_at_once_and_once_more(ear: Ear, teller: Teller, now: list[float]) -> None:
    row = written("story-1", "front")

    steps = []
    for passed in (0.0, 0.0, cdn.AGAIN_AFTER - 0.1, 0.1, cdn.AGAIN_AFTER):
        now[0] += passed
        teller.tell()
        steps.append(told(row))

    assert steps == [1, 1, 1, 2, 2]
    assert ear.heard == ["front story-1"] * 2
    assert set(ear.secrets) == {"Bearer hush"}


def test_second_time_comes_after_every_host_without_a_database_says_so() -> None:
    from hearthpress.edge.fastpath import AWAY_AFTER

    assert cdn.AGAIN_AFTER > AWAY_AFTER


def test_worker_that_finds_a_row_told_once_waits_before_the_second_time(
    ear: Ear, teller: Teller, now: list[float]
) -> None:
    row = written("story-1")
    teller.tell()

    other = Teller(teller.cdn)
    other.tell()
    early = told(row)
    now[0] += cdn.AGAIN_AFTER
    other.tell()

    assert (early, told(row)) == (1, 2)


def test_rows_are_joined_and_the_oldest_go_first(
    ear: Ear, teller: Teller, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cdn, "ROWS", 2)
    rows = [written(f"story-{number}") for number in range(3)]

    count = teller.tell()

    assert (count, ear.heard) == (2, ["story-0 story-1"])
    assert [told(row) for row in rows] == [1, 1, 0]


def test_cdn_that_does_not_answer_is_told_when_it_does(
    ear: Ear, teller: Teller, now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    row = written("story-1")
    ear.status = 503
    for _ in range(3):
        assert teller.tell() == 0
    while_away = told(row)

    ear.status = 200
    teller.tell()

    assert (while_away, told(row)) == (0, 1)
    assert [record.message for record in caplog.records if "503" in record.message] == [
        "The CDN was not told what to forget (it answered 503): tried again until it answers."
    ]
    assert "hush" not in caplog.text


def test_cdn_that_is_not_there_raises_nothing(teller: Teller, now: list[float]) -> None:
    row = written("story-1")
    with Ear() as gone:
        url = gone.url

    assert Teller(Varnish(url)).tell() == 0
    assert told(row) == 0


def test_row_without_a_number_waits_for_it(ear: Ear, teller: Teller) -> None:
    purge(["story-1"])

    assert teller.tell() == 0
    assert ear.heard == []


def test_many_keys_come_in_several_requests(ear: Ear) -> None:
    keys = [f"story-{number:04}" for number in range(1000)]

    Varnish(ear.url).tell(keys)

    assert max(len(line) for line in ear.heard) <= LONGEST
    assert " ".join(ear.heard).split() == keys
    assert set(ear.secrets) == {""}


def test_row_counts_as_told_only_when_every_part_was(ear: Ear, teller: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cdn, "LONGEST", 8)
    row = written("story-1", "story-2")
    ban = Varnish._ban

    def refuse_the_second(self: Varnish, keys: str) -> None:
        ear.status = 200 if keys == "story-1" else 500
        ban(self, keys)

    monkeypatch.setattr(Varnish, "_ban", refuse_the_second)
    teller.tell()

    assert ear.heard == ["story-1", "story-2"]
    assert told(row) == 0


def test_other_release_or_database_empties_the_cdn_once(
    ear: Ear, teller: Teller, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    told_all(Teller(teller.cdn), now)
    same = list(ear.heard)
    monkeypatch.setattr(cdn, "release", lambda: "another")

    for _ in range(2):
        told_all(Teller(teller.cdn), now)

    assert same == []
    assert ear.heard == [EVERY_PAGE] * 2


def test_without_a_cdn_nothing_is_told(settings: object) -> None:
    settings.CDN_PURGE_URL = ""
    row = written("story-1")

    assert tell_cdn() == 0
    assert told(row) == 0


def test_job_tells_the_cdn_of_the_settings(ear: Ear, settings: object, tmp_path: Path) -> None:
    settings.CDN_PURGE_URL, settings.CDN_PURGE_SECRET, settings.HOME = ear.url, "hush", tmp_path
    standing_since(0)
    written("story-1")

    assert tell_cdn() == 1
    assert ear.heard == ["story-1"]


@pytest.mark.parametrize(("url", "left"), [("", [2]), ("http://cdn.example.org", [0, 1, 2])])
def test_purge_is_remembered_until_the_cdn_was_told(url: str, left: list[int], settings: object) -> None:
    settings.CDN_PURGE_URL = url
    standing_since(0)
    with clock.at(clock.now() - KEPT - timedelta(hours=1)):
        for number, times in enumerate((0, 1, 2, 2)):
            row = written(f"story-{number}")
            Purge.objects.filter(pk=row.pk).update(cdn_told=times)

    forget_old_purges()

    assert sorted(Purge.objects.values_list("cdn_told", flat=True)) == left
