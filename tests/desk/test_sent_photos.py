"""The writer's photos where a story's picture is chosen: those of which all is said, with the writer's words."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from hearthpress.editing.models import Manuscript, Picture
from hearthpress.submissions.actions import attach_photo, describe_photo
from hearthpress.submissions.models import Attachment
from tests.desk.test_manuscripts import form_of, newest, send
from tests.factories import Cast, client_for, make_manuscript
from tests.submissions.test_attaching import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    return make_manuscript(cast.writer, cast.editor, cast.call)


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def photo(manuscript: Manuscript) -> Attachment:
    photo = attach_photo(manuscript.submission, "porch.jpg", photograph())
    describe_photo(photo, credit="Wilma Writer", consent=True, alt="A porch at night.")
    return photo


def page_of(client: Client, manuscript: Manuscript) -> str:
    return client.get(f"/desk/{manuscript.submission.key}/manuscript/").content.decode()


def test_one_that_is_chosen_becomes_the_picture_with_its_writers_words(
    manuscript: Manuscript, editor: Client, photo: Attachment
) -> None:
    assert "The writer sent a photo" in page_of(editor, manuscript)

    send(editor, manuscript, form_of(editor, manuscript), sent_photo=photo.key)

    kept = newest(manuscript)["picture"]
    assert (kept["alt"], kept["credit"]) == ("A porch at night.", "Wilma Writer")
    assert Picture.objects.get().sha256 == kept["sha256"]


def test_words_that_an_editor_typed_stay(manuscript: Manuscript, editor: Client, photo: Attachment) -> None:
    send(editor, manuscript, form_of(editor, manuscript), sent_photo=photo.key, alt="A dark porch.")

    kept = newest(manuscript)["picture"]
    assert (kept["alt"], kept["credit"]) == ("A dark porch.", "Wilma Writer")


def test_words_of_the_picture_before_do_not_stay(manuscript: Manuscript, editor: Client, photo: Attachment) -> None:
    send(editor, manuscript, form_of(editor, manuscript), sent_photo=photo.key)
    other = attach_photo(manuscript.submission, "cup.jpg", photograph((900, 600)))
    describe_photo(other, credit="Ada", consent=True, alt="A cup.")

    send(editor, manuscript, form_of(editor, manuscript), sent_photo=other.key)

    kept = newest(manuscript)["picture"]
    assert (kept["alt"], kept["credit"]) == ("A cup.", "Ada")


@pytest.mark.parametrize("missing", [{"credit": ""}, {"alt": ""}, {"consent": False}])
def test_one_of_which_something_is_still_open_is_not_offered(
    manuscript: Manuscript, editor: Client, photo: Attachment, missing: dict[str, object]
) -> None:
    describe_photo(photo, **{"credit": "Wilma", "alt": "A porch.", "consent": True, **missing})

    answer = send(editor, manuscript, form_of(editor, manuscript), sent_photo=photo.key)

    assert "The writer sent" not in page_of(editor, manuscript)
    assert "not here any more" in answer.content.decode()
    assert newest(manuscript)["picture"] is None


def test_a_photo_of_another_story_cannot_be_chosen(
    cast: Cast, manuscript: Manuscript, editor: Client, photo: Attachment
) -> None:
    other = make_manuscript(cast.other_writer, cast.editor, cast.call)

    answer = send(editor, other, form_of(editor, other), sent_photo=photo.key)

    assert "not here any more" in answer.content.decode()
    assert newest(other)["picture"] is None


def test_one_that_is_gone_from_the_storage_is_told(manuscript: Manuscript, editor: Client, photo: Attachment) -> None:
    default_storage.delete(photo.stored_as)

    answer = send(editor, manuscript, form_of(editor, manuscript), sent_photo=photo.key, headline="Another")

    assert "could not be opened" in answer.content.decode()
    assert "Another" in answer.content.decode()


def test_the_page_without_photos_says_nothing_of_them(manuscript: Manuscript, editor: Client) -> None:
    assert "The writer sent" not in page_of(editor, manuscript)
