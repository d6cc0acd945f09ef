import pytest
from django.db import connection

from hearthpress.common.statistics import refresh_statistics
from hearthpress.stories.models import Story
from tests.factories import Cast, make_story


@pytest.mark.django_db(databases=["default", "views"])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own statistics")
def test_live_stories_are_looked_up_by_their_keys(cast: Cast) -> None:
    slugs = [{"slug": f"story-{number}"} for number in range(20)]
    keys = [make_story(cast.writer, cast.editor, cast.call, changes=change).key for change in slugs]

    refresh_statistics()

    plan = Story.objects.live().filter(key__in=keys[:2]).explain()
    assert "stories_story USING INDEX sqlite_autoindex_stories_story" in plan or "(key=?)" in plan
