"""Another name in the place of every form of one, and no other word changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.documents.passages import Passage, Span, kept, passages, replaced
from hearthpress.documents.renaming import initials, new_forms, renamed, renamed_slug
from hearthpress.documents.schema import check
from tests.documents.strategies import DOCUMENTS

ANNA = new_forms("Anna Miller", ["Anna Miller", "Anna", "Miller"], "A. M.")
JAMES = new_forms("James", ["James"], "Bo")


def told(text: str, forms: dict[str, str]) -> str:
    return kept(text, 0, renamed([Passage("x", text)], forms).get("x", []))


@pytest.mark.parametrize(
    ("name", "short"), [("Anna", "A."), ("Anna Miller", "A. M."), ("Ana de la Cruz", "A. C."), ("Bo-ra", "B.")]
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Anna Miller rang. Anna wept; Miller did not.", "A. M. rang. A. wept; M. did not."),
        ("It was Anna’s, not Miller's.", "It was A.’s, not M.'s."),
        ("I rang Anna.", "I rang A."),
        ("‘Anna’ she said, ‘Anna’.", "‘A.’ she said, ‘A.’."),
        ("'Anna' and “Anna,” I said", "'A.' and “A.,” I said"),
        (
            "ANNA! Annabel, Anna-Lena, Lena-Anna, Hannah, an Anna-shaped hole",
            "A.! Annabel, Anna-Lena, Lena-Anna, Hannah, an A.-shaped hole",
        ),
        ("Anna\u00a0Miller and anna", "A. M. and anna"),
    ],
)
def test_every_form_and_no_other_word(text: str, after: str) -> None:
    assert told(text, ANNA) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("James’ coat, James’s hat", "Bo’s coat, Bo’s hat"),
        ("‘James’ he said", "‘Bo’ he said"),
        ("Was it James?", "Was it Bo?"),
    ],
)
def test_a_possessive_stays_one(text: str, after: str) -> None:
    assert told(text, JAMES) == after


@pytest.mark.parametrize(
    ("shown", "after"), [("Bella Stone", "Bella Stone: Bella, Stone"), ("Bella", "Bella: Bella, Bella")]
)
def test_a_changed_name_stands_for_all_forms(shown: str, after: str) -> None:
    forms = new_forms("Anna Miller", ["Anna Miller", "Anna", "Miller"], shown)

    assert told("Anna Miller: Anna, Miller", forms) == after


def test_a_web_address_is_renamed_word_by_word() -> None:
    assert renamed_slug("anna-miller-and-annabel", ANNA) == "a-m-and-annabel"
    assert renamed_slug("anna-anna-and-miller-miller", ANNA) == "a-a-and-m-m"
    assert renamed_slug("anna-miller", new_forms("Anna Miller", ["Anna Miller", "Anna"], "Anna Stone")) == "anna-stone"
    assert renamed_slug("the-kettle", new_forms("安娜", ["安娜"], "A.")) == "the-kettle"


def test_a_name_of_which_half_is_in_italics_is_replaced_whole() -> None:
    marked = {"type": "text", "text": "Mill", "marks": [{"type": "em"}]}
    nodes = [{"type": "text", "text": "I rang Anna "}, marked, {"type": "text", "text": "er twice."}]
    document = {"type": "doc", "content": [{"type": "paragraph", "content": nodes}]}

    after = replaced(document, renamed(passages(document), ANNA))

    assert [passage.text for passage in passages(after)] == ["I rang A. M. twice."]


def test_a_name_in_a_picture_within_the_text_and_before_a_hard_passage_is_replaced() -> None:
    words = {"type": "paragraph", "content": [{"type": "text", "text": "Anna slept."}]}
    picture = {"sha256": "a" * 64, "alt": "Anna, asleep.", "caption": "Anna", "credit": "Anna Miller"}
    gentle = {"type": "gentle", "attrs": {"says": "Anna’s illness"}, "content": [words]}
    document = check({"type": "doc", "content": [{"type": "figure", "attrs": picture}, gentle]})

    after = replaced(document, renamed(passages(document), ANNA))

    assert "Anna" not in str(after)
    assert check(after) == after


@given(DOCUMENTS)
def test_a_document_without_the_name_is_the_same(document: dict[str, object]) -> None:
    assert replaced(document, renamed(passages(document), {"Zzyx": "Z."})) == document


@given(DOCUMENTS, st.integers(0, 20))
def test_only_the_passage_that_is_meant_changes(document: dict[str, object], which: int) -> None:
    before = {passage.place: passage.text for passage in passages(document) if passage.text}
    if not before:
        return
    place = sorted(before)[which % len(before)]

    after = replaced(document, {place: [Span(0, len(before[place]), "Changed.")]})

    assert {p.place: p.text for p in passages(after) if p.text} == {**before, place: "Changed."}
