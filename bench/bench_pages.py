"""The uncached front page and a story page, at 100 and at 10,000 stories, against an empty Django view."""

import json
from collections.abc import Iterator

from bench import server
from hearthpress.benchmarks import Result

SIZES = (100, 10_000)
MOST_QUERIES = 8
MOST_TIMES_EMPTY = 8.0

PREPARE = "from hearthpress.server import prepare; prepare()\nfrom bench import magazine; magazine.begin()"
GROW = "from bench import magazine; magazine.grow_to({size})"
QUERIES = """
import json
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

def count(path):
    with CaptureQueriesContext(connections["default"]) as first, CaptureQueriesContext(connections["views"]) as second:
        assert Client().get(path, headers={{"host": "127.0.0.1"}}).status_code == 200
    return sum(not q["sql"].startswith("PRAGMA") for q in [*first.captured_queries, *second.captured_queries])

print(json.dumps({{"front page": count("/"), "story page": count("/stories/story-{last}/")}}))
"""


def measure() -> Iterator[Result]:
    with server.home() as environment:
        server.run(environment, PREPARE)
        queries: dict[int, dict[str, int]] = {}
        for size in SIZES:
            server.run(environment, GROW.format(size=size))
            pages = {"front page": "/", "story page": f"/stories/story-{size - 1}/"}
            queries[size] = json.loads(server.run(environment, QUERIES.format(last=size - 1)))
            with server.serving(environment) as port:
                times = server.alternate(port, ["/empty/", *pages.values()])
            for name, path in pages.items():
                yield Result(
                    f"{name}, {size:,} stories", times[path], times["/empty/"], "ms", MOST_TIMES_EMPTY, "an empty view"
                )
        for name in queries[SIZES[0]]:
            small, large = (queries[size][name] for size in SIZES)
            yield Result(f"{name}, queries", large, MOST_QUERIES, "queries", 1.0, "the most allowed")
            yield Result(f"{name}, queries as it grows", large, small, "queries", 1.0, "100 stories")
