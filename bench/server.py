"""A server of our own on a free port of this machine, in a home of its own, and a client that keeps its connection."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def home() -> Iterator[dict[str, str]]:
    """The environment of a program whose home is a new, empty folder."""
    with tempfile.TemporaryDirectory(prefix="hearthpress-bench-") as folder:
        names = {"HEARTHPRESS_HOME": folder, "DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(ROOT)}
        yield {**os.environ, **names, "DATABASE_URL": "", "VIEWS_DATABASE_URL": "", "PORT": str(free_port())}


@contextmanager
def serving(environment: dict[str, str], workers: int = 1) -> Iterator[int]:
    """Serve the magazine in that home; the port."""
    with process_of(environment, workers) as process:
        yield int(process.environment["PORT"])


@dataclass(frozen=True)
class Process:
    """A server that runs: its own process id, and what it was started with."""

    pid: int
    environment: dict[str, str]

    def children(self) -> list[int]:
        """The process ids of its workers."""
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in found.split() if "python" in Path(f"/proc/{pid}/cmdline").read_text()]


@contextmanager
def process_of(environment: dict[str, str], workers: int = 1) -> Iterator[Process]:
    """The web server of the magazine in that home, without its worker."""
    code = f"import django; django.setup(); from hearthpress.server import web_server; web_server({workers}).serve()"
    with _running([sys.executable, "-c", code], environment) as process:
        yield process


@contextmanager
def application(target: str, workers: int, **variables: str) -> Iterator[int]:
    """Another RSGI application on the same server; the port."""
    port = free_port()
    environment = {**os.environ, **variables, "PYTHONPATH": str(ROOT), "PORT": str(port)}
    options = ["--interface", "rsgi", "--no-ws", "--workers", str(workers), "--port", str(port), "--log-level", "error"]
    options += ["--workers-kill-timeout", "10"]  # seconds, for one that is too busy to hear
    with _running([sys.executable, "-m", "granian", *options, target], environment):
        yield port


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[Process]:
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        wait(int(environment["PORT"]))
        yield Process(process.pid, environment)
    finally:
        process.terminate()
        process.wait(timeout=20)


def run(environment: dict[str, str], code: str) -> str:
    """Run Python with Django set up in that home; what it printed."""
    whole = f"import django; django.setup()\n{code}"
    command = [sys.executable, "-c", whole]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip()


def alternate(port: int, paths: list[str], rounds: int = 200, warm: int = 30) -> dict[str, float]:
    """Ask for the paths in turn over one kept connection; the median milliseconds of each over `rounds` rounds."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times: dict[str, list[float]] = {path: [] for path in paths}
    for number in range(warm + rounds):
        for path in paths:
            began = time.perf_counter()
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            took = (time.perf_counter() - began) * 1000
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}")
            if number >= warm:
                times[path].append(took)
    connection.close()
    return {path: median(taken) for path, taken in times.items()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
