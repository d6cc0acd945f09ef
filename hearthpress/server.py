"""Serving: granian for the web, and a worker beside it that is started again should it die."""

import os
import socket
import subprocess
import sys
import threading

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from hearthpress import parent
from hearthpress.common.errors import Sentence

HEADERS_WITHIN = 10_000  # milliseconds: who sends them slower holds a connection, and nothing else
RESTART_AFTER = 1.0  # seconds
STOPPING = 10  # seconds: more than the worker's own grace

# granian forks web processes in the main thread. One forked while Popen is at work in another would inherit the pipe by
# which Popen learns that its program runs, and keep it open: Popen would wait for as long as that web process lives.
_starting = threading.Lock()
os.register_at_fork(before=_starting.acquire, after_in_parent=_starting.release, after_in_child=_starting.release)


def prepare(verbosity: int = 0) -> None:
    """Bring both databases and the static files up to date."""
    _create_views_database()
    for alias in ("default", "views"):
        call_command("migrate", database=alias, interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
    call_command("collectstatic", interactive=False, clear=False, verbosity=0)


def serve(workers: int = 1) -> int:
    """Serve until told to stop. Raises Sentence when the port is taken."""
    refuse_busy_port()
    prepare()
    parent.be_parent()
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(stop,), daemon=True)
    keeper.start()
    try:
        web_server(workers).serve()
    finally:
        stop.set()
        keeper.join(timeout=STOPPING + 2)
    return 0


def web_server(workers: int) -> Server:
    return Server(
        "hearthpress.rsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.RSGI,
        workers=workers,
        websockets=False,
        log_level="warning",
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        respawn_failed_workers=True,
        # asyncio loses a signal that arrives while it is swamped with work.
        workers_kill_timeout=STOPPING,
    )


def refuse_busy_port(command: str = "hearthpress serve") -> None:
    """Say plainly that something else answers where we would; `command` is what was typed."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as error:
            raise Sentence(
                f"port {settings.PORT} on {settings.HOST} is in use. Stop what runs there, or choose another: "
                f"PORT={settings.PORT + 1} {command}"
            ) from error


def _keep_worker(stop: threading.Event) -> None:
    while not stop.is_set():
        process = _start_worker()
        while process.poll() is None and not stop.wait(RESTART_AFTER):
            pass
        _end(process)
        stop.wait(RESTART_AFTER)


def _start_worker() -> subprocess.Popen[bytes]:
    with _starting:
        return subprocess.Popen([sys.executable, "-m", "hearthpress.cli", "worker"], env=os.environ.copy())


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop a process, by force should it not listen. Nothing is lost: what it was doing stays in rows."""
    process.terminate()
    try:
        process.wait(timeout=STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _create_views_database() -> None:
    """On PostgreSQL the database of the views is made beside the main one when it is not there yet."""
    views = connections["views"]
    if views.vendor != "postgresql":
        return
    name = views.settings_dict["NAME"]
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {views.ops.quote_name(name)}")
