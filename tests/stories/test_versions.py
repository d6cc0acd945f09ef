"""The versions that led from one to another."""

import pytest

from hearthpress.editing import actions as editing
from hearthpress.stories.versions import versions_between
from tests.factories import Cast, edited, make_manuscript

pytestmark = pytest.mark.django_db


def test_the_versions_between_are_those_that_led_to_the_newer_one(cast: Cast) -> None:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    first = manuscript.first_revision
    for number in (2, 3, 4):
        editing.save(manuscript, cast.editor, edited(manuscript, headline=f"Title {number}"), f"Why {number}")
    third = manuscript.revisions.get(number=3)

    assert [version.why for version in versions_between(first, third)] == ["Why 2", "Why 3"]
