"""The queue among 50,000 submissions against 1,000, seen in every way, on SQLite and PostgreSQL: queries and time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from bench import postgresql, server
from hearthpress.benchmarks import Result

FEW, MANY = 1_000, 50_000
MOST = 2.5  # times as long: to count what few rows have, more rows are read
MOST_SEARCHED = 3.0  # where no index chooses and every open title is read, which grows with their number
SEARCHES = ("a title", "a word in no title")
TURNS = 3  # each size is measured so often, in turn

PREPARE = """
from hearthpress.server import prepare; prepare()
from bench import magazine, queue
magazine.begin(); queue.begin(); queue.grow_to({size})
from django.db import connection
connection.cursor().execute("ANALYZE")
"""
MEASURE = "from bench import queue; print(queue.measured())"


def measure() -> Iterator[Result]:
    with server.home() as few, server.home() as many:
        yield from _compared("SQLite", few, many)
    if postgresql.answers():
        with _on_postgresql(FEW) as few, _on_postgresql(MANY) as many:
            yield from _compared("PostgreSQL", few, many)


@contextmanager
def _on_postgresql(size: int) -> Iterator[dict[str, str]]:
    with server.home() as environment, postgresql.database(f"hearthpress_bench_queue_{size}") as url:
        yield {**environment, "DATABASE_URL": url}


def _compared(kind: str, few: dict[str, str], many: dict[str, str]) -> Iterator[Result]:
    for environment, size in ((few, FEW), (many, MANY)):
        server.run(environment, PREPARE.format(size=size))
    turns = [[json.loads(server.run(environment, MEASURE)) for environment in (few, many)] for _ in range(TURNS)]
    for name in turns[0][0]:
        (_, queries), (_, more) = (taken[name] for taken in turns[0])
        yield Result(f"queue, {name}, {kind}, queries among {MANY:,}", more, queries, "queries", 1.0, f"among {FEW:,}")
        short, long = (median(turn[size][name][0] for turn in turns) for size in (0, 1))
        ratios = sorted(turn[1][name][0] / turn[0][name][0] for turn in turns)
        spread = (ratios[0], ratios[-1])
        limit = MOST_SEARCHED if name in SEARCHES else MOST
        yield Result(
            f"queue, {name}, {kind}, {MANY:,} submissions", long, short, "ms", limit, f"among {FEW:,}", spread=spread
        )
