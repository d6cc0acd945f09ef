"""The disk of the page store is full: pages are served, and what is taken back is gone all the same."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.conftest import Magazine
from tests.faults.served import Readers, wait_until

pytestmark = pytest.mark.anywhere

SIZE = 1024 * 1024  # bytes of the whole disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all the room that is left."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        for size in (65536, 4096, 512):
            with suppress(OSError):
                while file.write(bytes(size)) == size:
                    pass
    return filler


def test_on_a_full_disk_pages_are_served_and_what_is_taken_back_is_gone(magazine: Magazine, disk: Path) -> None:
    host, stories = magazine.host, magazine.stories
    host.more["PAGE_STORE"] = str(disk / "pages")
    readers = Readers([host], [*stories, "/", "/feed.atom"])

    with host.up():
        kept = [host.get(path).status for path in stories[:8]]
        filler = fill(disk)
        full = os.statvfs(disk).f_bavail
        with readers.reading(2):
            stored_and_not = [host.get(path).status for path in stories]
            for path in (stories[0], stories[1], stories[-1]):
                generation = magazine.newsroom.do("take_back", path)
                readers.gone[path] = generation
                gone = wait_until(lambda path=path: host.get(path).status == 410)
                assert gone, f"{path}: {host.get(path).status}\n{host.log()[-3000:]}"
        withdrawn = {file.parent.name for file in (disk / "pages" / "live").rglob("index.html*")}
        host.stop()
        host.start()
        after_a_start = [host.get(path).status for path in stories]
        filler.unlink()
        levelled = wait_until(lambda: host.generation() >= max(readers.gone.values()))
        again = [host.get(path).status for path in stories]

    assert kept == [200] * 8
    assert full == 0
    assert stored_and_not == [200] * len(stories)
    assert readers.wrong == []
    assert {"story-0", "story-1"}.isdisjoint(withdrawn)
    assert levelled
    assert after_a_start == again == [410 if path in readers.gone else 200 for path in stories]
    assert host.log().count("Traceback") < 100, "the log does not fill what is left of the disk"
