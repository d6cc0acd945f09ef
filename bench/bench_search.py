"""Searching among 100,000 stories: the commonest word against a rare one, on SQLite and (where there is) PostgreSQL."""

import json
from collections.abc import Iterator

from bench import postgresql, server
from bench.bench_growth import GROW, PREPARE
from hearthpress.benchmarks import Result

SIZE = 100_000
MOST = 5.0  # times a rare word
DATABASE = "hearthpress_bench_search"

FILL = "from bench import searching; searching.fill()"
MEASURE = "from bench import searching; print(searching.measured())"
WORDS = "from bench import searching; print(searching.word(0), searching.rare(700))"


def measure() -> Iterator[Result]:
    with server.home() as environment:
        yield from _on("SQLite", environment)
        if postgresql.answers():
            with postgresql.database(DATABASE) as url:
                yield from _on("PostgreSQL", {**environment, "DATABASE_URL": url})


def _on(kind: str, environment: dict[str, str]) -> Iterator[Result]:
    for code in (PREPARE, GROW.format(size=SIZE), FILL):
        server.run(environment, code)
    if kind == "PostgreSQL":
        server.run(environment, "from django.db import connection; connection.cursor().execute('ANALYZE')")
    taken = json.loads(server.run(environment, MEASURE))
    for name, against in _names():
        limit = MOST if name.startswith("common") else None
        yield Result(f"{against}, {kind}, {SIZE:,} stories", taken[name], taken["rare"], "ms", limit, "a rare word")
    common, rare = (f"/search/?q={word}" for word in server.run(environment, WORDS).split())
    with server.serving(environment) as port:
        pages = server.alternate(port, [common, rare])
    yield Result(f"the page for the commonest word, {kind}", pages[common], pages[rare], "ms", MOST, "for a rare word")


def _names() -> list[tuple[str, str]]:
    return [
        ("common", "the commonest word"),
        ("commons", "the three commonest words"),
        ("common and rare", "the commonest word and a rare one"),
        ("common in a section", "the commonest word in a section"),
        ("middling", "a word of one story in ten"),
        ("mistyped", "a mistyped word"),
    ]
