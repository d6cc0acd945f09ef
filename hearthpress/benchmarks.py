"""Runs the benchmarks of the folder `bench/`: each figure stands beside a reference measured in the same run."""

import importlib
import json
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from hearthpress.common.charts import Bar, bars
from hearthpress.common.errors import Sentence

FOLDER = Path(__file__).resolve().parent.parent / "bench"


@dataclass(frozen=True)
class Result:
    """One figure, what it is compared with (both in `unit`), and their ratio.

    `limit` is the most that the ratio may be, or with `at_least` the least; None where a figure is only reported.
    `spread`: the smallest and the largest ratio of the pairs that were measured in turn.
    """

    name: str
    figure: float
    reference: float
    unit: str
    limit: float | None
    against: str
    at_least: bool = False
    spread: tuple[float, float] | None = None

    @property
    def ratio(self) -> float:
        return self.figure / self.reference

    @property
    def holds(self) -> bool:
        if self.limit is None:
            return True
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def as_row(self) -> dict[str, object]:
        return {**asdict(self), "ratio": round(self.ratio, 3), "holds": self.holds}


Benchmark = Callable[[], Iterable[Result]]


def run_benchmarks(name: str | None = None) -> Iterator[Result]:
    """Run one benchmark, or all, one after the other. Raises Sentence when there is none of that name."""
    names = sorted(path.stem for path in FOLDER.glob("bench_*.py"))
    chosen = [found for found in names if name in (None, found.removeprefix("bench_"))]
    if not chosen:
        known = ", ".join(found.removeprefix("bench_") for found in names)
        raise Sentence(f"there is no benchmark {name!r}; there are: {known}")
    sys.path.insert(0, str(FOLDER.parent))
    for found in chosen:
        print(f"{found.removeprefix('bench_')} ...", file=sys.stderr, flush=True)  # noqa: T201  it takes a while
        yield from importlib.import_module(f"bench.{found}").measure()


def as_table(results: list[Result]) -> str:
    """The results as a Markdown table."""
    rows = ["| what | figure | reference | ratio | limit | holds |", "|---|---|---|---|---|---|"]
    return "\n".join([*rows, *(_as_line(result) for result in results)])


def as_json(results: list[Result]) -> str:
    return json.dumps([result.as_row() for result in results], indent=2)


def write_page(results: list[Result], path: Path) -> None:
    """docs/performance.md: the table, a chart beside it (SVG), and on what it was measured."""
    chart = path.with_suffix(".svg")
    chart.write_text(_chart(results))
    path.write_text(
        f"""# Performance

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: Python {platform.python_version()}, {os.cpu_count()} cores.
Machines differ and are noisy, so each figure stands beside a reference measured in the same run, and what counts is the
ratio. Of pairs measured in turn the medians are given; in brackets stand the smallest and the largest ratio of a pair.

![How much of its limit each ratio takes]({chart.name})

{as_table(results)}

[How it is measured, and what it means](benchmarks.md).
"""
    )


def _as_line(result: Result) -> str:
    figure = f"{_number(result.figure)} {result.unit}"
    reference = f"{_number(result.reference)} {result.unit} ({result.against})"
    spread = f" ({result.spread[0]:.2f} to {result.spread[1]:.2f})" if result.spread else ""
    sign = "≥" if result.at_least else "≤"
    limit = "reported" if result.limit is None else f"{sign} {result.limit:.2f}"
    holds = "" if result.limit is None else "yes" if result.holds else "NO"
    return f"| {result.name} | {figure} | {reference} | {result.ratio:.2f}{spread} | {limit} | {holds} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.2f}"


def _chart(results: list[Result]) -> str:
    """How near each ratio is to its limit: a full bar is at the limit, whether that is the most or the least."""
    limited = [result for result in results if result.limit]
    return bars(
        "How much of its limit each ratio takes",
        [Bar(result.name, _used(result), f"{result.ratio:.2f}", marked=not result.holds) for result in limited],
    )


def _used(result: Result) -> float:
    assert result.limit is not None
    return result.limit / result.ratio if result.at_least else result.ratio / result.limit
