"""A magazine of 100,000 stories against one of 1,000: queries, the front page, publishing, the fast path."""

import json
from collections.abc import Iterator

from bench import server
from bench.load import Load, Target, rate, wrk
from hearthpress.benchmarks import Result

SIZES = (1_000, 100_000)
MOST_QUERIES = 8
PUBLISHED = 40
LOADS = 5

PREPARE = "from hearthpress.server import prepare; prepare()\nfrom bench import magazine; magazine.begin()"
GROW = """
from bench import magazine
from hearthpress.common.statistics import refresh_statistics
magazine.grow_to({size})
refresh_statistics()
"""
QUERIES = """
import json
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

def count(path):
    with CaptureQueriesContext(connections["default"]) as first, CaptureQueriesContext(connections["views"]) as second:
        assert Client().get(path, headers={{"host": "127.0.0.1"}}).status_code == 200, path
    return sum(not q["sql"].startswith("PRAGMA") for q in [*first.captured_queries, *second.captured_queries])

paths = {{"front page": "/", "story page": "/stories/story-{last}/", "section": "/section/one/", "feed": "/feed.atom"}}
print(json.dumps({{name: count(path) for name, path in paths.items()}}))
"""
PUBLISH = """
import time
from statistics import median
from bench import magazine
from hearthpress.people.models import Person
from hearthpress.stories.actions import publish

editor = Person.objects.get(email="editor@example.org")
ready = [magazine.approved({first} + number) for number in range({times} + 5)]
taken = []
for manuscript in ready:
    began = time.perf_counter()
    publish(manuscript, editor)
    taken.append((time.perf_counter() - began) * 1000)
print(median(taken[5:]))
"""


def measure() -> Iterator[Result]:
    queries: list[dict[str, int]] = []
    times: list[dict[str, float]] = []
    published: list[float] = []
    loads: list[list[Load]] = []
    with server.home() as environment:
        server.run(environment, PREPARE)
        for size in SIZES:
            server.run(environment, GROW.format(size=size))
            queries.append(json.loads(server.run(environment, QUERIES.format(last=size - 1))))
            times.append(_rendered(environment, size))
            loads.append(_fast(environment, size))
            published.append(float(server.run(environment, PUBLISH.format(first=10**6 + size, times=PUBLISHED))))
    yield from _told(queries, times)
    yield Result("publishing one story among 100,000", published[1], published[0], "ms", 1.5, "among 1,000")
    few, many = (rate(each) for each in loads)
    yield Result("a stored page among 100,000", many, few, "a second", 0.9, "among 1,000", at_least=True)


def _told(queries: list[dict[str, int]], times: list[dict[str, float]]) -> Iterator[Result]:
    for name, most in queries[1].items():
        yield Result(f"{name}, queries among 100,000", most, queries[0][name], "queries", 1.0, "among 1,000")
    yield Result("story page, queries", queries[1]["story page"], MOST_QUERIES, "queries", 1.0, "the most allowed")
    for size, taken in zip(SIZES, times, strict=True):
        for name in ("front page", "story page"):
            rendered = f"{name} rendered, {size:,} stories"
            yield Result(rendered, taken[name], taken["empty"], "ms", None, "an empty view")
    front = [taken["front page"] for taken in times]
    yield Result("front page rendered among 100,000", front[1], front[0], "ms", 1.5, "among 1,000")


def _rendered(environment: dict[str, str], size: int) -> dict[str, float]:
    """Milliseconds of pages that Django makes anew each time."""
    paths = {"empty": "/empty/", "front page": "/", "story page": f"/stories/story-{size - 1}/"}
    with server.application("bench.uncached:application", 1, **environment) as port:
        taken = server.alternate(port, list(paths.values()))
    return {name: taken[path] for name, path in paths.items()}


def _fast(environment: dict[str, str], size: int) -> list[Load]:
    with server.serving(environment) as port:
        target = Target(f"http://127.0.0.1:{port}/stories/story-{size - 1}/", {"Accept-Encoding": "br"})
        wrk(target, 1)
        return [wrk(target) for _ in range(LOADS)]
