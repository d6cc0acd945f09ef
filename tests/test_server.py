"""Serving, for real: large bodies, the worker's threads, and what is left when something is killed."""

import http.client
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hearthpress import parent, server, worker
from hearthpress.schedule import Job

PATIENCE = 90  # seconds for a server to come up on a busy machine

pytestmark = pytest.mark.anywhere


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.1)
    return holds()


# The worker


@pytest.fixture
def signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_job_that_hangs_holds_up_neither_the_others_nor_the_end(monkeypatch: pytest.MonkeyPatch, signals: None) -> None:
    hang, runs = threading.Event(), []

    def count() -> None:
        runs.append(time.monotonic())
        if len(runs) == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(worker, "JOBS", [Job(hang.wait, every=1), Job(count, every=0.01)])
    monkeypatch.setattr(worker, "GRACE", 0.2)
    started = time.monotonic()

    worker.work()

    hang.set()
    assert len(runs) >= 3
    assert time.monotonic() - started < 5


def test_no_web_process_is_forked_while_the_worker_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would keep a pipe of Popen's open, and whoever starts workers would wait for as long as it lives."""
    forked = threading.Event()

    def fork() -> None:
        child = os.fork()
        if child == 0:
            os._exit(0)
        forked.set()
        os.waitpid(child, 0)

    def popen(*_arguments: object, **_options: object) -> bool:
        forking.start()
        return forked.wait(0.3)

    forking = threading.Thread(target=fork)
    monkeypatch.setattr(subprocess, "Popen", popen)

    forked_meanwhile = server._start_worker()
    forking.join(timeout=PATIENCE)

    assert not forked_meanwhile
    assert forked.is_set()


def test_job_that_fails_is_logged_and_runs_again(
    monkeypatch: pytest.MonkeyPatch, signals: None, caplog: pytest.LogCaptureFixture
) -> None:
    runs = []

    def fail() -> None:
        runs.append(1)
        if len(runs) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        raise ValueError("broken")

    monkeypatch.setattr(worker, "JOBS", [Job(fail, every=0.01)])

    worker.work()

    assert len(runs) >= 2
    assert "fail failed" in caplog.text


# Processes


def test_process_that_does_not_listen_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "STOPPING", 0.3)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
        process.stdout.readline()

        server._end(process)

    assert process.returncode == -signal.SIGKILL


def test_process_that_nobody_here_started_has_no_parent_to_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(parent.VARIABLE, raising=False)
    before = threading.active_count()

    parent.leave_when_gone()

    assert not parent.is_gone()
    assert threading.active_count() == before


def test_parent_of_another_number_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(parent.VARIABLE, str(os.getppid()))
    here = parent.is_gone()
    monkeypatch.setenv(parent.VARIABLE, "999999999")

    assert (here, parent.is_gone()) == (False, True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "home"


@contextmanager
def serving(home: Path) -> Iterator[tuple[subprocess.Popen, int]]:
    """`hearthpress serve` with a home of its own; the process and its port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "HEARTHPRESS_HOME": str(home), "PORT": str(port), "DATABASE_URL": "", "REDIS_URL": ""}
    environment |= {"PUBLIC_ADDRESS": f"http://127.0.0.1:{port}", "VIEWS_DATABASE_URL": ""}
    command = [sys.executable, "-m", "hearthpress.cli", "serve"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        assert wait_until(lambda: answers(port), PATIENCE)
        yield process, port
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(number) for number in found.stdout.split()]


def is_running(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


def post(port: int, body: bytes | Iterator[bytes]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", "/account/", body=body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_server_refuses_large_bodies_and_keeps_its_files_to_itself(home: Path) -> None:
    with serving(home) as (_, port):
        chunked = post(port, iter([bytes(1024 * 1024)] * 17))
        declared = post(port, bytes(20 * 1024 * 1024))
        small = post(port, b"x=1")
        # What lies in the page store is public, and served by others where the operator puts it for them.
        ours = [path for path in [home, *home.rglob("*")] if home / "pages" not in [path, *path.parents]]
        open_to_others = [path for path in ours if stat.S_IMODE(path.stat().st_mode) & 0o077]

    assert chunked[0] == declared[0] == 413
    assert b"at most 16 MB" in chunked[1]
    assert small[0] != 413
    assert open_to_others == []


def test_nothing_is_left_running_when_the_server_is_killed(home: Path) -> None:
    with serving(home) as (process, _):
        assert wait_until(lambda: len(children(process.pid)) >= 2, 20)
        started = children(process.pid)

        process.kill()
        process.wait()
        left = not wait_until(lambda: not any(is_running(pid) for pid in started), 30)

    assert not left


def test_server_that_is_told_to_stop_takes_everything_with_it(home: Path) -> None:
    with serving(home) as (process, _):
        assert wait_until(lambda: len(children(process.pid)) >= 2, 20)
        started = children(process.pid)

        process.terminate()
        code = process.wait(timeout=30)

    assert code == 0
    assert not any(is_running(pid) for pid in started)


# What a start loads


def test_a_start_loads_no_program_that_no_reader_needs(tmp_path: Path) -> None:
    code = (
        "import sys, hearthpress.rsgi, hearthpress.urls\n"
        "print([name for name in ('aiosmtpd', 'fido2', 'psycopg', 'redis') if name in sys.modules])"
    )
    empty = {"HEARTHPRESS_HOME": str(tmp_path), "DATABASE_URL": "", "VIEWS_DATABASE_URL": "", "REDIS_URL": ""}
    environment = {**os.environ, **empty, "DJANGO_SETTINGS_MODULE": "hearthpress.settings"}

    done = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"
