import shutil
from collections.abc import Iterator

import pytest

from hearthpress.readership import salts
from hearthpress.stories.models import Story
from tests.factories import Cast, make_story

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture(scope="session", autouse=True)
def _salts_of_the_tests_are_destroyed() -> Iterator[None]:
    yield
    kept = salts.shared()
    if isinstance(kept, salts.FileSalts):
        shutil.rmtree(kept.folder, ignore_errors=True)
    salts.shared.cache_clear()


@pytest.fixture
def story(cast: Cast) -> Story:
    """A story of the cast's writer, live."""
    return make_story(cast.writer, cast.editor, cast.call)
