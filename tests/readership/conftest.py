from collections.abc import Iterator
from pathlib import Path

import pytest

from hearthpress.readership import salts
from hearthpress.stories.models import Story
from tests.factories import Cast, make_story

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture(autouse=True)
def _salts_of_the_test_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another test may act on another day and destroy the salts that are old by then."""
    monkeypatch.setattr(salts, "MEMORY_FOLDERS", (str(tmp_path),))
    forget()
    yield
    forget()


def forget() -> None:
    """Let the next view look for the day's salt anew."""
    salts.shared.cache_clear()
    salts.known.clear()


@pytest.fixture
def story(cast: Cast) -> Story:
    """A story of the cast's writer, live."""
    return make_story(cast.writer, cast.editor, cast.call)
