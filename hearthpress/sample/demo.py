"""`hearthpress demo`: the sample magazine, served with a post office of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from types import FrameType
from urllib.parse import urlsplit

from django.conf import settings

from hearthpress.common.errors import Sentence
from hearthpress.sample import post_office
from hearthpress.sample.guide import Step, parts, sights, steps
from hearthpress.sample.loader import load_sample
from hearthpress.sample.views import letters_folder
from hearthpress.server import prepare, refuse_busy_port

PATIENCE = 120  # seconds until the first page
STOPPING = 20  # seconds to stop by itself
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where to ask a server that answers everywhere


def run_demo() -> int:
    """Load the sample when it is not there yet, serve it, and say what to do. Returns when stopped.

    Raises Sentence when the port is taken or another magazine lives here.
    """
    with _stoppable():
        try:
            code = _run()
        except KeyboardInterrupt:
            say("\nStopped. What you did is kept; `make demo` goes on from here.")
            return 0
    raise Sentence(f"the server stopped by itself ({code}); see {settings.LOGS}")


def _run() -> int:
    refuse_busy_port("make demo")
    say("Preparing the databases ...")
    prepare()
    say(load_sample(say))
    with post_office.open_office(letters_folder()) as smtp_port, _server(smtp_port) as server:
        say("Opening the magazine ...")
        _wait_until_it_answers(server)
        if server.poll() is None:
            say(_welcome())
        return server.wait()


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  this is what the command prints


@contextmanager
def _server(smtp_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The web server and its worker, in a process of their own, since settings are read when a process starts."""
    environment = {**os.environ, "SMTP_URL": f"smtp://{post_office.HOST}:{smtp_port}", "HEARTHPRESS_DEMO": "1"}
    command = [sys.executable, "-m", "hearthpress.cli", "serve"]
    # A session of its own: Ctrl-C reaches us alone, and we stop it in order.
    process = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603  our own command
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=STOPPING)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def _stoppable() -> Iterator[None]:
    """A closed terminal and a polite kill stop the demo as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait_until_it_answers(server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until and not _answers():
        time.sleep(0.2)


def _answers() -> bool:
    connection = HTTPConnection(EVERYWHERE.get(settings.HOST, settings.HOST), settings.PORT, timeout=10)
    try:
        connection.request("GET", "/demo/", headers={"Host": urlsplit(settings.PUBLIC_ADDRESS).netloc})
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _welcome() -> str:
    address = settings.PUBLIC_ADDRESS
    people = "\n".join(f"  {part.role:<30} {part.email}" for part in parts())
    order = "\n".join(f"  {number}. {_place(step)}" for number, step in enumerate(steps(), start=1))
    seen = "\n".join(f"  - {_place(step)}" for step in sights())
    return f"""
The magazine is open at {address}/

Sign in at {address}/sign-in/ as
{people}

Codes:   {address}/demo/letters/ (each letter takes a second)
         {address}/demo/authenticator/ (what the phones of owner, editors and bookkeeper show)

A story's whole life, in nine steps:
{order}

Worth a look besides:
{seen}

Ctrl-C stops everything."""


def _place(step: Step) -> str:
    return f"{step.words} {settings.PUBLIC_ADDRESS}{step.path}"
