"""Tags: an editor's shelves, which never say more of a story than its writer approved."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.people.enums import Role
from hearthpress.people.models import Membership
from hearthpress.stories.actions import publish, retract, set_tags
from hearthpress.stories.models import Story, Tag, TagsChosen
from hearthpress.stories.tags import CannotTag
from tests.factories import Cast, client_for, edited, make_story, make_subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast.writer, cast.editor, cast.call)


def names(story: Story) -> list[str]:
    return [tag.name for tag in Story.objects.get(pk=story.pk).tags]


def address(story: Story) -> str:
    return f"/desk/{story.manuscript.submission.key}/tags/"


def test_tags_are_set_and_who_chose_them_is_kept(cast: Cast, story: Story) -> None:
    set_tags(story, [" Sisters ", "kitchen  tables", "", "SISTERS"], cast.editor, [])

    chosen = TagsChosen.objects.get()
    assert names(story) == ["kitchen tables", "Sisters"]
    assert (chosen.names, chosen.actor) == ("Sisters, kitchen tables", cast.editor)


def test_a_tag_that_is_there_keeps_its_name(cast: Cast, story: Story) -> None:
    Tag.objects.create(name="Sisters", slug="sisters")

    set_tags(story, ["sisters"], cast.editor, [])

    assert names(story) == ["Sisters"]


def test_tags_that_are_not_named_again_are_taken_off(cast: Cast, story: Story) -> None:
    set_tags(story, ["Sisters", "Bread"], cast.editor, [])

    set_tags(story, ["Bread", "Rain"], cast.editor, ["sisters", "bread"])

    assert names(story) == ["Bread", "Rain"]


def test_the_same_tags_again_are_no_event(cast: Cast, story: Story) -> None:
    set_tags(story, ["Bread"], cast.editor, [])

    set_tags(story, ["bread"], cast.editor, ["bread"])

    assert TagsChosen.objects.count() == 1


def test_of_two_editors_the_second_is_told(cast: Cast, story: Story) -> None:
    set_tags(story, ["Bread"], cast.editor, [])

    with pytest.raises(SomebodyElseWon):
        set_tags(story, ["Rain"], cast.other_editor, [])

    assert names(story) == ["Bread"]


@pytest.mark.parametrize("name", ["Pregnancy loss", "pregnancy-loss", "On pregnancy loss", "PREGNANCY LOSS at home"])
def test_a_tag_never_says_a_subject_that_the_writer_did_not_approve(cast: Cast, story: Story, name: str) -> None:
    make_subject("pregnancy-loss")

    with pytest.raises(CannotTag, match="Pregnancy loss"):
        set_tags(story, [name], cast.editor, [])

    assert names(story) == []


def test_a_tag_may_say_a_subject_that_the_writer_approved(cast: Cast) -> None:
    make_subject("pregnancy-loss")
    story = make_story(cast.writer, cast.editor, cast.call, changes={"subjects": ["pregnancy-loss"]})

    set_tags(story, ["Pregnancy loss"], cast.editor, [])

    assert names(story) == ["Pregnancy loss"]


def test_a_word_that_only_begins_like_a_subject_is_no_subject(cast: Cast, story: Story) -> None:
    make_subject("abuse")

    set_tags(story, ["Abused chairs"], cast.editor, [])

    assert names(story) == ["Abused chairs"]


def test_a_tag_goes_with_the_subject_that_an_edition_takes_back(cast: Cast) -> None:
    make_subject("pregnancy-loss")
    story = make_story(cast.writer, cast.editor, cast.call, changes={"subjects": ["pregnancy-loss"]})
    set_tags(story, ["Pregnancy loss", "Bread"], cast.editor, [])
    manuscript = Manuscript.objects.select_related("revision", "submission__writer").get(pk=story.manuscript_id)
    editing.save(manuscript, cast.editor, edited(manuscript, subjects=[]))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)

    publish(manuscript, cast.editor)

    assert names(story) == ["Bread"]


@pytest.mark.parametrize(
    ("given", "said"),
    [(["山"], "Latin"), (["b" * 41], "too long"), ([f"Tag {number}" for number in range(9)], "at most 8")],
)
def test_tags_that_cannot_be_are_refused_in_words(cast: Cast, story: Story, given: list[str], said: str) -> None:
    with pytest.raises(CannotTag, match=said):
        set_tags(story, given, cast.editor, [])


def test_a_story_that_is_gone_has_no_new_tags(cast: Cast, story: Story) -> None:
    retract(story, cast.editor, "A reason.")

    with pytest.raises(NotAllowed):
        set_tags(story, ["Bread"], cast.editor, [])


def test_the_writer_the_bookkeeper_and_an_editor_who_wrote_it_may_not(cast: Cast, story: Story) -> None:
    for person in (cast.writer, cast.bookkeeper, cast.other_writer):
        with pytest.raises(PermissionDenied):
            set_tags(story, ["Bread"], person, [])
    Membership.objects.create(person=cast.writer, role=Role.EDITOR)
    with pytest.raises(PermissionDenied):
        set_tags(story, ["Bread"], type(cast.writer).objects.get(pk=cast.writer.pk), [])


def test_an_editor_sets_the_tags_of_a_live_story_at_the_desk(cast: Cast, story: Story) -> None:
    answer = client_for(cast.editor).post(address(story), {"tags": "Bread, Rain", "seen": ""}, follow=True)

    page = answer.content.decode()
    assert names(story) == ["Bread", "Rain"]
    assert 'value="Bread, Rain"' in page
    assert (
        "Tags were chosen" in client_for(cast.editor).get(f"/desk/{story.manuscript.submission.key}/").content.decode()
    )


def test_the_desk_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast, story: Story) -> None:
    make_subject("pregnancy-loss")

    answer = client_for(cast.editor).post(address(story), {"tags": "Pregnancy loss", "seen": ""})

    assert answer.status_code == 409
    assert "has not approved" in answer.content.decode()
    assert 'value="Pregnancy loss"' in answer.content.decode()


def test_the_desk_tells_the_second_editor(cast: Cast, story: Story) -> None:
    set_tags(story, ["Bread"], cast.editor, [])

    answer = client_for(cast.other_editor).post(address(story), {"tags": "Rain", "seen": ""})

    assert answer.status_code == 409
    assert names(story) == ["Bread"]


@pytest.mark.parametrize("who", ["writer", "other_writer", "bookkeeper", None])
def test_nobody_else_comes_to_the_tags(cast: Cast, story: Story, who: str | None) -> None:
    client = client_for(getattr(cast, who)) if who else Client()

    answer = client.post(address(story), {"tags": "Bread", "seen": ""})

    assert answer.status_code in {302, 403, 404}
    assert names(story) == []


def test_the_writer_sees_the_tags_in_the_writing_room(cast: Cast, story: Story) -> None:
    set_tags(story, ["Bread", "Rain"], cast.editor, [])

    page = client_for(cast.writer).get(f"/write/{story.manuscript.submission.key}/").content.decode()

    assert "Tags that the editors chose: Bread, Rain" in " ".join(page.split())
    assert "We chose the shelves" in page
    assert "A newer version" not in page
