"""A real server in a home of its own: started, read, killed and started again; and the newsroom beside it."""

import gzip
import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli
import zstandard

from hearthpress.edge.shared import Shared

PATIENCE = 90.0  # seconds; a host that is killed starts anew, on a machine that does much else
OPEN = {
    None: bytes,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Reply:
    """An answer. `words` is the body without its encoding."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def words(self) -> bytes:
        return OPEN[self.headers.get("content-encoding")](self.body)

    def is_whole(self) -> bool:
        """The body is the very one that its tag names (a strong tag of ours is a digest of the body).

        What could not be kept, such as on a full disk, has no tag, and is kept by no cache either.
        """
        if "etag" not in self.headers:
            return self.headers["cache-control"] == "no-cache" and bool(self.words)
        digest = hashlib.blake2b(self.words, digest_size=12).hexdigest()
        return self.headers["etag"].strip('"').partition("-")[0] == digest


@dataclass
class Host:
    """One host: a home, a port and, while it is `up`, the processes of `hearthpress serve`."""

    home: Path
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    program: str = "hearthpress.cli"
    webs_wanted: int = 2
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "HEARTHPRESS_HOME": str(self.home),
            "PORT": str(self.port),
            "PUBLIC_ADDRESS": f"http://127.0.0.1:{self.port}",
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            **dict.fromkeys(("DATABASE_URL", "VIEWS_DATABASE_URL", "REDIS_URL", "PAGE_STORE", "HEARTHPRESS_DEMO"), ""),
        }
        return {**os.environ, **ours, **self.more}

    @property
    def pages(self) -> Path:
        return Path(self.more.get("PAGE_STORE") or self.home / "pages")

    def launch(self) -> None:
        with (self.home / "server.log").open("ab") as log:
            command = [sys.executable, "-m", self.program, "serve", "--workers", str(self.webs_wanted)]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def start(self) -> None:
        if self.process is None or self.process.poll() is not None:
            self.launch()
        assert wait_until(self.answers), self.log()

    def stop(self) -> None:
        if self.process is not None:
            everybody = self.children()
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            for pid in everybody:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process = None

    @contextmanager
    def up(self) -> Iterator["Host"]:
        try:
            self.start()
            yield self
        finally:
            self.stop()

    def answers(self) -> bool:
        try:
            return self.get("/robots.txt").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def log(self) -> str:
        return (self.home / "server.log").read_text()

    def children(self) -> dict[int, str]:
        """The processes that it started: their commands by number."""
        command = ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
        return {int(line.split()[0]): line for line in lines if "defunct" not in line}

    def webs(self) -> list[int]:
        return [pid for pid, command in self.children().items() if "serve" in command]

    def workers(self) -> list[int]:
        return [pid for pid, command in self.children().items() if command.endswith("worker")]

    def generation(self) -> int:
        """The last purge that was carried out on this host."""
        return Shared(self.pages / "shared").generation

    def told(self) -> int:
        """The last purge that hosts without the database can hear of through Redis."""
        return Shared(self.pages / "shared").told

    def get(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            pairs = [(name.lower(), value) for name, value in answer.getheaders()]
            cookies = [value for name, value in pairs if name == "set-cookie"]
            return Reply(answer.status, dict(pairs), answer.read(), cookies)
        finally:
            connection.close()

    def raw(self, request: bytes, seconds: float = 10) -> bytes:
        """What comes back for these very bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as line:
            line.sendall(request)
            got = b""
            with suppress(TimeoutError, ConnectionResetError):
                while piece := line.recv(65536):
                    got += piece
            return got


class Newsroom:
    """Whoever works in the magazine, as a process of its own."""

    def __init__(self, host: Host) -> None:
        command = [sys.executable, "-m", "tests.faults.newsroom"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen(command, env=host.environment, **pipes)
        self._turn = threading.Lock()

    def do(self, verb: str, *things: Any) -> Any:
        with self._turn:
            self._process.stdin.write(json.dumps({"do": verb, "with": things}) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        assert answer, f"{verb} failed: see the captured output"
        return json.loads(answer)

    def leave(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)


@dataclass
class Readers:
    """Readers without end. Whatever is wrong with what they get is kept in `wrong`.

    A story is gone once a purge with its generation has been carried out on the host that is read. So the order is
    judged by numbers: a request that begins after that must not be answered with the story.
    """

    hosts: list[Host]
    paths: list[str]
    gone: dict[str, int] = field(default_factory=dict)  # generation by path
    wrong: list[str] = field(default_factory=list)
    answered: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def reading(self, how_many: int = 4) -> Iterator["Readers"]:
        threads = [threading.Thread(target=self._read, args=(number,)) for number in range(how_many)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in threads:
                thread.join()

    def _read(self, number: int) -> None:
        turn = number
        while not self._stop.is_set():
            turn += 1
            host, path = self.hosts[turn % len(self.hosts)], self.paths[turn * 7 % len(self.paths)]
            with suppress(OSError, http.client.HTTPException):
                self._judge(host, path, ("br", "gzip", "zstd", "identity")[turn % 4])

    def _judge(self, host: Host, path: str, accept: str) -> None:
        gone, before = self.gone.get(path), host.generation()
        reply = host.get(path, accept_encoding=accept)
        self.answered += 1
        if gone is not None and before >= gone and reply.status != 410:
            self.wrong.append(f"{path}: {reply.status} at generation {before}, gone since {gone}")
        if reply.status not in {200, 410}:
            self.wrong.append(f"{path}: {reply.status} {reply.words[:300]!r}")
        elif not reply.is_whole():
            self.wrong.append(f"{path}: not whole, {reply.headers}")
        if reply.cookies:
            self.wrong.append(f"{path}: sets a cookie")


def copy_of(host: Host, home: Path, **more: str) -> Host:
    """The same magazine in another home, without its pages. Nothing may be running there."""
    shutil.copytree(host.home, home, ignore=shutil.ignore_patterns("pages", "server.log"))
    return Host(home, {**host.more, **more})
