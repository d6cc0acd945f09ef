"""The real Hearthpress with a magazine of its own, and the programs that stand before it."""

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

from hearthpress.edge.shared import Shared

DOCS = Path(__file__).parents[2] / "docs/front-servers"
NAME = "magazine.example.org"
PATIENCE = 90  # seconds for a server to come up on a busy machine
AS_SENT_BY_A_PROXY = {"Host": NAME, "X-Forwarded-Proto": "https"}


@dataclass
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Magazine:
    """Served at `port` while `serving`; `driver` is the process that changes it: see magazine.py."""

    home: Path
    pages: Path
    environment: dict[str, str]
    slugs: list[str]
    port: int
    driver: subprocess.Popen[str]

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The web processes and the worker, until the block ends; once a new store has caught up with the database."""
        with running([sys.executable, "-m", "hearthpress.cli", "serve"], self.port, env=self.environment):
            assert wait_until(lambda: self.is_level(self.order()["generation"]))
            yield

    def is_level(self, generation: int) -> bool:
        """Whether that purge is carried out on this host."""
        shared = self.pages / "shared"
        return shared.exists() and Shared(shared).generation >= generation

    def do(self, verb: str, value: str) -> None:
        """Change something, and wait until the purge that comes of it is carried out on this host."""
        generation = self.order(verb, value)["generation"]
        assert wait_until(lambda: self.is_level(generation))

    def order(self, verb: str = "look", value: str = "nowhere") -> dict[str, Any]:
        """What the database says once that is done."""
        assert self.driver.stdin
        self.driver.stdin.write(f"{verb} {value}\n")
        self.driver.stdin.flush()
        return heard(self.driver)

    def ask(self, path: str, **options: Any) -> Answer:
        """Ask Hearthpress itself, as a proxy does."""
        options["headers"] = {**AS_SENT_BY_A_PROXY, **options.get("headers", {})}
        return ask(self.port, path, **options)

    def kept(self) -> set[str]:
        """The pages in the store, as files."""
        trees = [self.pages / "live", self.pages / "gone"]
        return {str(path.relative_to(self.pages)) for tree in trees for path in tree.rglob("*") if path.is_file()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def ask(
    port: int,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    tls: bool = False,
) -> Answer:
    """One request, with the path as it is. Header names come back in lower case."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    if tls:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection.sock = context.wrap_socket(connection.sock, server_hostname=NAME)
    try:
        connection.request(method, path, body, {"Host": NAME, **(headers or {})})
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def heard(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout
    line = process.stdout.readline()
    assert line, "the magazine's process has ended"
    return dict(json.loads(line))


@contextmanager
def magazine_in(folder: Path, **settings: str) -> Iterator[Magazine]:
    """A magazine with stories, to be served."""
    home, pages, port = folder / "home", folder / "pages", free_port()
    environment = {**os.environ, "HEARTHPRESS_HOME": str(home), "PAGE_STORE": str(pages), "PORT": str(port)}
    environment |= {"PUBLIC_ADDRESS": f"https://{NAME}", "ALLOWED_HOSTS": NAME, "TRUSTED_PROXIES": "1"}
    environment |= {"DATABASE_URL": "", "VIEWS_DATABASE_URL": "", "REDIS_URL": "", **settings}
    driver = subprocess.Popen(
        [sys.executable, "-m", "tests.front_servers.magazine"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Magazine(home, pages, environment, heard(driver)["slugs"], port, driver)
    finally:
        driver.kill()
        driver.communicate()


@contextmanager
def running(
    command: list[str], port: int, log: Path = Path(os.devnull), **options: Any
) -> Iterator[subprocess.Popen[bytes]]:
    """A server of ours until the block ends, once it answers. What it says goes to `log`."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, **options)
    try:
        assert wait_until(lambda: answers(port) or process.poll() is not None)
        assert process.poll() is None, f"{command[0]} has ended"
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        process.kill()
        process.wait()


def program(name: str) -> str:
    """Where a program is."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/sbin") or missing(name)


def missing(name: str) -> NoReturn:
    """Without it the test is skipped; on the build machine it fails."""
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed: tools/front_servers does that")
    pytest.skip(f"{name} is not installed (tools/front_servers --install does that)")


def filled_in(name: str, changes: Mapping[str, str]) -> str:
    """A file of docs/front-servers with what an operator changes changed. Each must be there."""
    text = (DOCS / name).read_text()
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def certificate(folder: Path) -> tuple[Path, Path]:
    """One that nobody has signed, with its key."""
    paths = folder / "certificate.pem", folder / "key.pem"
    command = [
        program("openssl"),
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={NAME}",
    ]
    command += ["-addext", f"subjectAltName=DNS:{NAME}", "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(command, check=True, capture_output=True)
    return paths
