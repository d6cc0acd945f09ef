"""Every view that was acknowledged survives `kill -9`, and none is paid twice; what is acknowledged is seen soon."""

import re
import shutil
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.urls import reverse

from hearthpress.common import clock
from hearthpress.readership import salts
from hearthpress.readership.intake import NOBODY, reader_key
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.salts import salt_of
from hearthpress.readership.settling import settle_arrivals
from hearthpress.stories.models import Story
from tests.factories import Cast, client_for
from tests.readership import server as real
from tests.readership.asking import settled
from tests.readership.conftest import PHONE
from tests.readership.server import Server

KILLS = 50
READERS = 6  # at the same time
WORKERS = 2  # web processes, on one database of views
ZONE = "America/New_York"
ON_THIS_MACHINE = salts.MEMORY_FOLDERS

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "views"])


@pytest.fixture
def server(story: Story, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    settings.HOME = tmp_path
    monkeypatch.setattr(salts, "MEMORY_FOLDERS", ON_THIS_MACHINE)
    started = real.start(tmp_path, settings.SECRET_KEY, WORKERS)
    try:
        yield started
    finally:
        real.stop(started)
        if isinstance(kept := salts.shared(), salts.FileSalts):
            shutil.rmtree(kept.folder)


def read_on(server: Server, story_key: str, reader: int) -> None:
    """Views of ever new readers; each is sent once more after an answer that did not come, as our script does, and
    every third is sent again although it did."""
    for number in count():
        address = f"203.0.{reader}.{number % 250 + 1}" if number < 250 else f"2001:db8::{reader + 1}:{number:x}"
        for again in (True, number % 3 == 0):
            if server.stopped.is_set():
                return
            if server.send(story_key, address):
                server.acknowledged[address] += 1
            else:
                time.sleep(0.01)
                if not again:
                    break


def test_acknowledged_views_survive_and_none_is_paid_twice(server: Server, story: Story) -> None:
    threads = [threading.Thread(target=read_on, args=(server, story.key, number)) for number in range(READERS)]
    day = clock.today(ZONE)

    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        server.kill()
    time.sleep(0.3)
    server.stopped.set()
    for thread in threads:
        thread.join(timeout=20)

    salt = salt_of(ZONE, day)
    paid = rows_by_reader(ReaderDay)
    unpaid = rows_by_reader(UnpaidView)
    assert server.acknowledged.total() > KILLS
    assert clock.today(ZONE) == day, "the test ran over midnight"
    for address, times in server.acknowledged.items():
        reader = reader_key(salt, address, PHONE)
        assert paid[reader] == 1
        assert paid[reader] + unpaid[reader] >= times


def test_the_writers_numbers_follow(server: Server, story: Story, cast: Cast) -> None:
    cookie = f"{project.SESSION_COOKIE_NAME}={client_for(cast.writer).cookies[project.SESSION_COOKIE_NAME].value}"
    page = reverse("room:earnings")
    for number in range(3):
        assert server.send(story.key, f"203.0.113.{number}")
    assert server.send(story.key, "203.0.113.0")
    own = server.post({"s": story.key, "t": 11}, {"Cookie": cookie, "X-Forwarded-For": "203.0.113.9"})

    settle_arrivals()  # as the worker does once a second
    words = " ".join(re.sub(r"<[^>]*>", " ", server.read(page, cookie)).split())

    assert own == 204
    assert [bytes(kept.reader) for kept in settled(UnpaidView).filter(reason="own")] == [NOBODY]
    assert "Reader-days so far 3 " in words
    assert "The same reader again that day" in words


def test_views_that_never_end_hold_up_nobody(server: Server, story: Story) -> None:
    beginning = (
        "POST /v HTTP/1.1\r\nHost: testserver\r\nSec-Fetch-Site: same-origin\r\n"
        f'Content-Type: text/plain\r\nContent-Length: 43\r\n\r\n{{"s":"{story.key}",'
    )
    slow = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(300)]
    for connection in slow:
        connection.sendall(beginning.encode())

    kept = [server.send(story.key, f"203.0.113.{number}") for number in range(5)]

    for connection in slow:
        connection.close()
    assert all(kept)
    assert settled(ReaderDay).count() == 5


def rows_by_reader(model: Any) -> Counter[bytes]:
    return Counter(bytes(reader) for reader in settled(model).values_list("reader", flat=True))
