import pytest
from django.db import connection

from bench import magazine
from hearthpress.common.statistics import refresh_statistics
from hearthpress.stories.models import Story


@pytest.mark.django_db(databases=["default", "views"])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its own statistics")
def test_ten_live_stories_are_looked_up_without_reading_all() -> None:
    magazine.begin()
    magazine.grow_to(400)

    refresh_statistics()

    plan = Story.objects.live().filter(pk__in=range(1, 11)).explain()
    assert "SEARCH stories_story USING INTEGER PRIMARY KEY" in plan
