"""What readers see of a story beside its text, and its editions: somebody who changes them in the database is found."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hearthpress.common import clock
from hearthpress.editing import actions as editing
from hearthpress.editing.people import answer_about
from hearthpress.stories.actions import publish, retract
from hearthpress.stories.models import Edition, Figure, Story
from hearthpress.stories.verify import verify_evidence
from tests.factories import Cast, edited, make_story, make_subject, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    """Live in its second edition, with a subject."""
    make_subject()
    made = make_story(cast.writer, cast.editor, cast.call, changes={"subjects": ["pregnancy-loss"]})
    text = made.manuscript
    editing.save(text, cast.editor, edited(text, headline="The Kettle, Again", standfirst="An hour."))
    editing.ask_for_approval(text, cast.editor)
    editing.approve(text, cast.writer, text.revision.sha256)
    return publish(text, cast.editor)


def overwrite(row: Story | Edition, column: str, value: Any) -> None:
    """As somebody with a database client would."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row.pk])


def test_what_nobody_touched_raises_no_alarm(cast: Cast, story: Story) -> None:
    assert (story.state, story.editions.count()) == ("live", 2)
    assert verify_evidence() == []
    retract(story, cast.editor, "Somebody in it asked us to.")
    assert verify_evidence() == []


@pytest.mark.parametrize(
    ("column", "value", "called"),
    [
        ("headline", "The Bottle", "headline"),
        ("standfirst", "An hour?", "standfirst"),
        ("byline_name", "Wilma X", "signature"),
        ("content_note", "", "content note"),
        ("slug", "the-bottle", "web address"),
        ("picture_sha256", "0" * 64, "picture"),
        ("picture_facts", '{"caption": "Us"}', "picture"),
    ],
)
def test_a_column_that_readers_see_is_what_was_approved(story: Story, column: str, value: str, called: str) -> None:
    overwrite(story, column, value)

    assert verify_evidence() == [f"Story {story.key}: its {called} is not what was approved."]


def test_a_story_moved_to_another_section_or_under_another_persons_name_is_found(cast: Cast, story: Story) -> None:
    other = make_story(cast.other_writer, cast.editor, cast.call, title="The Bottle")

    overwrite(story, "section_id", section("grieving").pk)
    overwrite(story, "byline_id", other.byline_id)

    called = ["page of its name", "section"]
    assert verify_evidence() == [f"Story {story.key}: its {name} is not what was approved." for name in called]


def test_a_story_given_to_another_writer_is_found(cast: Cast, story: Story) -> None:
    overwrite(story, "writer_id", cast.other_writer.pk)

    assert f"Story {story.key}: it is not its writer’s." in verify_evidence()


def test_its_subjects_and_pictures_within_are_those_that_were_approved(story: Story) -> None:
    story.subjects.clear()
    Figure.objects.create(story=story, sha256="0" * 64)

    called = ["list of subjects", "list of pictures"]
    assert verify_evidence() == [f"Story {story.key}: its {name} is not what was approved." for name in called]


def test_a_subject_that_the_magazine_gave_up_raises_no_alarm(story: Story) -> None:
    story.subjects.get().delete()

    assert verify_evidence() == []


def test_an_older_edition_put_in_the_place_of_the_newest_is_found(story: Story) -> None:
    overwrite(story, "edition_id", story.editions.get(number=1).pk)

    assert f"Story {story.key}: it does not show its newest edition." in verify_evidence()


def test_a_story_put_up_again_past_the_verbs_is_found(cast: Cast, story: Story) -> None:
    retract(story, cast.editor, "Somebody in it asked us to.")

    overwrite(story, "state", "live")

    assert verify_evidence() == [f"Story {story.key}: nobody decided that it is live."]


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("column", ["number", "made_at", "made_by_id", "story_id", "seal"])
def test_a_changed_edition_is_found(cast: Cast, story: Story, number: int, column: str) -> None:
    other = make_story(cast.other_writer, cast.editor, cast.call, title="The Bottle")
    row = story.editions.get(number=number)
    changed = {
        "number": 3,
        "made_at": clock.now(),
        "made_by_id": cast.owner.pk,
        "story_id": other.pk,
        "seal": "0" * 64,
    }
    if column == "story_id":
        overwrite(other.editions.get(), "number", 5)

    overwrite(row, column, changed[column])

    assert any(line.startswith("Edition") for line in verify_evidence())


@pytest.mark.parametrize(
    ("app", "migration", "table"),
    [("stories", "0006_editions_sealed", "stories_edition"), ("editing", "0010_people_sealed", "editing_namedperson")],
)
def test_what_was_written_before_there_was_a_seal_gets_the_same(
    cast: Cast, story: Story, app: str, migration: str, table: str
) -> None:
    answer_about(story.manuscript, cast.writer, "Anna", "knows")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET seal = ''")
    assert verify_evidence()

    then = MigrationLoader(connection).project_state((app, migration)).apps
    import_module(f"hearthpress.{app}.migrations.{migration}").seal_all(then, None)

    assert verify_evidence() == []
