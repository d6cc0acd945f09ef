"""What a Redis of our own does for hosts: wake them, and tell those that reach nothing else."""

import socket
import threading
from collections.abc import Iterator

import pytest

from hearthpress.edge.purges import Purged
from hearthpress.edge.redis_nudges import RedisNudges
from tests.faults.services import Redis, redis

pytestmark = pytest.mark.anywhere

LINEAGE = "0123456789abcdef"
PATIENCE = 30  # seconds


@pytest.fixture(scope="module")
def server() -> Iterator[Redis]:
    with redis() as found:
        yield found


def purges(*numbers: int) -> list[Purged]:
    return [Purged(number, ("story-1", f"key-{number}"), "mark") for number in numbers]


def known(found: list[Purged] | None) -> list[int] | None:
    return None if found is None else [one.generation for one in found]


def test_a_nudge_wakes_the_other_host(server: Redis) -> None:
    here, there = (RedisNudges(server.url, "one") for _ in range(2))
    there.wait(0.01)  # it listens from now on
    woken = threading.Event()

    def listen() -> None:
        there.wait(PATIENCE)
        woken.set()

    listening = threading.Thread(target=listen)
    listening.start()
    here.nudge()

    assert woken.wait(PATIENCE / 2)
    listening.join()


def test_purges_are_told_in_order_once_and_without_a_gap(server: Redis) -> None:
    here, there = (RedisNudges(server.url, "two") for _ in range(2))

    told = [here.tell(LINEAGE, purges(3, 4)), there.tell(LINEAGE, purges(3, 4, 5)), here.tell(LINEAGE, purges(5))]

    assert told == [True] * 3
    assert known(here.since(LINEAGE, 3)) == [4, 5]
    assert there.since(LINEAGE, 4) == [Purged(5, ("story-1", "key-5"))]
    assert known(there.since(LINEAGE, 5)) == []


def test_what_cannot_be_known_is_not_guessed(server: Redis) -> None:
    nudges = RedisNudges(server.url, "three")
    nothing = nudges.since(LINEAGE, 1)
    nudges.tell(LINEAGE, purges(3, 4, 6))

    assert nothing is None
    assert nudges.since(LINEAGE, 2) is None, "the stream begins after it"
    assert nudges.since(LINEAGE, 3) is None, "there is a gap"
    assert nudges.since("another", 4) is None
    assert RedisNudges(server.url, "another magazine").since(LINEAGE, 6) is None
    assert known(nudges.since(LINEAGE, 6)) == []


def test_a_redis_that_is_gone_is_asked_again_later_and_forgets_nothing_by_itself(
    server: Redis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nudges = RedisNudges(server.url, "four")
    nudges.tell(LINEAGE, purges(1))

    server.stop()
    for _ in range(5):
        nudges.nudge()
        nudges.wait(0.001)
    told, found = nudges.tell(LINEAGE, purges(1, 2)), nudges.since(LINEAGE, 1)
    server.start()
    monkeypatch.setattr(nudges, "_asked_again", 0.0)
    again = nudges.tell(LINEAGE, purges(1, 2))

    assert (told, found) == (False, None)
    assert again
    assert known(nudges.since(LINEAGE, 1)) == [2]
    assert len(caplog.records) == 1


def test_a_redis_that_takes_nothing_in_has_not_been_told(server: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    nudges = RedisNudges(server.url, "six")
    nudges._client.config_set("maxmemory", 1)
    full = nudges.tell(LINEAGE, purges(1))
    nudges._client.config_set("maxmemory", 0)
    monkeypatch.setattr(nudges, "_asked_again", 0.0)

    assert not full
    assert nudges.tell(LINEAGE, purges(1))
    assert nudges.tell(LINEAGE, purges(1)), "it knows that one already"


def test_a_redis_that_says_nothing_is_not_waited_for_each_time(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        nudges = RedisNudges(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", "five")

        nudges.wait(0.001)
        asked = nudges._asked_again
        for _ in range(200):
            nudges.nudge()
            nudges.wait(0.001)

    assert nudges._asked_again == asked, "it rests"
    assert len(caplog.records) == 1
