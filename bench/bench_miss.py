"""What it costs to read a page that is not in the store yet, and how often it is rendered when many want it at once."""

import http.client
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench import server
from bench.bench_growth import GROW, PREPARE
from bench.counting import FILE
from hearthpress.benchmarks import Result

STORIES = 400
WARM = 40
CLIENTS = 200
EMPTY = "from hearthpress.edge.here import open_store; open_store().empty()"


def measure() -> Iterator[Result]:
    with server.home() as environment:
        server.run(environment, PREPARE)
        server.run(environment, GROW.format(size=STORIES))
        with (
            server.serving(environment) as ours,
            server.application("bench.uncached:application", 1, **environment) as plain,
        ):
            yield _cost(ours, plain)
        server.run(environment, EMPTY)
        with server.serving(environment, workers=2) as port:
            yield _crowd(port, Path(environment["HEARTHPRESS_HOME"]) / FILE)


def _cost(ours: int, plain: int) -> Result:
    taken: dict[int, list[float]] = {ours: [], plain: []}
    connections = {port: http.client.HTTPConnection("127.0.0.1", port) for port in taken}
    for number in range(STORIES):
        for port, connection in connections.items():
            began = time.perf_counter()
            connection.request("GET", f"/stories/story-{number}/", headers={"Accept-Encoding": "br"})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise RuntimeError(f"{response.status} for story {number}")
            taken[port].append((time.perf_counter() - began) * 1000)
    miss, render = (median(taken[port][WARM:]) for port in (ours, plain))
    return Result("a story page that is not stored yet", miss, render, "ms", 1.3, "rendering it each time")


def _crowd(port: int, entered: Path) -> Result:
    """All ask for one page at the same moment; both web processes are asked."""
    _get(port, "/robots.txt")
    before = entered.stat().st_size
    together = threading.Barrier(CLIENTS)
    answers: list[int] = []

    def ask() -> None:
        together.wait()
        answers.append(_get(port, "/stories/story-0/"))

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if answers != [200] * CLIENTS:
        raise RuntimeError(f"answers: {set(answers)}")
    renders = entered.stat().st_size - before
    return Result(f"renders for {CLIENTS} clients at once", renders, 1, "renders", 1.0, "one for a host")


def _get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status
