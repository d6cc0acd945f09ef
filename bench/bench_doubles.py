"""Looking for what resembles a text among 20,000 others, against taking its fingerprint, on SQLite and PostgreSQL."""

import json
from collections.abc import Iterator

from bench import postgresql, server
from bench.bench_growth import PREPARE
from hearthpress.benchmarks import Result

SIZE = 20_000
MOST = 3.0  # times the fingerprint
NAMES = {"three": "a text like three others", "crowd": "a text that a quarter repeats", "none": "a text like no other"}
DATABASE = "hearthpress_bench_doubles"

FILL = f"from bench import resembling; resembling.fill({SIZE})"
ANALYZE = "from django.db import connection; connection.cursor().execute('ANALYZE')"
MEASURE = "from bench import resembling; print(resembling.measured())"


def measure() -> Iterator[Result]:
    with server.home() as environment:
        yield from _on("SQLite", environment)
        if postgresql.answers():
            with postgresql.database(DATABASE) as url:
                yield from _on("PostgreSQL", {**environment, "DATABASE_URL": url})


def _on(kind: str, environment: dict[str, str]) -> Iterator[Result]:
    for code in (PREPARE, FILL, ANALYZE):
        server.run(environment, code)
    taken = json.loads(server.run(environment, MEASURE))
    for name, what in NAMES.items():
        told = f"doubles of {what}, {kind}, {SIZE:,} texts"
        yield Result(told, taken[name], taken["fingerprint"], "ms", MOST, "a text's fingerprint")
