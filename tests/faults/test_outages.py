"""Two hosts on one PostgreSQL, one of which no message reaches; the database stopped and silent, Redis gone."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.served import Host, Newsroom, Readers, Reply, wait_until
from tests.faults.services import Line, Postgres, Redis, postgres, redis

pytestmark = pytest.mark.anywhere

STORIES = 16
STOPPED = 30.0 if os.environ.get("FAULTS") == "long" else 9.0  # seconds without the database
LISTS = ["/", "/feed.atom", "/feed.json", "/sitemap.xml", "/sitemap-stories-0.xml"]
FORM = {"content_type": "application/x-www-form-urlencoded"}
WORDS = b"email=kept-words%40example.org&csrfmiddlewaretoken="
AWAY = 'hearthpress; hit; detail="the database is away"'


@dataclass
class World:
    """Two hosts that are up. `near` has Redis, and reaches the database by a line of its own; `far` has no Redis, and
    rests after a few seconds without the database."""

    near: Host
    far: Host
    stories: list[str]
    newsroom: Newsroom
    database: Postgres
    redis: Redis
    line: Line

    @property
    def hosts(self) -> list[Host]:
        return [self.near, self.far]

    def take_back(self, readers: Readers | None = None) -> str:
        """A story is withdrawn, and each host has carried it out."""
        path = self.stories.pop(0)
        generation = self.newsroom.do("take_back", path)
        if readers is not None:
            readers.gone[path] = generation
        for host in self.hosts:
            assert wait_until(lambda host=host: host.generation() >= generation), host.log()[-3000:]
        return path

    def everywhere(self, path: str) -> list[Reply]:
        return [host.get(path) for host in self.hosts]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with postgres() as database, redis() as messages:
        database.create("magazine")
        line = Line(database.port)
        near, far = (Host(make_home(tmp_path_factory, name)) for name in ("near", "far"))
        far.program = "tests.faults.hasty"
        near.webs_wanted = far.webs_wanted = 1
        secret = {"SECRET_KEY": "the same on every host of a magazine, and long enough for Django"}
        far.more = {**secret, "DATABASE_URL": database.url("magazine")}
        near.more = {**secret, "DATABASE_URL": database.url("magazine", line.port), "REDIS_URL": messages.url}
        newsroom = Newsroom(far)
        stories = newsroom.do("begin", STORIES)
        try:
            near.launch()
            with far.up(), near.up():
                yield World(near, far, stories, newsroom, database, messages, line)
        finally:
            newsroom.leave()
            line.close()


def make_home(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    home = tmp_path_factory.mktemp(name) / "home"
    home.mkdir(mode=0o700)
    return home


def test_what_is_taken_back_is_gone_on_every_host_whether_a_message_came_or_not(world: World) -> None:
    readers = Readers(world.hosts, [*world.stories, *LISTS])

    with readers.reading():
        gone = [world.take_back(readers) for _ in range(4)]

    assert readers.wrong == []
    for path in gone:
        assert [one.status for one in world.everywhere(path)] == [410, 410]
        assert not [name for name in LISTS for one in world.everywhere(name) if path.encode() in one.words]


def test_without_redis_everything_goes_on(world: World) -> None:
    readers = Readers(world.hosts, list(world.stories))

    with readers.reading(2):
        world.redis.stop()
        world.take_back(readers)
        world.redis.start()
        world.take_back(readers)

    assert readers.wrong == []
    assert world.near.log().count("Redis does not answer") <= 6, "once for each process and outage"


def test_a_database_that_says_nothing_holds_up_no_stored_page(world: World) -> None:
    story = world.stories[0]
    before = world.near.get(story)

    world.redis.stop()  # which would know better
    world.line.carries.clear()
    away = wait_until(lambda: world.near.get(story).headers.get("cache-status") == AWAY)
    silent = [world.near.get(path).status for path in [story] * 10]
    world.line.carries.set()
    world.redis.start()
    gone = world.take_back()

    assert before.status == 200
    assert away
    assert silent == [200] * 10
    assert [one.status for one in world.everywhere(gone)] == [410, 410]
    assert wait_until(lambda: "cache-status" not in world.near.get(world.stories[0]).headers)


def test_a_database_that_never_speaks_again_is_taken_for_away() -> None:
    command = ["unshare", "--map-root-user", "--net", sys.executable, "-m", "tests.faults.silence"]
    if subprocess.run([*command[:3], "ip", "link"], capture_output=True, check=False).returncode:
        pytest.skip("no network of our own can be made here")

    # Without a setting TCP goes on for a quarter of an hour.
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert "default is away" in told.stdout, told.stderr
    assert "views is away" in told.stdout


def test_the_database_stopped_and_back(world: World) -> None:
    near, far = world.near, world.far
    gone = world.take_back()
    stored = [*world.stories, *LISTS]
    fresh, never_read = stored[0], "/write-for-us/"
    form = near.get("/sign-in/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', form.words)[1]
    cookie = form.cookies[0].split(";")[0]
    known = {path: [one.headers["etag"] for one in world.everywhere(path)] for path in [*stored, gone]}

    assert wait_until(lambda: near.told() == near.generation())

    world.database.stop()
    began = time.monotonic()
    rests = wait_until(lambda: far.get(fresh).status == 503)
    by_redis_alone = near.get(fresh)
    sent = near.get("/sign-in/", method="POST", body=WORDS + token, cookie=cookie, **FORM)
    world.redis.stop()
    told = wait_until(lambda: near.get(fresh).headers.get("cache-status") == AWAY)
    answers = {path: near.get(path) for path in [*stored, gone]}
    not_stored = near.get(never_read)
    emptied = wait_until(lambda: not [*(far.pages / "live").rglob("*.html"), *(far.pages / "gone").rglob("*.html")])
    time.sleep(max(0.0, began + STOPPED - time.monotonic()))
    at_last = [near.get(path).status for path in [*stored, gone]]
    world.database.start()
    world.redis.start()
    back = wait_until(lambda: far.get(fresh).status == 200 and "cache-status" not in near.get(fresh).headers)
    taken_back = world.take_back()

    assert (by_redis_alone.status, by_redis_alone.headers.get("cache-status")) == (200, None), "it would hear of purges"
    assert told
    assert {path: one.status for path, one in answers.items()} == {path: 410 if path == gone else 200 for path in known}
    assert {path: one.headers["etag"] for path, one in answers.items()} == {
        path: tags[0] for path, tags in known.items()
    }
    assert {one.headers["cache-status"] for one in answers.values()} == {AWAY}
    assert (not_stored.status, sent.status) == (503, 503)
    assert b"resting" in not_stored.words
    assert b"kept-words@example.org" in sent.words, "what was typed is on the page"
    assert rests
    assert emptied, "nginx must not go on with them either"
    assert at_last == [200] * len(stored) + [410]
    assert back
    assert [one.status for one in world.everywhere(taken_back)] == [410, 410]
