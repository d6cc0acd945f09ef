"""Runs the benchmarks of the folder `bench/`: each figure stands beside a reference measured in the same run."""

import importlib
import json
import platform
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from hearthpress.common.errors import Sentence

FOLDER = Path(__file__).resolve().parent.parent / "bench"


@dataclass(frozen=True)
class Result:
    """One figure, what it is compared with (both in `unit`), their ratio, and the most that the ratio may be."""

    name: str
    figure: float
    reference: float
    unit: str
    limit: float
    against: str

    @property
    def ratio(self) -> float:
        return self.figure / self.reference

    @property
    def holds(self) -> bool:
        return self.ratio <= self.limit

    def as_row(self) -> dict[str, object]:
        return {**asdict(self), "ratio": round(self.ratio, 3), "holds": self.holds}


Benchmark = Callable[[], Iterable[Result]]


def run_benchmarks(name: str | None = None) -> list[Result]:
    """Run one benchmark, or all. Raises Sentence when there is none of that name."""
    names = sorted(path.stem for path in FOLDER.glob("bench_*.py"))
    chosen = [found for found in names if name in (None, found.removeprefix("bench_"))]
    if not chosen:
        known = ", ".join(found.removeprefix("bench_") for found in names)
        raise Sentence(f"there is no benchmark {name!r}; there are: {known}")
    sys.path.insert(0, str(FOLDER.parent))
    return [result for found in chosen for result in importlib.import_module(f"bench.{found}").measure()]


def as_table(results: list[Result]) -> str:
    """The results as a Markdown table."""
    rows = ["| what | figure | reference | ratio | limit | holds |", "|---|---|---|---|---|---|"]
    for result in results:
        figure, reference = (
            f"{result.figure:.2f} {result.unit}",
            f"{result.reference:.2f} {result.unit} ({result.against})",
        )
        holds = "yes" if result.holds else "NO"
        rows.append(f"| {result.name} | {figure} | {reference} | {result.ratio:.2f} | {result.limit:.2f} | {holds} |")
    return "\n".join(rows)


def as_json(results: list[Result]) -> str:
    return json.dumps([result.as_row() for result in results], indent=2)


def write_page(results: list[Result], path: Path) -> None:
    """docs/performance.md: the table, and on what it was measured."""
    path.write_text(
        f"""# Performance

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}. Machines differ and are
noisy, so each figure stands beside a reference measured in the same run, and what counts is the ratio.

{as_table(results)}
"""
    )
