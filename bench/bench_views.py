"""Views acknowledged a second, each of them committed, against a constant 204 on the same server and workers.

The same requests go to both in turn: POST as our script sends it, each from another address, by a crowd of 1,000
connections.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench import server
from bench.load import SECONDS, Load, rate, spread
from hearthpress.benchmarks import Result

WORKERS = (1, 2)
CONNECTIONS = 1000
PAIRS = 5
LEAST = 0.5  # of the constant's rate: with one worker or with two
POSTGRESQL = os.environ.get("BENCH_POSTGRESQL", "postgres://127.0.0.1:5432/postgres")
DATABASES = ("hearthpress_bench", "hearthpress_bench_views")
VIEWS, CONSTANT = "/v", "/nothing"
SCRIPT = Path(__file__).with_name("views.lua")

PREPARE = """
from hearthpress.server import prepare; prepare()
from bench import magazine; magazine.begin(); magazine.grow_to(1)
from hearthpress.stories.models import Story
print(Story.objects.get().key)
"""
SETTLE = """
import time
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.settling import settle_arrivals
began = time.perf_counter()
settled = settle_arrivals()
print(settled / (time.perf_counter() - began), ReaderDay.objects.count() + UnpaidView.objects.count())
"""

Loads = dict[str, list[Load]]


@dataclass
class Seen:
    """What wrk saw of both paths in turn, and how many arrivals a second one worker settles afterwards."""

    loads: Loads
    settled: float


def measure() -> Iterator[Result]:
    found = {workers: _measured({}, workers) for workers in WORKERS}
    for workers, seen in found.items():
        yield _result(f"SQLite, synchronous=FULL, {_workers(workers)}", seen, None)
    better = max(found.values(), key=lambda seen: rate(seen.loads[VIEWS]) / rate(seen.loads[CONSTANT]))
    yield _result("SQLite, the better of the two", better, LEAST)
    yield _settled("SQLite", found[WORKERS[-1]])
    for workers in WORKERS:
        with _postgresql() as urls:
            if urls:
                seen = _measured(urls, workers)
                yield _result(f"PostgreSQL, {_workers(workers)}", seen, None)
                if workers == WORKERS[-1]:
                    yield _settled("PostgreSQL", seen)


def _settled(where: str, seen: Seen) -> Result:
    name = f"arrivals settled by the worker, {where}"
    figures = seen.settled, rate(seen.loads[VIEWS])
    return Result(name, *figures, "rows/s", None, "views acknowledged a second", at_least=True)


def _result(where: str, seen: Seen, limit: float | None) -> Result:
    views, constant = seen.loads[VIEWS], seen.loads[CONSTANT]
    against = "a constant 204 on the same server"
    name = f"views acknowledged, {where}"
    figures = rate(views), rate(constant)
    return Result(name, *figures, "requests/s", limit, against, at_least=True, spread=spread(views, constant))


def _workers(number: int) -> str:
    return f"{number} worker{'s' * (number > 1)}"


def _measured(urls: dict[str, str], workers: int) -> Seen:
    """Raises RuntimeError when fewer views were kept than acknowledged."""
    loads: Loads = {VIEWS: [], CONSTANT: []}
    acknowledged = 0
    with server.home() as environment:
        environment |= {"DJANGO_SETTINGS_MODULE": "hearthpress.settings", "TRUSTED_PROXIES": "1", **urls}
        key = server.run(environment, PREPARE)
        with server.application("bench.views_server:application", workers, **environment) as port:
            for pair in range(PAIRS + 1):
                for path, seen in loads.items():
                    load, number = _wrk(f"http://127.0.0.1:{port}{path}", key, pair)
                    acknowledged += number if path == VIEWS else 0
                    if pair:  # the first warms both up
                        seen.append(load)
        settled, kept = server.run(environment, SETTLE).split()
    if int(kept) < acknowledged:
        raise RuntimeError(f"{acknowledged} views were acknowledged, and {kept} kept")
    return Seen(loads, float(settled))


def _wrk(url: str, key: str, seed: int) -> tuple[Load, int]:
    """One run, and how many answers it saw. Raises RuntimeError when one of them was a refusal."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}", "-s", str(SCRIPT), url, "--", key, str(seed)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(told)
    answers, per_second = re.search(r"(\d+) requests in", told), re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert answers is not None
    assert per_second is not None
    return Load(float(per_second[1]), p99=0.0), int(answers[1])


@contextmanager
def _postgresql() -> Iterator[dict[str, str]]:
    """The addresses of two databases of our own, for as long as it takes; {} where no server answers."""
    try:
        connection = psycopg.connect(POSTGRESQL, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        yield {}
        return
    try:
        _drop(connection)
        for name in DATABASES:
            connection.execute(f"CREATE DATABASE {name}")
        first, second = (urlsplit(POSTGRESQL)._replace(path=f"/{name}").geturl() for name in DATABASES)
        yield {"DATABASE_URL": first, "VIEWS_DATABASE_URL": second}
    finally:
        _drop(connection)
        connection.close()


def _drop(connection: psycopg.Connection) -> None:
    for name in DATABASES:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
