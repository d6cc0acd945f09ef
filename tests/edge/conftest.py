from collections.abc import Iterator
from pathlib import Path

import pytest

from hearthpress.edge.store import PageStore

MEGABYTE = 1024 * 1024


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    """The page store of one host."""
    found = PageStore(tmp_path / "pages", MEGABYTE)
    yield found
    found.close()


@pytest.fixture
def neighbour(store: PageStore) -> Iterator[PageStore]:
    """The same store as another process of the host has it."""
    found = PageStore(store.folder, MEGABYTE)
    yield found
    found.close()
