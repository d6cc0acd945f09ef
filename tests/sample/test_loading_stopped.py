from pathlib import Path

import pytest

from hearthpress.common.errors import Sentence
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.sample.loader import load_sample
from tests.factories import make_masthead


@pytest.mark.django_db(databases=["default", "views"])
def test_loading_that_is_stopped_leaves_nothing_that_blocks_the_next(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    told: list[str] = []

    def stop_at_the_stories(line: str) -> None:
        told.append(line)
        if "thirty stories" in line:
            assert Masthead.objects.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_sample(stop_at_the_stories)

    assert len(told) == 3
    assert [model for model in (Masthead, Person, Letter) if model.objects.exists()] == []


@pytest.mark.django_db
def test_loading_leaves_another_magazine_alone() -> None:
    make_masthead(name="The Other Paper")

    with pytest.raises(Sentence, match="The Other Paper lives here already"):
        load_sample()

    assert Masthead.current().name == "The Other Paper"
    assert not Person.objects.exists()
