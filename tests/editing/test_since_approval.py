"""A changed character needs a new yes, and the sentence says which one it is."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.editing.since_approval import changes_in_words, since_approval
from tests.documents.strategies import DOCUMENTS
from tests.factories import Cast, edited, make_approved, make_manuscript

PICTURE = {"sha256": "a" * 64, "alt": "A room", "caption": "The room", "credit": "Photo: W."}
SHA = "c0de".zfill(64)
TEXT = """It was dark.

## The hour

The colour of [the cup](https://www.example.com/) was *blue*, and I kept it.

> The water held me.
>
> — Ada | Instagram

RELATED: The Coat {abc}"""


def content(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    around = {"headline": "The Cup", "standfirst": "", "slug": "the-cup", "section": "keeping", "byline": "W. Writer"}
    more = {"content_note": "", "subjects": [], "picture": PICTURE}
    return {**around, **more, "document": from_notation(text), **changes}


@pytest.mark.parametrize(
    ("old", "new", "phrases"),
    [
        ("colour", "color", ["“colour” became “color” in paragraph 2"]),
        ("was dark.", "was dark!", ["“dark.” became “dark!” in paragraph 1"]),
        ("was dark.", "was dark", ["“dark.” became “dark” in paragraph 1"]),
        ("It was", "… It was", ["“…” was put into paragraph 1"]),
        ("It was", "It – was", ["“It” became “It –” in paragraph 1"]),
        ("was dark", "was very dark", ["“very” was put into paragraph 1"]),
        ("*blue*, and", "*blue* and", ["“blue,” became “blue” in paragraph 2"]),
        ("and I kept", "I kept", ["“and” was taken out of paragraph 2"]),
        ("It was", "It\u00a0was", ["the spacing changed in paragraph 1"]),
        ("The hour", "An hour", ["“The” became “An” in a heading"]),
        ("held me", "held us", ["“me” became “us” in a quote"]),
        ("*blue*", "blue", ["what leans or is strong changed in paragraph 2"]),
        ("*blue*", "*green*", ["“blue” became “green” in paragraph 2"]),
        ("example.com/", "example.org/", ["where a link leads changed in paragraph 2"]),
        ("Instagram", "a letter", ["what belongs to a quote beside its words changed"]),
        ("{abc}", "{xyz}", ["what belongs to a line to another story beside its words changed"]),
        ("It was dark.\n\n", "", ["the passage “It was dark.” was taken out"]),
        ("## The", "A new one.\n\n## The", ["paragraph 2 is new (“A new one.”)"]),
        ("## The", "* * *\n\n## The", ["a scene break is new (“* * *”)"]),
        ("## The", f"PICTURE: {SHA} | A lake\n\n## The", ["a picture within the text is new (“A lake”)"]),
        ("It was dark.", "GENTLE: a loss\n\nIt was dark.\n\nGENTLE END", ["how readers can skip paragraph 1 changed"]),
    ],
)
def test_each_change_of_the_text_is_named(old: str, new: str, phrases: list[str]) -> None:
    assert old in TEXT
    assert changes_in_words(content(), content(TEXT.replace(old, new))) == phrases


@pytest.mark.parametrize(
    ("name", "value", "phrase"),
    [
        ("headline", "The Cups", "the headline changed"),
        ("standfirst", "An hour.", "the standfirst changed"),
        ("slug", "a-cup", "the web address changed"),
        ("section", "grieving", "the section changed"),
        ("byline", "Wilma", "the name that it is signed with changed"),
        ("content_note", "It speaks of a loss.", "the content note changed"),
        ("subjects", ["loss"], "the subjects changed"),
        ("picture", None, "the picture changed"),
        ("picture", {**PICTURE, "sha256": "b" * 64, "alt": "A hall"}, "the picture changed"),
        ("picture", {**PICTURE, "alt": "A hall"}, "the picture’s description changed"),
        ("picture", {**PICTURE, "caption": "The hall"}, "the picture’s caption changed"),
        ("picture", {**PICTURE, "credit": "Photo: X."}, "the picture’s credit changed"),
    ],
)
def test_each_change_around_the_text_is_named(name: str, value: Any, phrase: str) -> None:
    assert changes_in_words(content(), content(**{name: value})) == [phrase]


def test_many_changes_are_counted_and_those_around_the_text_named_all_the_same() -> None:
    old, new = ("\n\n".join(f"Line {number} is {word}." for number in range(9)) for word in ("dark", "light"))

    phrases = changes_in_words(content(old), content(new, headline="The Cups"))

    assert phrases[:3] == [f"“dark” became “light” in paragraph {number}" for number in (1, 2, 3)]
    assert phrases[3:] == ["6 more changes in the text", "the headline changed"]


def test_long_changes_are_not_quoted_whole() -> None:
    longer = " and ".join(["so on"] * 40)

    phrases = changes_in_words(content("It was dark. The end."), content(f"It was dark {longer}. The end."))

    assert phrases == ["a longer part of paragraph 1 changed"]


@given(DOCUMENTS, DOCUMENTS)
def test_two_texts_that_are_not_the_same_are_never_said_to_be(old: dict[str, Any], new: dict[str, Any]) -> None:
    phrases = changes_in_words(content(document=old), content(document=new))

    assert phrases
    assert (phrases == ["something beside the words changed"]) == (old == new)


@given(DOCUMENTS, st.data())
def test_a_single_character_is_always_named(document: dict[str, Any], data: st.DataObject) -> None:
    """Whichever text node it is in: the phrase is not the one for what could not be told."""
    changed = copy.deepcopy(document)
    nodes = list(_texts(changed))
    if not nodes:
        return
    node = data.draw(st.sampled_from(nodes))
    node["text"] += "x"

    assert "something beside the words changed" not in changes_in_words(
        content(document=document), content(document=changed)
    )


def _texts(node: dict[str, Any]) -> list[dict[str, Any]]:
    if node["type"] == "text":
        return [node]
    return [text for child in node.get("content", []) for text in _texts(child)]


def _untouched(manuscript: Manuscript, cast: Cast) -> None:
    """As it was approved."""


def _approved_anew(manuscript: Manuscript, cast: Cast) -> None:
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another"))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)


@pytest.mark.django_db
@pytest.mark.parametrize("then", [_untouched, _approved_anew])
def test_a_text_that_is_approved_differs_from_nothing(cast: Cast, then: Callable[[Manuscript, Cast], None]) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    then(manuscript, cast)

    assert since_approval(manuscript) is None


@pytest.mark.django_db
def test_a_text_that_was_never_approved_differs_from_nothing(cast: Cast) -> None:
    assert since_approval(make_manuscript(cast.writer, cast.editor, cast.call)) is None


@pytest.mark.django_db
def test_changes_add_up_from_the_version_that_was_approved(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another"))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.ask_for_change(manuscript, cast.writer, "And a standfirst.")
    editing.save(manuscript, cast.editor, edited(manuscript, standfirst="An hour."))

    since = since_approval(manuscript)

    assert since is not None
    assert since.approval.revision.number == 2
    assert since.said == "the headline changed, and the standfirst changed"


@pytest.mark.django_db
def test_a_text_that_reads_so_again_has_no_change_and_no_yes(cast: Cast) -> None:
    manuscript = make_approved(cast.writer, cast.editor, cast.call)
    approved = manuscript.revision.content
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Another"))
    editing.save(manuscript, cast.editor, approved)

    since = since_approval(manuscript)

    assert (since.changes, manuscript.approval, manuscript.state) == ([], None, "editing")
