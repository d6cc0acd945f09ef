"""House style at the desk: findings to choose from, one group of suggestions of them, and nothing by itself."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.plain import plain_text
from hearthpress.documents.style import RULES
from hearthpress.documents.suggestions import accepted, declined, identities
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.editing.style import as_suggested, seen_of
from hearthpress.editing.suggesting import agree, answer, draft_of, suggest
from hearthpress.masthead.models import Masthead
from tests.desk.test_magazine import magazine_form
from tests.factories import Cast, client_for, edited, make_manuscript, make_subject

pytestmark = pytest.mark.django_db

TEXT = '"It\'s late - or early," she said.  "We\'ll see..."'


def make(cast: Cast, text: str = TEXT, **changes: Any) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(text), **changes))
    return manuscript


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    return make(cast)


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


def path(manuscript: Manuscript) -> str:
    return f"/desk/{manuscript.submission.key}/house-style/"


def fresh(manuscript: Manuscript) -> Manuscript:
    return Manuscript.objects.select_related("revision", "submission__writer").get(pk=manuscript.pk)


def plain(manuscript: Manuscript) -> str:
    return to_notation(accepted(draft_of(manuscript).document))


def newest(manuscript: Manuscript) -> Any:
    return Manuscript.objects.select_related("revision").get(pk=manuscript.pk).revision


def words(manuscript: Manuscript) -> str:
    """The text as it would read with every suggestion."""
    return plain_text(accepted(draft_of(manuscript).document))


def found(page: Any) -> dict[str, list[str]]:
    return {rule.key: [one.key for one in rule.found] for rule in page.context["rules"]}


def send(client: Client, manuscript: Manuscript, **data: Any) -> Any:
    return client.post(path(manuscript), {"seen": seen_of(as_suggested(manuscript)), **data})


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("owner", 200), ("writer", 404), ("bookkeeper", 404), (None, 302)]
)
def test_it_is_there_for_editors_alone(cast: Cast, manuscript: Manuscript, who: str | None, status: int) -> None:
    assert client_for(getattr(cast, who) if who else None).get(path(manuscript)).status_code == status


def test_looking_changes_nothing(manuscript: Manuscript, editor: Client) -> None:
    page = editor.get(path(manuscript))

    assert {rule: len(keys) for rule, keys in found(page).items()} == {
        "dashes": 1,
        "ellipsis": 1,
        "spaces": 1,
        "quotes": 4,
        "apostrophes": 2,
    }
    assertContains(page, "<code>␣-␣</code> → <code>␣–␣</code>")
    assert manuscript.revisions.count() == 2


def test_what_was_chosen_is_one_group_of_suggestions(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    before = newest(manuscript)
    dash = found(editor.get(path(manuscript)))["dashes"]

    send(editor, manuscript, finding=dash, rule=["quotes"])

    assert words(manuscript) == "“It's late – or early,” she said.  “We'll see...”"
    assert newest(manuscript) == before
    made = draft_of(manuscript).suggestions.all()
    assert {(row.why, row.made_by) for row in made} == {("House style: Dashes, Quotation marks", cast.editor)}
    [group] = editor.get(f"/desk/{manuscript.submission.key}/suggestions/").context["groups"]
    assert group.number == len(made)


def test_the_writer_accepts_the_group_at_once(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    send(editor, manuscript, rule=["quotes", "dashes"])
    suggest(draft_of(manuscript), cast.editor, from_notation(f"{plain(manuscript)}\n\nAnother thing."))
    writer, place = client_for(cast.writer), f"/write/{manuscript.submission.key}/suggestions/"
    [group] = writer.get(place).context["groups"]

    stale = writer.post(f"{place}answer/", {"answer": f"accept:{group.key}:0"}, follow=True)
    assertContains(stale, "nothing was done")
    writer.post(f"{place}answer/", {"answer": f"accept:{group.key}:{group.seen}"})

    draft = draft_of(manuscript)
    assert plain_text(declined(draft.document)) == "“It's late – or early,” she said.  “We'll see...”"
    assert len(identities(draft.document)) == 1


def test_an_editor_takes_the_group_back_and_does_not_accept_it(manuscript: Manuscript, editor: Client) -> None:
    before = words(manuscript)
    send(editor, manuscript, rule=["quotes", "dashes"])
    place = f"/desk/{manuscript.submission.key}/suggestions/"
    [group] = editor.get(place).context["groups"]

    editor.post(f"{place}answer/", {"answer": f"accept:{group.key}:{group.seen}"})
    assert words(manuscript) != before
    editor.post(f"{place}answer/", {"answer": f"decline:{group.key}:{group.seen}"})

    assert words(manuscript) == before


def test_beside_the_words_it_is_saved(cast: Cast, editor: Client) -> None:
    manuscript = make(cast, headline="The “Kettle” - again")

    send(editor, manuscript, rule=["dashes"])

    assert newest(manuscript).content["headline"] == "The “Kettle” – again"
    assert newest(manuscript).why == "House style: Dashes"


def test_all_of_each_rule_leaves_nothing_to_find(manuscript: Manuscript, editor: Client) -> None:
    send(editor, manuscript, rule=list(RULES))

    assert words(manuscript) == "“It’s late – or early,” she said. “We’ll see…”"
    assertContains(editor.get(path(manuscript)), "The rules find nothing")


@pytest.mark.parametrize("data", [{}, {"rule": "no-rule"}, {"finding": "quotes@text.9/9@0"}, {"rule": "long"}])
def test_nothing_chosen_suggests_nothing(manuscript: Manuscript, editor: Client, data: dict[str, str]) -> None:
    assertContains(send(editor, manuscript, **data), "Choose at least one change.")
    assert not draft_of(manuscript).suggestions.exists()


def test_a_page_of_an_older_text_is_refused_and_drawn_anew(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    stale = seen_of(as_suggested(manuscript))
    editing.save(manuscript, cast.other_editor, edited(manuscript, headline='The "Kettle"'))

    page = send(editor, manuscript, rule=["quotes"], seen=stale)

    assert page.status_code == 409
    assertContains(page, seen_of(as_suggested(fresh(manuscript))), status_code=409)
    assert newest(manuscript).content["headline"] == 'The "Kettle"'


def test_what_a_yes_was_given_to_stands_until_the_writer_accepts(
    cast: Cast, manuscript: Manuscript, editor: Client
) -> None:
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, newest(manuscript).sha256)

    send(editor, manuscript, rule=["spaces"])

    assert fresh(manuscript).state == "approved"
    draft = draft_of(fresh(manuscript))
    answer(draft, cast.writer, identities(draft.document), yes=True)
    agree(draft, cast.writer)
    assert fresh(manuscript).state == "editing"


def test_words_beside_grief_and_long_sentences_are_only_shown(cast: Cast, editor: Client) -> None:
    make_subject(of_loss=True)
    manuscript = make(cast, f"It was a journey. {'word ' * 41}.", subjects=["pregnancy-loss"])

    page = editor.get(path(manuscript))

    assert set(found(page)) == {"cheerful", "long"}
    assertNotContains(page, "checkbox")
    assertNotContains(page, "Suggest these")


def test_a_rule_that_the_owner_switches_off_finds_nothing(cast: Cast, manuscript: Manuscript, editor: Client) -> None:
    owner = client_for(cast.owner)

    owner.post("/desk/magazine/", {**magazine_form(owner), "style_rules": ["dashes", "headline"]})

    assert Masthead.current().style_rules == ["dashes", "headline"]
    assert set(found(editor.get(path(manuscript)))) == {"dashes"}

    owner.post("/desk/magazine/", {**magazine_form(owner), "style_rules": []})
    assert found(editor.get(path(manuscript))) == {}


def test_three_findings_take_as_many_questions_to_the_database_as_one(cast: Cast, editor: Client) -> None:
    counts = []
    for text in ("One  two.", "One  two.  Three.  Four."):
        manuscript = make(cast, text)
        with CaptureQueriesContext(connection) as counted:
            editor.get(path(manuscript))
        counts.append(len(counted))

    assert counts[0] == counts[1]
