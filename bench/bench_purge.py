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
STORIES = TRIES + 50
LONGEST = 1000.0  # milliseconds: design.md, promise 3
REDIS = "redis://127.0.0.1:6379/10"
PLACES = (
    "/",
    "/section/{section}/",
    "/feed.atom",
    "/feed.rss",
    "/feed.json",
    "/sitemap-news.xml",
    "/search/?q={number}",
)
SECTIONS = ("one", "two", "three", "four")

WITHDRAW = """
import sys, time
from hearthpress.edge.here import open_store, open_watch
from hearthpress.people.models import Person
from hearthpress.stories.actions import retract
from hearthpress.stories.models import Story

open_watch(open_store()).start()
editor = Person.objects.get(email="editor@example.org")
for line in sys.stdin:
    story = Story.objects.get(slug=f"story-{line.strip()}")
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
        server.run(environment, "from bench import magazine; magazine.publish_lately()")
        ports = []
        for name in ("here", "there"):
            host = {**environment, "PAGE_STORE": str(Path(folder) / name), "PORT": str(server.free_port())}
            ports.append(stack.enter_context(server.serving(host)))
        withdraw = stack.enter_context(_withdrawing({**environment, "PAGE_STORE": str(Path(folder) / "here")}))
        return [_delay(withdraw, ports, number) for number in range(STORIES - 1, STORIES - 1 - TRIES, -1)]


@contextmanager
def _withdrawing(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", f"import django; django.setup()\n{WITHDRAW}"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=environment, cwd=server.ROOT, stdin=pipe, stdout=pipe, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _delay(withdraw: subprocess.Popen[str], ports: list[int], number: int) -> float:
    """Milliseconds from the commit until the last of the pages on the last of the hosts is without the story."""
    slug = f"story-{number}"
    pages = [place.format(section=SECTIONS[number % len(SECTIONS)], number=number) for place in PLACES]
    for port in ports:
        for page in [f"/stories/{slug}/", *pages]:
            if not _shows(port, page, slug):
                raise RuntimeError(f"{page} does not show {slug}")
    assert withdraw.stdin is not None
    assert withdraw.stdout is not None
    withdraw.stdin.write(f"{number}\n")
    withdraw.stdin.flush()
    committed = float(withdraw.stdout.readline())
    for port in ports:
        for page in [f"/stories/{slug}/", *pages]:
            while _shows(port, page, slug):
                time.sleep(0.002)
    return max(0.0, time.monotonic() - committed) * 1000


def _shows(port: int, page: str, slug: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", page)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status == 200 and f"/stories/{slug}/".encode() in body
