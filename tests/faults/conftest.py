import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.served import Host, Newsroom, copy_of

STORIES = 24


@dataclass
class Magazine:
    """One host, not started, with the paths of its stories, and who works there."""

    host: Host
    stories: list[str]
    newsroom: Newsroom


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Host, list[str]]:
    """A magazine on SQLite that each test gets a copy of: made once, whichever process of the run is first."""
    run = tmp_path_factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "magazine"
    folder.mkdir(exist_ok=True)
    host, made = Host(folder / "home"), folder / "stories.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            host.home.mkdir(mode=0o700)
            newsroom = Newsroom(host)
            made.write_text(json.dumps(newsroom.do("begin", STORIES)))
            newsroom.leave()
    return host, json.loads(made.read_text())


@contextmanager
def open_magazine(template: tuple[Host, list[str]], folder: Path) -> Iterator[Magazine]:
    host = copy_of(template[0], folder / "home")
    newsroom = Newsroom(host)
    try:
        yield Magazine(host, list(template[1]), newsroom)
    finally:
        newsroom.leave()


@pytest.fixture
def magazine(template: tuple[Host, list[str]], tmp_path: Path) -> Iterator[Magazine]:
    with open_magazine(template, tmp_path) as found:
        yield found
