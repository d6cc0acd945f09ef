"""A PostgreSQL and a Redis of our own, in folders of their own, that a test may stop; and a line to silence."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.served import free_port, wait_until


def _answers(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False


class Postgres:
    """A cluster without fsync. Nobody but root needs another user for it."""

    def __init__(self, folder: Path) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            pytest.skip("no PostgreSQL is installed here")
        self.programs, self.data, self.port = found[-1].parent, folder / "data", free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, *self._user)
        self._run("initdb", "-A", "trust", "-U", "root", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    @property
    def _user(self) -> tuple[str, str]:
        names = {entry.pw_name for entry in pwd.getpwall()}
        return ("postgres", "postgres") if "postgres" in names else ("nobody", "nogroup")

    def url(self, name: str, port: int | None = None) -> str:
        return f"postgres://root@127.0.0.1:{port or self.port}/{name}"

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k {self.data}"
        self._run("pg_ctl", "-w", "-o", options, "-l", str(self.data / "log"), "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def create(self, name: str) -> None:
        command = [self.programs / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "root", name]
        subprocess.run(command, check=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.data), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={self._user[0]}", f"--regid={self._user[1]}", "--clear-groups", *command]
        # pg_ctl leaves a server behind that would hold a pipe open.
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


@contextmanager
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="hearthpress-postgres-", ignore_cleanup_errors=True) as folder:
        cluster = Postgres(Path(folder))
        cluster.start()
        try:
            yield cluster
        finally:
            with suppress(subprocess.CalledProcessError):
                cluster.stop()


class Redis:
    """A Redis that keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            pytest.skip("no Redis is installed here")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, cwd="/")
        assert wait_until(lambda: _answers(self.port))

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def redis() -> Iterator[Redis]:
    server = Redis()
    try:
        server.start()
        yield server
    finally:
        server.stop()


class Line:
    """A line to a port of this machine. While it does not carry, nothing that is said arrives, and nobody is told; all
    of it arrives when it carries again, as TCP has it.
    """

    def __init__(self, port: int) -> None:
        self.to, self.carries, self._open = port, threading.Event(), True
        self.carries.set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._open = False
        self._listening.close()
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        while self._open:
            try:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                continue
            self._ends += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError, ValueError):
            while piece := one.recv(65536):
                self.carries.wait()
                other.sendall(piece)
            other.shutdown(socket.SHUT_RDWR)
