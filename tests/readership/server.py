"""A real server for tests, on the test's own databases: granian, its workers, the fast path and Django behind it."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.db import connections

from tests.readership.conftest import PHONE

PATIENCE = 60  # seconds


@dataclass
class Server:
    """The server under test, and what it acknowledged: how often by address."""

    process: subprocess.Popen[str]
    port: int
    leader: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    stopped: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """Keep up with which process is the server now."""
        for line in self.process.stdout:
            # granian says on the same stream what became of its workers.
            if line.strip().isdecimal():
                self.leader = int(line)

    def kill(self) -> None:
        """Kill it at a random moment of its work: at least one view has arrived since the last time.

        All of its processes at once, or one of its workers while the other goes on.
        """
        before, patience = self.acknowledged.total(), time.monotonic() + PATIENCE
        while self.acknowledged.total() == before and time.monotonic() < patience:
            time.sleep(0.005)
        time.sleep(random.uniform(0, 0.1))
        with suppress(ProcessLookupError):
            if random.random() < 0.5:
                os.killpg(self.leader, signal.SIGKILL)
            else:
                os.kill(random.choice(children(self.leader) or [self.leader]), signal.SIGKILL)

    def send(self, story_key: str, address: str) -> bool:
        """Whether the view of a reader at this address was acknowledged."""
        return self.post({"s": story_key, "t": 11}, {"X-Forwarded-For": address}) == 204

    def post(self, view: dict, headers: dict[str, str]) -> int:
        """The status of the answer; 0 when there was none."""
        said = {
            "Content-Type": "text/plain",
            "Sec-Fetch-Site": "same-origin",
            "User-Agent": PHONE,
            "Host": "testserver",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", "/v", json.dumps(view), {**said, **headers})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def read(self, path: str, cookie: str) -> str:
        """The page at `path`, as whoever has this cookie sees it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": "testserver", "Cookie": cookie})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        assert answer.status == 200, (answer.status, answer.getheader("Location"))
        return page


def start(home: Path, secret_key: str, workers: int) -> Server:
    """Start it, and wait until it answers. Whoever starts it calls `stop`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hearthpress.settings",
        "HEARTHPRESS_HOME": str(home),
        "SECRET_KEY": secret_key,
        "DATABASE_URL": database_url("default"),
        "VIEWS_DATABASE_URL": database_url("views"),
        "TRUSTED_PROXIES": "1",
        "DEBUG": "1",  # static files by their own names: none have been collected in this home
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "tests.readership.killable", str(workers)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    server = Server(process, port)
    threading.Thread(target=server.listen, daemon=True).start()
    patience = time.monotonic() + PATIENCE
    while not server.post({}, {}) and time.monotonic() < patience:
        time.sleep(0.05)
    return server


def stop(server: Server) -> None:
    server.stopped.set()
    server.process.kill()
    server.process.wait(timeout=10)
    with suppress(ProcessLookupError):
        os.killpg(server.leader, signal.SIGKILL)


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def database_url(alias: str) -> str:
    facts = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user = ":".join(quote(facts[part], safe="") for part in ("USER", "PASSWORD") if facts[part])
    return f"postgres://{user}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
