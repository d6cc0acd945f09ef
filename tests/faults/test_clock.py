"""The clock of the machine is set back an hour while it serves: what is purged goes by numbers, not by the time."""

import pytest

from tests.faults.conftest import Magazine
from tests.faults.served import Readers, wait_until

pytestmark = pytest.mark.anywhere

HOUR = 3600


def test_an_hour_that_comes_twice_hides_no_purge_and_no_story(magazine: Magazine) -> None:
    host, newsroom = magazine.host, magazine.newsroom
    host.webs_wanted, host.program = 1, "tests.faults.late"
    readers = Readers([host], [*magazine.stories, "/"])
    to_go = magazine.stories[:4]

    with host.up(), readers.reading(2):
        for path in to_go[:2]:
            readers.gone[path] = newsroom.do("take_back", path)
        (host.home / "seconds-late").write_text(str(HOUR))
        newsroom.do("set_clock_back", HOUR)
        for path in to_go[2:]:
            readers.gone[path] = newsroom.do("take_back", path)
        generation = max(readers.gone.values())
        levelled = wait_until(lambda: host.generation() >= generation)
        answers = [host.get(path) for path in to_go]
        new = newsroom.do("publish", "Written in the hour that came twice")
        appeared = wait_until(lambda: new.encode() in host.get("/sitemap-stories-0.xml").words)
        again = host.get(new)

    assert sorted(readers.gone.values()) == list(readers.gone.values())
    assert levelled
    assert [one.status for one in answers] == [410] * 4
    assert appeared
    assert again.status == 200
    assert "cache-status" not in again.headers, "how long the database has been silent is not told by the clock"
    assert readers.wrong == []
