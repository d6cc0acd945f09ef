"""Every view that was acknowledged survives `kill -9`, and none is paid twice."""

import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connections

from hearthpress.common import clock
from hearthpress.readership import salts
from hearthpress.readership.intake import reader_key
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.salts import salt_of
from hearthpress.stories.models import Story
from tests.readership.conftest import PHONE

KILLS = 10
READERS = 6  # at the same time
ZONE = "America/New_York"
ON_THIS_MACHINE = salts.MEMORY_FOLDERS

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "views"])


@dataclass
class Server:
    """The server under test, and what it acknowledged: how often by address."""

    process: subprocess.Popen[str]
    port: int
    child: int
    acknowledged: Counter[str] = field(default_factory=Counter)
    stopped: threading.Event = field(default_factory=threading.Event)

    def kill(self) -> None:
        """Kill it at a random moment of its work: at least one view has arrived since the last time."""
        before, patience = self.acknowledged.total(), time.monotonic() + 10
        while self.acknowledged.total() == before and time.monotonic() < patience:
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.3))
        os.kill(self.child, signal.SIGKILL)
        self.child = int(self.process.stdout.readline())


@pytest.fixture
def server(story: Story, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    settings.HOME = tmp_path
    monkeypatch.setattr(salts, "MEMORY_FOLDERS", ON_THIS_MACHINE)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hearthpress.settings",
        "HEARTHPRESS_HOME": str(tmp_path),
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database_url("default"),
        "VIEWS_DATABASE_URL": database_url("views"),
        "TRUSTED_PROXIES": "1",
    }
    command = [sys.executable, "-m", "tests.readership.killable"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        yield Server(process, int(process.stdout.readline()), int(process.stdout.readline()))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        process.stdout.close()
        if isinstance(kept := salts.shared(), salts.FileSalts):
            shutil.rmtree(kept.folder)


def database_url(alias: str) -> str:
    facts = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user = ":".join(quote(facts[part], safe="") for part in ("USER", "PASSWORD") if facts[part])
    return f"postgres://{user}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


def send(server: Server, story_key: str, address: str) -> bool:
    """Whether the view was acknowledged."""
    headers = {"Content-Type": "text/plain", "Sec-Fetch-Site": "same-origin", "User-Agent": PHONE, "Host": "testserver"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        body = json.dumps({"s": story_key, "t": 11})
        connection.request("POST", "/v", body, {**headers, "X-Forwarded-For": address})
        return connection.getresponse().status == 204
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def read_on(server: Server, story_key: str, reader: int) -> None:
    """Views of ever new readers; each is sent once more after an answer that did not come, as our script does, and
    every third is sent again although it did."""
    for number in count():
        address = f"203.0.{reader}.{number % 250 + 1}" if number < 250 else f"2001:db8::{reader}:{number:x}"
        for again in (True, number % 3 == 0):
            if server.stopped.is_set():
                return
            if send(server, story_key, address):
                server.acknowledged[address] += 1
            elif not again:
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


def rows_by_reader(model: Any) -> Counter[bytes]:
    return Counter(bytes(reader) for reader in model.objects.values_list("reader", flat=True))
