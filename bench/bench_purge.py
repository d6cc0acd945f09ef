"""From the commit of a withdrawal until no host shows the story any more, anywhere: with and without the message.

Two hosts: two web servers with page stores of their own on one database. A third process withdraws, as a worker would.
"""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import server
from bench.bench_growth import GROW, PREPARE
from hearthpress.benchmarks import Result

TRIES = 200
STORIES = 100
FIRST = 10**6  # the number of the first story that is published to be withdrawn
PATIENCE = 30  # seconds
LONGEST = 1000.0  # milliseconds: design.md, promise 3
REDIS = "redis://127.0.0.1:6379/10"
PLACES = (
    "/stories/story-{number}/",
    "/",
    "/section/one/",
    "/writers/wilma-writer/",
    "/archive/{month}/",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/sitemap-news.xml",
    "/sitemap-stories-{part}.xml",
    "/search/?q={number}",
)

EDITOR = """
import sys, time
from bench import magazine
from hearthpress.edge.here import open_store, open_watch
from hearthpress.people.models import Person
from hearthpress.stories.actions import publish, retract

open_watch(open_store()).start()
editor = Person.objects.get(email="editor@example.org")
for line in sys.stdin:
    story = publish(magazine.approved(int(line)), editor)
    print(story.pk, f"{story.first_live_at:%Y/%m}", flush=True)
    sys.stdin.readline()
    retract(story, editor, "taken back")
    print(time.monotonic(), flush=True)
"""


def measure() -> Iterator[Result]:
    yield _told("withdrawn to gone on two hosts, message lost", _delays(redis=""))
    if _redis_answers():
        yield _told("withdrawn to gone on two hosts, with Redis", _delays(redis=REDIS))


def _told(name: str, delays: list[float]) -> Result:
    slow = sorted(delays)[int(len(delays) * 0.99) - 1]
    return Result(f"{name}, p99 of {len(delays)}", slow, LONGEST, "ms", 1.0, "the most allowed")


def _redis_answers() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", 6379)) == 0


def _delays(redis: str) -> list[float]:
    with server.home() as environment, TemporaryDirectory() as folder, ExitStack() as stack:
        environment["REDIS_URL"] = redis
        server.run(environment, PREPARE)
        server.run(environment, GROW.format(size=STORIES))
        ports = []
        for name in ("here", "there"):
            host = {**environment, "PAGE_STORE": str(Path(folder) / name), "PORT": str(server.free_port())}
            ports.append(stack.enter_context(server.serving(host)))
        editor = stack.enter_context(_editor({**environment, "PAGE_STORE": str(Path(folder) / "here")}))
        return [_delay(editor, ports, FIRST + number) for number in range(TRIES)]


class Editor:
    """A process of the first host that publishes a story when told to, and takes it back when told again."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def says(self, line: object) -> list[str]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().split()


@contextmanager
def _editor(environment: dict[str, str]) -> Iterator[Editor]:
    command = [sys.executable, "-c", f"import django; django.setup()\n{EDITOR}"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=environment, cwd=server.ROOT, stdin=pipe, stdout=pipe, text=True)
    try:
        yield Editor(process)
    finally:
        process.kill()
        process.wait()


def _delay(editor: Editor, ports: list[int], number: int) -> float:
    """Milliseconds from the commit until the last of the pages on the last of the hosts is without the story."""
    key, month = editor.says(number)
    pages = [place.format(number=number, month=month, part=int(key) // 1000) for place in PLACES]
    everywhere = [(port, page) for port in ports for page in pages]
    _wait_until(everywhere, number, shown=True)
    (committed,) = editor.says("now")
    _wait_until(everywhere, number, shown=False)
    return max(0.0, time.monotonic() - float(committed)) * 1000


def _wait_until(everywhere: list[tuple[int, str]], number: int, *, shown: bool) -> None:
    until = time.monotonic() + PATIENCE
    for port, page in everywhere:
        while _shows(port, page, f"story-{number}") != shown:
            if time.monotonic() > until:
                raise RuntimeError(f"{page}: {'not shown' if shown else 'not gone'}")
            time.sleep(0.002)


def _shows(port: int, page: str, slug: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", page)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status == 200 and f"/stories/{slug}/".encode() in body.replace(b"\\/", b"/")
