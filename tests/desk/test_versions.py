"""The versions of a text at the desk: listed, compared, restored."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing import suggesting
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, client_for, edited, make_approved, make_manuscript, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    """Three versions: the writer's own, one with a reason, and the newest by somebody else."""
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    save(manuscript, cast.editor, "Shortened the <end>.", headline="She Rang")
    save(manuscript, cast.other_editor, headline="She Rang Twice", standfirst="An hour on the telephone.")
    return manuscript


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def save(manuscript: Manuscript, editor: Any, why: str = "", **changes: Any) -> None:
    editing.keep_version(manuscript, editor, edited(manuscript, **changes), why)


def address(manuscript: Manuscript, rest: str) -> str:
    return f"/desk/{manuscript.submission.key}/manuscript/{rest}"


def restore(client: Client, manuscript: Manuscript, number: int, **changes: str) -> Any:
    """Press the button of the page as it stands now."""
    path = address(manuscript, f"{number}/restoration/")
    shown = client.get(path).context["form"]["newest"].value()
    return client.post(path, {"newest": shown, **changes})


def fresh(manuscript: Manuscript) -> Manuscript:
    return Manuscript.objects.select_related("revision").get(pk=manuscript.pk)


PAGES = ["versions/", "comparison/", "1/", "1/restoration/"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_there_for_other_editors_alone(cast: Cast, manuscript: Manuscript, page: str) -> None:
    writing_editor = make_person("writing-editor@example.org", "Wanda", "editor")
    own = make_manuscript(writing_editor, cast.editor, cast.call, title="My Own")
    path = address(manuscript, page)

    assert [client_for(person).get(path).status_code for person in (cast.editor, cast.owner)] == [200, 200]
    assert [client_for(person).get(path).status_code for person in (cast.writer, cast.bookkeeper)] == [404, 404]
    assert client_for(writing_editor).get(address(own, page)).status_code == 404
    assert client_for(None).get(path).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_versions_of_a_story_that_was_taken_back_are_gone(
    cast: Cast, manuscript: Manuscript, editor: Client, page: str
) -> None:
    withdraw(manuscript.submission, cast.writer)

    answer = editor.get(address(manuscript, page))

    assertContains(answer, "This story was taken back", status_code=404)
    assertNotContains(answer, "She Rang", status_code=404)


def test_without_a_choice_the_writers_text_is_compared_with_the_newest(manuscript: Manuscript, editor: Client) -> None:
    answer = editor.get(address(manuscript, "comparison/"))

    found = answer.context["comparison"]
    assert (found.old.number, found.new.number) == (1, 3)
    assertContains(answer, "From version 1 to version 3")


def test_any_two_are_compared_the_older_one_first(manuscript: Manuscript, editor: Client) -> None:
    answer = editor.get(address(manuscript, "comparison/?old=3&new=2"))

    found = answer.context["comparison"]
    assert (found.old.number, found.new.number) == (2, 3)
    assertContains(answer, "<ins> Twice</ins>")
    assertContains(answer, '<option value="2" selected>', count=1)
    assertContains(answer, '<option value="3" selected>', count=1)


def test_reasons_between_the_two_are_told_with_who_and_when(manuscript: Manuscript, editor: Client) -> None:
    answer = editor.get(address(manuscript, "comparison/?old=1&new=2"))

    (between,) = answer.context["between"]
    assert (between.number, between.made_by.name) == (2, "Edith Editor")
    assertContains(answer, "Shortened the &lt;end&gt;.")
    assertContains(answer, "Edith Editor")


def test_the_writer_is_not_named_among_the_versions(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    for page in ("comparison/", "versions/", "1/restoration/", ""):
        answer = editor.get(address(manuscript, page))
        assertContains(answer, "the writer")
        assertNotContains(answer, f"({cast.writer})")


def test_a_version_with_itself_differs_in_nothing(manuscript: Manuscript, editor: Client) -> None:
    answer = editor.get(address(manuscript, "comparison/?old=2&new=2"))

    assertContains(answer, "Nothing differs.")
    assertNotContains(answer, "Next change")


@pytest.mark.parametrize("query", ["old=4", "new=0", "old=one", "new=", "old=²", f"old={'9' * 5000}", "old=-1"])
def test_a_version_that_never_was_is_not_there(manuscript: Manuscript, editor: Client, query: str) -> None:
    assert editor.get(address(manuscript, f"comparison/?{query}")).status_code == 404


@pytest.mark.parametrize("look", ["", "&look=beside", "&look=nonsense"])
def test_changes_are_walked_one_after_another(manuscript: Manuscript, editor: Client, look: str) -> None:
    answer = editor.get(address(manuscript, f"comparison/?old=1&new=3{look}"))

    count = answer.context["comparison"].count
    page = answer.content.decode()
    assert count >= 3
    for number in range(1, count + 1):
        assert page.count(f'id="change-{number}"') == 1
        assert page.count(f'href="#change-{number}"') == 1
    assert 'href="#changes"' in page


def test_side_by_side_each_version_stands_in_its_own_column(manuscript: Manuscript, editor: Client) -> None:
    page = editor.get(address(manuscript, "comparison/?old=2&new=3&look=beside")).content.decode()

    row = page[page.index('<tr class="changed" id="change-1"') :]
    earlier, later = row.split("<td", 3)[1:3]
    assert "<ins>" not in earlier
    assert "<del>" not in later
    assert "<ins> Twice</ins>" in later


def test_restoring_makes_a_new_version_and_says_that_a_new_yes_is_needed(cast: Cast, editor: Client) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call, {"headline": "She Rang"})
    page = editor.get(address(manuscript, "1/restoration/"))
    assertContains(page, "The writer’s yes does not come along")
    assertContains(page, "Their yes to the text as it stands now no longer counts.")

    answer = restore(editor, manuscript, 1)

    now = fresh(manuscript)
    assertRedirects(answer, address(manuscript, ""), fetch_redirect_response=False)
    assert (now.state, now.revision.number, now.revision.why) == (ManuscriptState.EDITING, 3, "Version 1 restored")
    assert now.revision.content["headline"] == "The Kettle"
    assertContains(editor.get(address(manuscript, "")), "Version 1 stands again, as version 3.")


def test_the_editors_reason_stands_with_the_restored_version(manuscript: Manuscript, editor: Client) -> None:
    restore(editor, manuscript, 2, why="  The first headline was better. ")

    assert fresh(manuscript).revision.why == "The first headline was better."


def test_what_will_change_is_shown_before_it_does(manuscript: Manuscript, editor: Client) -> None:
    answer = editor.get(address(manuscript, "2/restoration/"))

    assertContains(answer, "<del> Twice</del>")
    assert manuscript.revisions.count() == 3


def test_somebody_who_saved_meanwhile_is_not_undone(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    seen = manuscript.revision.sha256
    save(manuscript, cast.other_editor, headline="Saved Meanwhile")

    answer = editor.post(address(manuscript, "1/restoration/"), {"newest": seen, "why": "Too much was cut."})

    assertContains(answer, "The text was changed meanwhile.", status_code=409)
    assertContains(answer, "Too much was cut.", status_code=409)
    assert answer.context["form"]["newest"].value() == manuscript.revision.sha256
    assert fresh(manuscript).revision.content["headline"] == "Saved Meanwhile"


@pytest.mark.parametrize("shown", ["", "0" * 64, "x" * 65, "\x00"])
def test_nothing_is_restored_by_a_form_that_was_never_drawn(manuscript: Manuscript, editor: Client, shown: str) -> None:
    answer = editor.post(address(manuscript, "1/restoration/"), {"newest": shown})

    assert answer.status_code in (200, 409)
    assert manuscript.revisions.count() == 3


def test_the_newest_version_has_nothing_to_restore(manuscript: Manuscript, editor: Client) -> None:
    assertContains(editor.get(address(manuscript, "3/restoration/")), "There is nothing to restore.")
    assertNotContains(editor.get(address(manuscript, "3/")), "Restore this version")
    assertContains(editor.get(address(manuscript, "2/")), "Restore this version")


def test_a_version_pressed_twice_is_restored_once(manuscript: Manuscript, editor: Client) -> None:
    seen = manuscript.revision.sha256
    for _press in range(2):
        editor.post(address(manuscript, "1/restoration/"), {"newest": seen})

    assert manuscript.revisions.count() == 4


@pytest.mark.parametrize("person", ["writer", "other_writer", "bookkeeper", None])
def test_nobody_else_restores(cast: Cast, manuscript: Manuscript, person: str | None) -> None:
    client = client_for(getattr(cast, person) if person else None)

    answer = client.post(address(manuscript, "1/restoration/"), {"newest": manuscript.revision.sha256})

    assert answer.status_code == (404 if person else 302)
    assert manuscript.revisions.count() == 3


def test_a_hundred_versions_come_in_pages(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    for number in range(4, 101):
        save(manuscript, cast.editor, headline=f"Title {number}")

    beside_the_text = editor.get(address(manuscript, ""))
    numbers, path = [], address(manuscript, "versions/")
    while path:
        answer = editor.get(path)
        numbers += [version.number for version in answer.context["versions"]]
        before = answer.context["before"]
        path = address(manuscript, f"versions/?before={before}") if before else ""

    assert numbers == list(range(100, 0, -1))
    assert len(beside_the_text.context["versions"]) == 5
    assertContains(beside_the_text, "All 100 versions")


@pytest.mark.parametrize("page", ["", "versions/", "comparison/?old=1&new=2"])
def test_the_number_of_queries_does_not_grow_with_the_versions(cast: Cast, editor: Client, page: str) -> None:
    counts = []
    for versions in (2, 20):
        manuscript = make_manuscript(cast.writer, cast.editor, cast.call, title=f"With {versions}")
        for number in range(2, versions + 1):
            save(manuscript, [cast.editor, cast.other_editor][number % 2], f"Why {number}", standfirst=f"{number}")
        editor.get(address(manuscript, page))
        with CaptureQueriesContext(connection) as captured:
            editor.get(address(manuscript, page))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_no_words_are_restored_past_open_suggestions(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    save(manuscript, cast.editor, document=from_notation("A second text."))
    draft = suggesting.draft_of(manuscript)
    suggesting.suggest(draft, cast.editor, from_notation("Other words altogether."))
    page = f"/desk/{manuscript.submission.key}/manuscript/1/restoration/"
    sent = {"newest": editor.get(page).context["form"]["newest"].value(), "why": ""}

    asked = editor.post(page, sent)

    assertContains(asked, "waits for an answer", status_code=409)
