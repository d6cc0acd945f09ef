"""From starting the web server to its first page, kept in an empty store, against an empty Django project."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from bench import server
from bench.bench_growth import GROW, PREPARE
from bench.bench_miss import EMPTY
from hearthpress.benchmarks import Result

STARTS = 5
GRANIAN = [sys.executable, "-m", "granian", "--workers", "1", "--log-level", "error", "--no-ws"]
OURS = ["--interface", "rsgi", "hearthpress.rsgi:application"]
EMPTY_PROJECT = ["--interface", "wsgi", "bench.empty_project:application"]


def measure() -> Iterator[Result]:
    ours, empty = [], []
    with server.home() as environment:
        server.run(environment, PREPARE)
        server.run(environment, GROW.format(size=100))
        # As on any machine where Python keeps what it has compiled; the first start of each compiles.
        environment |= {"DJANGO_SETTINGS_MODULE": "hearthpress.settings", "PYTHONDONTWRITEBYTECODE": ""}
        plain = {
            **os.environ,
            "PYTHONPATH": str(server.ROOT),
            "DJANGO_SETTINGS_MODULE": "",
            "PYTHONDONTWRITEBYTECODE": "",
        }
        for _ in range(1 + STARTS):
            server.run(environment, EMPTY)
            ours.append(_first_page(OURS, environment, "/stories/story-99/"))
            empty.append(_first_page(EMPTY_PROJECT, plain, "/"))
    figures = median(ours[1:]), median(empty[1:])
    yield Result("cold start to the first page", *figures, "ms", 2.0, "an empty Django project")


def _first_page(target: list[str], environment: dict[str, str], path: str) -> float:
    """Milliseconds from starting the process to the whole of a page from it."""
    port = server.free_port()
    command = [*GRANIAN, "--port", str(port), *target]
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=server.ROOT, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port, path):
            if time.perf_counter() - began > 60:
                raise RuntimeError("no page came")
            time.sleep(0.005)
        return (time.perf_counter() - began) * 1000
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
    except OSError:
        return False
    finally:
        connection.close()
    return response.status == 200
