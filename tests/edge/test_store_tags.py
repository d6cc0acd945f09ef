"""nginx and Caddy make their tags of a file's time, in seconds, and its size."""

import os
from pathlib import Path

from hearthpress.edge.page import Page
from hearthpress.edge.store import PageStore

FILE = "live/stories/a/index.html"


def keep(store: PageStore, text: str) -> os.stat_result:
    page = Page("/stories/a/", 200, (("content-type", "text/html"),), text.encode())
    assert store.put(page, store.ticket())
    return (store.folder / FILE).stat()


def test_page_of_the_same_length_has_another_time_and_the_same_page_the_same(tmp_path: Path) -> None:
    """A correction of one letter, in the second of the page before; and the same page on another host."""
    one, other = PageStore(tmp_path / "one", 1_000_000), PageStore(tmp_path / "other", 1_000_000)

    first, corrected = keep(one, "a" * 1000), keep(one, "b" * 1000)
    elsewhere, again = keep(other, "a" * 1000), keep(one, "a" * 1000)

    assert first.st_size == corrected.st_size
    assert first.st_mtime != corrected.st_mtime
    assert first.st_mtime == elsewhere.st_mtime == again.st_mtime
