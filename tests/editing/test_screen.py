"""The page with the text and its suggestions: who may, what each sees, and that it works without script."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.schema import check
from hearthpress.documents.suggesting import suggested
from hearthpress.documents.suggestions import accepted, declined, identities
from hearthpress.editing import actions, suggesting
from hearthpress.editing.models import Draft, Manuscript, Remark
from tests.factories import Cast, client_for, edited, make_manuscript

pytestmark = pytest.mark.django_db

TEXT = "The kettle was the colour of rain.\n\nWe talked until it was dark."
ACTS = ("", "kept/", "answer/", "remark/", "done/")


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(TEXT)))
    return manuscript


def draft_of(manuscript: Manuscript) -> Draft:
    return Draft.objects.select_related("manuscript__submission").get(manuscript=manuscript)


def suggest(manuscript: Manuscript, cast: Cast, text: str) -> None:
    suggesting.suggest(suggesting.draft_of(manuscript), cast.editor, from_notation(text))


def at(place: str, manuscript: Manuscript, act: str = "") -> str:
    return f"/{place}/{manuscript.submission.key}/suggestions/{act}"


def rows(client: Client, address: str) -> list[Any]:
    return client.get(address).context["rows"]


def answer(client: Client, place: str, manuscript: Manuscript, row: Any, word: str, **more: str) -> Any:
    data = {"answer": f"{word}:{row.told.identity}:{row.seen}", **more}
    return client.post(at(place, manuscript, "answer/"), data)


@pytest.mark.parametrize("act", ACTS)
def test_to_whoever_may_not_there_is_nothing(cast: Cast, manuscript: Manuscript, act: str) -> None:
    suggest(manuscript, cast, TEXT.replace("colour", "color"))
    for place, person in (("write", cast.other_writer), ("write", cast.editor), ("desk", cast.bookkeeper)):
        asked = client_for(person).post(at(place, manuscript, act), {})
        assert asked.status_code in {403, 404}, (place, person)
    for place in ("write", "desk"):
        assert Client().post(at(place, manuscript, act)).status_code == 302

    assert text_of(declined(draft_of(manuscript).document)) == TEXT


def test_an_editors_own_story_is_worked_on_by_others(cast: Cast) -> None:
    own = make_manuscript(cast.editor, cast.other_editor, cast.call)

    assert client_for(cast.editor).get(at("desk", own)).status_code == 404
    assert client_for(cast.editor).get(at("write", own)).status_code == 200


def test_what_is_typed_into_the_plain_box_becomes_suggestions(cast: Cast, manuscript: Manuscript) -> None:
    editor = client_for(cast.editor)
    form = editor.get(at("desk", manuscript)).context["form"]

    typed = {"base": form["base"].value(), "text": form["text"].value().replace("colour", "color")}
    asked = editor.post(at("desk", manuscript), typed, follow=True)

    assertContains(asked, "<del>")
    assert text_of(declined(draft_of(manuscript).document)) == TEXT


def test_what_somebody_else_suggested_meanwhile_stays(cast: Cast, manuscript: Manuscript) -> None:
    editor = client_for(cast.other_editor)
    base = editor.get(at("desk", manuscript)).context["form"]["base"].value()
    suggest(manuscript, cast, TEXT.replace("colour", "color"))
    before = identities(draft_of(manuscript).document)

    editor.post(at("desk", manuscript), {"base": base, "text": TEXT.replace("dark", "night")})

    draft = draft_of(manuscript)
    assert text_of(accepted(draft.document)) == TEXT.replace("colour", "color").replace("dark", "night")
    assert identities(draft.document)[0] == before[0]
    made = {row.identity: (row.made_by, row.answer) for row in draft.suggestions.all()}
    assert made.pop(before[0]) == (cast.editor, "")
    assert list(made.values()) == [(cast.other_editor, "")]


def test_a_second_save_of_an_old_page_takes_nothing_back(cast: Cast, manuscript: Manuscript) -> None:
    editor = client_for(cast.other_editor)
    old = {"base": TEXT, "text": TEXT.replace("dark", "night")}
    editor.post(at("desk", manuscript), old)
    suggest(manuscript, cast, text_of(accepted(draft_of(manuscript).document)).replace("colour", "color"))

    editor.post(at("desk", manuscript), old)

    assert text_of(accepted(draft_of(manuscript).document)) == TEXT.replace("colour", "color").replace("dark", "night")
    assert not draft_of(manuscript).suggestions.exclude(answer="").exists()


def test_of_a_passage_that_both_changed_both_forms_stand(cast: Cast, manuscript: Manuscript) -> None:
    editor = client_for(cast.other_editor)
    suggest(manuscript, cast, TEXT.replace("colour", "color"))

    page = editor.post(at("desk", manuscript), {"base": TEXT, "text": TEXT.replace("colour", "hue")}, follow=True)

    assertContains(page, "Both are in the text")
    words = text_of(accepted(draft_of(manuscript).document))
    assert "color" in words
    assert "hue" in words


def test_a_mark_that_cannot_be_kept_is_told_and_nothing_typed_is_lost(cast: Cast, manuscript: Manuscript) -> None:
    editor = client_for(cast.editor)
    editor.get(at("desk", manuscript))
    typed = {"base": TEXT, "text": "> Words.\n>\n> — A | B | C | not an address"}

    asked = editor.post(at("desk", manuscript), typed)

    assertContains(asked, "Nothing that you typed is lost")
    assertContains(asked, "not an address")


def test_each_button_without_script(cast: Cast, manuscript: Manuscript) -> None:
    suggest(manuscript, cast, TEXT.replace("colour", "color").replace("dark", "night").replace("rain", "snow"))
    writer = client_for(cast.writer)

    answer(writer, "write", manuscript, rows(writer, at("write", manuscript))[0], "accept")
    answer(writer, "write", manuscript, rows(writer, at("write", manuscript))[0], "decline")
    answer(writer, "write", manuscript, rows(writer, at("write", manuscript))[0], "rewrite", words="late")

    assert text_of(draft_of(manuscript).document) == TEXT.replace("colour", "color").replace("dark", "late")


def test_the_box_for_other_words_is_there_without_script(cast: Cast, manuscript: Manuscript) -> None:
    suggest(manuscript, cast, TEXT.replace("dark", "night"))
    writer = client_for(cast.writer)
    [row] = rows(writer, at("write", manuscript))

    asked = writer.get(at("write", manuscript) + f"?rewrite={row.told.identity}")

    assertContains(asked, f'value="rewrite:{row.told.identity}:{row.seen}"')
    assertContains(asked, 'name="words" value="night"')


@pytest.mark.parametrize("answer", ["", "accept", "accept:", "accept:x:y", ":::::", "rewrite:all:1", "accept:all:0"])
def test_an_answer_that_says_nothing_does_nothing(cast: Cast, manuscript: Manuscript, answer: str) -> None:
    suggest(manuscript, cast, TEXT.replace("dark", "night"))

    client_for(cast.writer).post(at("write", manuscript, "answer/"), {"answer": answer})

    assert len(identities(draft_of(manuscript).document)) == 1


def test_words_that_were_not_read_are_not_accepted(cast: Cast, manuscript: Manuscript) -> None:
    """Somebody has gone on typing in the suggestion since."""
    suggest(manuscript, cast, TEXT.replace("dark", "night"))
    writer = client_for(cast.writer)
    [row] = rows(writer, at("write", manuscript))
    draft = draft_of(manuscript)
    worse = json.loads(json.dumps(draft.document).replace('"night"', '"much worse"'))
    suggesting.keep(suggesting.draft_of(manuscript), cast.editor, worse)

    asked = answer(writer, "write", manuscript, row, "accept")

    assertContains(writer.get(asked.url), "changed meanwhile")
    assert text_of(declined(draft_of(manuscript).document)) == TEXT


@pytest.mark.parametrize(("word", "left"), [("accept", "night"), ("decline", "dark")])
def test_all_are_answered_at_once(cast: Cast, manuscript: Manuscript, word: str, left: str) -> None:
    suggest(manuscript, cast, TEXT.replace("colour", "color").replace("dark", "night"))
    seen = client_for(cast.writer).get(at("write", manuscript)).context["all_seen"]

    client_for(cast.writer).post(at("write", manuscript, "answer/"), {"answer": f"{word}:all:1"})
    assert len(identities(draft_of(manuscript).document)) == 2
    client_for(cast.writer).post(at("write", manuscript, "answer/"), {"answer": f"{word}:all:{seen}"})

    assert identities(draft_of(manuscript).document) == []
    assert left in text_of(draft_of(manuscript).document)


def test_the_editor_has_no_button_to_accept_what_editors_suggest(cast: Cast, manuscript: Manuscript) -> None:
    suggest(manuscript, cast, TEXT.replace("dark", "night"))

    for editor in (cast.editor, cast.other_editor):
        client = client_for(editor)
        assertNotContains(client.get(at("desk", manuscript)), 'value="accept:')
        answer(client, "desk", manuscript, rows(client, at("desk", manuscript))[0], "accept")

    assert text_of(declined(draft_of(manuscript).document)) == TEXT


def test_remarks_are_written_answered_and_settled(cast: Cast, manuscript: Manuscript) -> None:
    editor, writer = client_for(cast.editor), client_for(cast.writer)

    editor.post(at("desk", manuscript, "remark/"), {"words": "Which kettle?", "exact": "kettle"})
    key = Remark.objects.get().key
    writer.post(at("write", manuscript, "remark/"), {"words": "My mother’s.", "about": key})
    assertContains(editor.get(at("desk", manuscript)), "My mother’s.")
    writer.post(at("write", manuscript, "remark/"), {"settled": key})

    assertContains(editor.get(at("desk", manuscript)), "Settled by Wilma Writer")


def test_an_empty_remark_is_told(cast: Cast, manuscript: Manuscript) -> None:
    asked = client_for(cast.editor).post(at("desk", manuscript, "remark/"), {"words": " "})

    assertContains(asked, "This field is required")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'{"version":1}', b"[" * 100_000, b'{"version":1,"document":1,"base":1}',
        b'{"version":1,"base":{},"document":{"type":"doc","content":[{"type":"script"}]}}',
    ],
)  # fmt: skip
def test_the_script_is_told_what_cannot_be_read(cast: Cast, manuscript: Manuscript, body: bytes) -> None:
    asked = client_for(cast.editor).post(
        at("desk", manuscript, "kept/"), body, content_type="application/json", headers={"accept": "application/json"}
    )

    assert asked.status_code == 400
    assert asked.json()["problem"]


def test_what_the_script_sends_is_kept_and_told(cast: Cast, manuscript: Manuscript) -> None:
    editor = client_for(cast.editor)
    config = editor.get(at("desk", manuscript)).context["draft_json"]
    changed = suggested(config["document"], from_notation(TEXT.replace("dark", "night")), lambda: "e1")

    asked = editor.post(
        at("desk", manuscript, "kept/"),
        {"version": config["version"], "base": config["document"], "document": changed},
        content_type="application/json",
        headers={"accept": "application/json"},
    ).json()

    assert (asked["version"], asked["document"], asked["conflicts"]) == (config["version"] + 1, changed, 0)
    assert "<del>" in asked["beside"]


def test_a_text_with_more_suggestions_takes_no_more_queries(cast: Cast, manuscript: Manuscript) -> None:
    def queries() -> int:
        client = client_for(cast.writer)
        client.get(at("write", manuscript))
        with CaptureQueriesContext(connection) as captured:
            client.get(at("write", manuscript))
        return len(captured)

    suggest(manuscript, cast, TEXT.replace("dark", "night"))
    about = suggesting.remark(draft_of(manuscript), cast.editor, "One")
    suggesting.remark(draft_of(manuscript), cast.writer, "An answer", about=about)
    few = queries()
    suggest(manuscript, cast, TEXT.replace("dark", "night").replace("colour", "color").replace("kettle", "pot"))
    for words in ("Two", "Three"):
        about = suggesting.remark(draft_of(manuscript), cast.editor, words)
        suggesting.remark(draft_of(manuscript), cast.writer, "An answer", about=about)

    assert queries() == few


def text_of(document: dict[str, Any]) -> str:
    return to_notation(check(document))


def test_of_many_suggestions_the_list_shows_some_at_a_time(cast: Cast, manuscript: Manuscript) -> None:
    long = "\n\n".join(f"Paragraph {number} was red." for number in range(60))
    suggesting.keep(suggesting.draft_of(manuscript), cast.writer, from_notation(long))
    suggest(manuscript, cast, long.replace("red", "blue"))
    writer = client_for(cast.writer)

    first = writer.get(at("write", manuscript)).context
    rest = writer.get(at("write", manuscript) + f"?from={first['later']}").context

    assert [first["number"], len(first["rows"]), len(rest["rows"])] == [60, 50, 10]
    assert (rest["earlier"], rest["later"]) == (first["rows"][0].told.identity, "")
    asked = writer.get(at("write", manuscript) + f"?from={first['later']}", headers={"accept": "application/json"})
    assert first["later"] in asked.json()["beside"]
    assert len(writer.get(at("write", manuscript) + "?from=nothing").context["rows"]) == 50


def test_a_huge_text_is_refused_in_words(cast: Cast, manuscript: Manuscript) -> None:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "x" * 100_000}]}
    document = {"type": "doc", "content": [paragraph] * 39}
    given = {"version": 1, "base": {"type": "doc", "content": []}, "document": document}

    asked = client_for(cast.writer).post(at("write", manuscript, "kept/"), given, content_type="application/json")

    assert (asked.status_code, asked.json()["problem"]) == (400, "This text is too long for one story.")
    assert accepted(draft_of(manuscript).document) == from_notation(TEXT)


def test_all_are_not_answered_once_somebody_else_suggested_more(cast: Cast, manuscript: Manuscript) -> None:
    suggest(manuscript, cast, TEXT.replace("colour", "color").replace("dark", "night"))
    writer = client_for(cast.writer)
    seen = writer.get(at("write", manuscript)).context["all_seen"]
    suggesting.suggest(
        draft_of(manuscript), cast.writer, from_notation(f"{text_of(accepted(draft_of(manuscript).document))}!")
    )
    assert writer.get(at("write", manuscript)).context["all_seen"] == seen

    suggest(manuscript, cast, TEXT.replace("colour", "color").replace("dark", "noon"))
    writer.post(at("write", manuscript, "answer/"), {"answer": f"accept:all:{seen}"})

    assert identities(draft_of(manuscript).document)


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("the [colour](https://colour.example/) of", "“colour” would lead to https://colour.example/"),
        ("the *colour* of", "“colour”: only how it stands would change"),
    ],
)
def test_what_changes_no_word_is_said_in_words(cast: Cast, manuscript: Manuscript, instead: str, said: str) -> None:
    suggest(manuscript, cast, TEXT.replace("the colour of", instead))

    page = client_for(cast.writer).get(at("write", manuscript)).content.decode()

    assert said in page.replace("colour ”", "colour”")
