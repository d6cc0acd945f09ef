"""Filters of the queue that an editor keeps: for themselves alone, and as the queue's URL would say them."""

import pytest
from django.test import Client

from hearthpress.desk.queue.saved_views import MOST
from hearthpress.submissions.models import SavedView
from tests.factories import Cast, client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def view(cast: Cast) -> SavedView:
    return SavedView.objects.create(editor=cast.editor, name="Long ones", query="length=long")


def test_view_is_kept_and_stands_above_the_queue(cast: Cast, editor: Client) -> None:
    answer = editor.post("/desk/views/", {"name": "Mine, late", "query": "due=late&who=me&after=abc&nonsense=1"})

    kept = SavedView.objects.get()
    page = editor.get(answer["Location"]).content.decode()
    assert (kept.editor, kept.name, kept.query) == (cast.editor, "Mine, late", "who=me&due=late&after=abc")
    assert 'who=me&amp;due=late&amp;after=abc">Mine, late</a>' in page


def test_view_that_is_open_is_marked_and_not_offered_again(editor: Client, view: SavedView) -> None:
    page = editor.get("/desk/?length=long").content.decode()

    assert 'aria-current="page">Long ones</a>' in page
    assert "Keep this view" not in page
    assert "Keep this view" in editor.get("/desk/?length=short").content.decode()


def test_second_view_of_a_name_is_refused_and_what_was_typed_stays(editor: Client, view: SavedView) -> None:
    page = editor.post("/desk/views/", {"name": "Long ones", "query": "due=late"}).content.decode()

    assert "You have a view of this name already" in page
    assert 'name="query" value="due=late"' in page
    assert SavedView.objects.get().query == "length=long"


def test_too_many_views_are_refused_in_words(cast: Cast, editor: Client) -> None:
    SavedView.objects.bulk_create(SavedView(editor=cast.editor, name=f"{n}", query="") for n in range(MOST))

    answer = editor.post("/desk/views/", {"name": "One more", "query": "due=late"})

    assert "please remove one first" in answer.content.decode()
    assert SavedView.objects.count() == MOST


def test_view_gets_another_name(editor: Client, view: SavedView) -> None:
    answer = editor.post(f"/desk/views/{view.pk}/", {"name": "For a free day"})

    view.refresh_from_db()
    assert answer["Location"] == "/desk/views/"
    assert (view.name, view.query) == ("For a free day", "length=long")


def test_view_is_removed_after_a_question(editor: Client, view: SavedView) -> None:
    path = f"/desk/views/{view.pk}/removal/"

    asked = editor.get(path).content.decode()

    assert "Remove “Long ones”?" in asked
    assert SavedView.objects.exists()
    editor.post(path)
    assert not SavedView.objects.exists()


def test_nobody_sees_or_changes_the_view_of_another(cast: Cast, view: SavedView) -> None:
    for person, expected in ((cast.other_editor, 404), (cast.writer, 404), (None, 302)):
        client = client_for(person)
        for path in (f"/desk/views/{view.pk}/", f"/desk/views/{view.pk}/removal/"):
            statuses = [client.get(path).status_code, client.post(path, {"name": "x"}).status_code]

            assert statuses == [expected, expected]
    assert "Long ones" not in client_for(cast.other_editor).get("/desk/views/").content.decode()
    assert SavedView.objects.get().name == "Long ones"
