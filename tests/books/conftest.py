"""What the tests of the books may ask for."""

import pytest

from tests.books.world import Books, make_books
from tests.factories import Cast


@pytest.fixture
def books(cast: Cast) -> Books:
    """A magazine on 10 October 2026 (see `tests.books.world.make_books`); act in it under `clock.at(IN_OCTOBER)`."""
    return make_books(cast)
