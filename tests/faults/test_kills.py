"""`kill -9` of each process at random moments, while people read and stories are taken back."""

import os
import random
import signal
import time
from contextlib import suppress
from http.client import HTTPException

import pytest

from tests.faults.conftest import Magazine
from tests.faults.served import Host, Readers, wait_until

pytestmark = pytest.mark.anywhere

KILLS = 6
AGES = ["/", "/feed.atom", "/sitemap.xml", "/archive/"]


def kill_one(host: Host, turn: int) -> None:
    """A web process, the worker, or the one that started them all; then everything comes back."""
    victims = [host.webs, host.webs, host.workers, None][turn % 4]
    if victims is None:
        children = host.children()
        host.process.kill()
        host.process.wait()
        assert wait_until(lambda: not any(is_running(pid) for pid in children)), "they leave when it is gone"
        host.start()
        return
    assert wait_until(lambda: everybody_is_here(host)), host.log()
    os.kill(random.choice(victims()), signal.SIGKILL)


def everybody_is_here(host: Host) -> bool:
    """granian ends when a web process is killed twice within seconds; then systemd starts the whole again."""
    if host.process.poll() is not None:
        host.start()
    return len(host.webs()) == 2 and len(host.workers()) == 1


def is_done(host: Host, generation: int) -> bool:
    return everybody_is_here(host) and host.generation() >= generation


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_whoever_is_killed_nobody_reads_what_is_gone_or_half_a_page(magazine: Magazine) -> None:
    host, taken_back = magazine.host, magazine.stories[: KILLS + 3]
    readers = Readers([host], [*magazine.stories, *AGES])

    with host.up():
        with readers.reading():
            for turn, path in enumerate(taken_back):
                generation = magazine.newsroom.do("take_back", path)
                readers.gone[path] = generation
                if turn < KILLS:
                    time.sleep(random.uniform(0, 0.3))
                    kill_one(host, turn)
                assert wait_until(lambda generation=generation: is_done(host, generation)), host.log()
        assert wait_until(lambda: everybody_is_here(host)), host.log()
        last = {path: host.get(path).status for path in magazine.stories}
        kept = list((host.pages / "live" / "stories").rglob("index.html*"))

    assert readers.wrong == []
    assert readers.answered > 100
    assert last == {path: 410 if path in taken_back else 200 for path in magazine.stories}
    assert not [path for path in kept if f"/stories/{path.parent.name}/" in taken_back], "nginx would serve these"


def test_pages_outlive_the_server_but_not_what_was_taken_back_meanwhile(
    magazine: Magazine, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, taken_back, other, first = magazine.host, magazine.stories[0], "/write-for-us/", []
    host.webs_wanted = 1
    with host.up():
        before = [host.get(path) for path in (taken_back, other)]
    stored = [host.pages / "live" / path.strip("/") / "index.html" for path in (taken_back, other)]
    made_at = [file.stat().st_ctime_ns for file in stored]
    generation = magazine.newsroom.do("take_back", taken_back)

    def ask_for_the_story_alone(_host: Host) -> bool:
        """Nobody asks for anything else before: the first answer that comes must be true."""
        with suppress(OSError, HTTPException):
            first.append(host.get(taken_back).status)
        return bool(first)

    monkeypatch.setattr(Host, "answers", ask_for_the_story_alone)
    with host.up():
        again = [host.get(taken_back).status for _ in range(20)]
        after = host.get(other)

    assert [one.status for one in before] == [200, 200]
    assert set(first + again) == {410}
    assert host.generation() >= generation
    assert not stored[0].exists()
    assert after.headers["etag"] == before[1].headers["etag"]
    assert stored[1].stat().st_ctime_ns == made_at[1], "it was not made again"
