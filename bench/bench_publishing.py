"""Publishing one story in a magazine of 10,000, against publishing one in a magazine of 100."""

from collections.abc import Iterator

from bench import server
from bench.bench_pages import GROW, PREPARE
from hearthpress.benchmarks import Result

MOST = 1.5
TIMES = 40

PUBLISH = """
import time
from statistics import median
from bench import magazine
from hearthpress.people.models import Person
from hearthpress.stories.actions import publish
from hearthpress.stories.models import Story

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
    with server.home() as environment:
        server.run(environment, PREPARE)
        taken = []
        for size in (100, 10_000):
            server.run(environment, GROW.format(size=size))
            taken.append(float(server.run(environment, PUBLISH.format(first=100_000 + size, times=TIMES))))
        yield Result("publishing one story among 10,000", taken[1], taken[0], "ms", MOST, "among 100")
