"""Load from wrk (Debian's package): one thread, 32 connections, as the peers in facts were measured."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from hearthpress.common.errors import Sentence

SECONDS = 3
CONNECTIONS = 32
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw: answers a second, and the slowest of a hundred in milliseconds."""

    rate: float
    p99: float


@dataclass(frozen=True)
class Target:
    url: str
    headers: Mapping[str, str]


def wrk(target: Target, seconds: int = SECONDS, connections: int = CONNECTIONS) -> Load:
    """Ask one address as fast as it answers. Raises Sentence without wrk, RuntimeError when answers were refusals."""
    if shutil.which("wrk") is None:
        raise Sentence("this benchmark needs wrk; on Debian: apt-get install wrk")
    headers = [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", *headers, target.url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(told)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    assert slow is not None
    assert rate is not None
    return Load(float(rate[1]), float(slow[1]) * UNITS[slow[2]])


def in_turn(targets: Mapping[str, Target], pairs: int = 5, seconds: int = SECONDS) -> dict[str, list[Load]]:
    """Each of the targets in turn, `pairs` times over, after a short run to warm each up."""
    for target in targets.values():
        wrk(target, 1)
    loads: dict[str, list[Load]] = {name: [] for name in targets}
    for _ in range(pairs):
        for name, target in targets.items():
            loads[name].append(wrk(target, seconds))
    return loads


def rate(loads: Sequence[Load]) -> float:
    return median(load.rate for load in loads)


def p99(loads: Sequence[Load]) -> float:
    return median(load.p99 for load in loads)


def spread(ours: Sequence[Load], theirs: Sequence[Load], of: str = "rate") -> tuple[float, float]:
    """The smallest and the largest ratio of the pairs."""
    ratios = [getattr(one, of) / getattr(other, of) for one, other in zip(ours, theirs, strict=True)]
    return min(ratios), max(ratios)
