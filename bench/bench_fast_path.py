"""A story page from the page store, against a constant answer on the same server, and nginx with the same bytes."""

import http.client
import json
import tempfile
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench import nginx, server
from bench.bench_growth import GROW, PREPARE
from bench.load import Load, Target, in_turn, p99, rate, spread, wrk
from hearthpress.benchmarks import Result

STORIES = 100
WORKERS = 2
PATH = f"/stories/story-{STORIES - 1}/"
ASKED = {"Accept-Encoding": "gzip, deflate, br"}
UNDER_LOAD = 60  # seconds before memory is looked at
MOST_MEMORY = 300.0  # MB of both workers together
SENT_BY_THE_SERVER = {"date", "server", "connection"}


def measure() -> Iterator[Result]:
    with server.home() as environment, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server.run(environment, PREPARE)
        server.run(environment, GROW.format(size=STORIES))
        ours = stack.enter_context(server.process_of(environment, WORKERS))
        port = int(environment["PORT"])
        page = _answer(port, ASKED)
        etag = dict(page["headers"])["etag"]
        not_changed = _answer(port, {**ASKED, "If-None-Match": etag})
        ports = {"ours": port}
        for name, said in (("constant", page), ("constant 304", not_changed)):
            path = Path(folder) / f"{name}.json"
            path.write_text(json.dumps(said))
            ports[name] = stack.enter_context(
                server.application("bench.constant:application", WORKERS, BENCH_ANSWER=str(path))
            )
        if nginx.is_there():
            ports["nginx"] = stack.enter_context(nginx.serving(Path(folder), _plain(Path(folder), page)))
        yield from _pages(ports)
        yield from _not_changed(ports, etag)
        yield from _memory(ours, Target(f"http://127.0.0.1:{port}{PATH}", ASKED))


def _answer(port: int, headers: dict[str, str]) -> dict:
    """Status, headers and body just as they are sent, for the application that says nothing else."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", PATH, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    told = [(name, value) for name, value in response.getheaders() if name.lower() not in SENT_BY_THE_SERVER]
    return {"status": response.status, "headers": told, "body": b64encode(body).decode()}


def _plain(folder: Path, page: dict) -> Path:
    """A folder in which nginx finds the same bytes at the same path."""
    root = folder / "www"
    file = root / PATH.strip("/") / "index.html"
    file.parent.mkdir(parents=True)
    file.write_bytes(b64decode(page["body"]))
    return root


def _pages(ports: dict[str, int]) -> Iterator[Result]:
    targets = {
        name: Target(f"http://127.0.0.1:{port}{PATH}", ASKED) for name, port in ports.items() if name != "constant 304"
    }
    loads = in_turn(targets)
    yield _compared("a story page", loads["ours"], loads["constant"], "a constant answer, same server", 0.85)
    ours, constant = loads["ours"], loads["constant"]
    ratios = spread(ours, constant, "p99")
    yield Result("a story page, p99", p99(ours), p99(constant), "ms", 1.5, "a constant answer", spread=ratios)
    if "nginx" in loads:
        yield _compared("a story page", loads["ours"], loads["nginx"], "nginx, the same bytes, 2 workers", 0.50)


def _not_changed(ports: dict[str, int], etag: str) -> Iterator[Result]:
    asked = {**ASKED, "If-None-Match": etag}
    targets = {
        "ours": Target(f"http://127.0.0.1:{ports['ours']}{PATH}", asked),
        "constant": Target(f"http://127.0.0.1:{ports['constant 304']}{PATH}", asked),
    }
    if "nginx" in ports:
        theirs = _nginx_tag(ports["nginx"])
        targets["nginx"] = Target(f"http://127.0.0.1:{ports['nginx']}{PATH}", {"If-None-Match": theirs})
    loads = in_turn(targets)
    yield _compared("304 of a story page", loads["ours"], loads["constant"], "a constant 304, same server", 0.85)
    if "nginx" in loads:
        yield _compared("304 of a story page", loads["ours"], loads["nginx"], "nginx's 304, 2 workers", 0.45)


def _nginx_tag(port: int) -> str:
    return dict(_answer(port, {})["headers"])["ETag"]


def _compared(what: str, ours: list[Load], theirs: list[Load], against: str, limit: float) -> Result:
    ratios = spread(ours, theirs)
    return Result(what, rate(ours), rate(theirs), "a second", limit, against, at_least=True, spread=ratios)


def _memory(process: server.Process, target: Target) -> Iterator[Result]:
    until = time.monotonic() + UNDER_LOAD
    while time.monotonic() < until:
        wrk(target, 10)
    held = sum(_proportional(pid) for pid in process.children())
    yield Result(f"memory of {WORKERS} web workers under load", held, MOST_MEMORY, "MB", 1.0, "the most allowed")


def _proportional(pid: int) -> float:
    """MB of memory, what is shared counted in shares (PSS)."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    line = next(line for line in told.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) / 1024
