"""A text without what says who wrote it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.documents.manuscript import parse_manuscript
from hearthpress.documents.notation import from_notation
from hearthpress.documents.plain import plain_text
from hearthpress.documents.redaction import Labels, Redactor, fold, handles
from hearthpress.documents.schema import check

LABELS = Labels("[name]", "[link]", "[about the writer]")
NAMES = ["Wilma Writer-Öztürk", "Ada Quill", "A Grieving Mother", "Maeve O’Hara"]


def hidden(text: str, *names: str, tokens: tuple[str, ...] = ()) -> str:
    return Redactor(names or NAMES, tokens, LABELS).words(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("I am Ada Quill.", "I am [name]."),
        ("ADA QUILL, they called me", "[name], they called me"),
        ("ada and Quill’s kettle", "[name] and [name]’s kettle"),
        ("the Quills’ door, Adas Haus", "the [name]s’ door, [name]s Haus"),
        ("Oztürk, ÖZTÜRK, oztu\u0308rk", "[name], [name], [name]"),
        ("Wilma-Writer and wilma.writer", "[name] and [name]"),
        ("she said Ada\u200b Quill", "she said [name]"),
        ("call me iamadaquill2", "call me [name]"),
        ("Mozturk, ozturkish", "Mozturk, ozturkish"),
        ("Maeve O'Hara, Mrs O’Hara, hara", "[name], Mrs [name], [name]"),
        ("Adamant. The quilled pen.", "Adamant. The quilled pen."),
        ("My mother, grieving, wrote", "My mother, grieving, wrote"),
        ("signed a grieving mother", "signed [name]"),
        ("Mother was grieving", "[name] was grieving"),
    ],
)
def test_names_are_hidden_whole_and_word_by_word(text: str, read: str) -> None:
    assert hidden(text) == read


def test_a_long_name_is_found_inside_of_other_words() -> None:
    assert hidden("iamvanterpools and vanterpool_pots", "T Vanterpool") == "[name] and [name]"


def test_one_name_of_every_day_is_hidden_where_it_is_a_name() -> None:
    assert hidden("I hope Hope comes. It will, Will.", "Hope Will") == "I hope [name] comes. It will, [name]."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("山田 太郎", "私は山田太郎です。太郎は"),
        ("김민수", "김민수가 왔다"),
        ("Ольга Ким", "Меня зовут Ольга, ольга ким."),
    ],
)
def test_names_in_other_scripts_are_hidden(name: str, text: str) -> None:
    read = hidden(text, name)

    assert "[name]" in read
    assert not any(part in read for part in name.split())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("See https://quill.example/a?b=c.", "See [link]."),
        ("(see www.quill.example)", "(see [link])"),
        ("at quill.co.uk/blog, or", "at [link], or"),
        ("QUILL.COM says", "[link] says"),
        ("write to ada@quill.example!", "write to [link]!"),
        ("I am @quill_ada and @a.q@social.example", "I am [link] and [link]"),
        ("The kettle.It was on. At 3.30 p.m. she rang.", "The kettle.It was on. At 3.30 p.m. she rang."),
        ("3 @ 5 dollars", "3 @ 5 dollars"),
    ],
)
def test_addresses_are_hidden_whoever_they_belong_to(text: str, read: str) -> None:
    assert hidden(text, "Nobody Else") == read


def test_a_handle_is_hidden_where_it_stands_without_its_sign() -> None:
    tokens = tuple(handles("I am @kettledays. https://instagram.com/potsandpans/, https://news.example/hour"))

    assert tokens == ("kettledays", "potsandpans")
    assert hidden("As Kettledays, an hour, or potsandpans", "No One", tokens=tokens) == "As [name], an hour, or [name]"


def document(source: str) -> Any:
    return parse_manuscript(source).document


def test_a_name_that_is_half_in_italics_is_hidden() -> None:
    text = {"type": "text", "text": "illa said, Ada Qu"}
    nodes = [{"type": "text", "text": "V", "marks": [{"type": "em"}]}, text]
    nodes.append({"type": "text", "text": "ill rang.", "marks": [{"type": "strong"}]})

    read = Redactor(["Villa", "Ada Quill"], (), LABELS).document({"type": "doc", "content": [paragraph(*nodes)]})

    assert plain_text(read) == "[name] said, [name] rang."


def paragraph(*nodes: Any) -> Any:
    return {"type": "paragraph", "content": list(nodes)}


def test_links_become_words_and_quotes_and_related_lines_lead_nowhere() -> None:
    link = {"type": "link", "attrs": {"href": "https://quill.example/"}}
    attrs = {"speaker": "Ada Quill", "source": "Instagram", "date": "", "permission": "hers"}
    attrs["permalink"] = "https://social.example/quill"
    blocks = [
        paragraph({"type": "text", "text": "my page", "marks": [link]}),
        {"type": "quote", "attrs": attrs, "content": [paragraph({"type": "text", "text": "I, Ada."})]},
        {"type": "related", "attrs": {"title": "Ada Quill at home", "story": "abc"}},
        paragraph({"type": "text", "text": "The end."}),
    ]

    read = Redactor(["Ada Quill"], (), LABELS).document(check({"type": "doc", "content": blocks}))

    assert not any(word in str(read).casefold() for word in ("quill", "ada", "href", "hers", "abc"))
    assert "my page" in plain_text(read)
    assert check(read) == read


@pytest.mark.parametrize("closing", ["Ada Quill lives in Leeds and makes pots.", "ADA QUILL. Potter."])
def test_the_note_about_the_writer_at_the_end_is_hidden(closing: str) -> None:
    read = Redactor(NAMES, (), LABELS).document(document(f"The kettle was on.\n\n{closing}"))

    assert plain_text(read) == "The kettle was on.\n\n[about the writer]"


def test_names_in_a_passage_that_can_be_skipped_are_hidden_and_pictures_go() -> None:
    typed = f"""GENTLE: how Ada Quill lost her son

> I am Ada Quill.
> — Ada Quill | @adaquill | | https://www.example.com/ada

PICTURE: {"0" * 64} | Ada Quill | Ada Quill | Ada Quill

GENTLE END

* * *

Words."""

    read = Redactor(NAMES, (), LABELS).document(from_notation(typed))

    (passage, _break, _words) = read["content"]
    assert passage["attrs"] == {"says": "how [name] lost her son"}
    assert [block["type"] for block in passage["content"]] == ["quote"]
    assert "Quill" not in json.dumps(read)
    assert check(read) == read


def test_the_note_about_the_writer_is_found_before_a_last_scene_break() -> None:
    typed = "Words.\n\nAda Quill lives in Leeds.\n\n* * *"

    read = Redactor(NAMES, (), LABELS).document(from_notation(typed))

    assert plain_text(read) == "Words.\n\n[about the writer]"


def test_a_signature_is_hidden() -> None:
    closing = {"type": "signature", "content": [paragraph({"type": "text", "text": "The kettle man of Leeds."})]}
    blocks = [paragraph({"type": "text", "text": "One."}), closing]

    assert plain_text(Redactor(NAMES, (), LABELS).document({"type": "doc", "content": blocks})) == "One."


@given(st.text(max_size=200), st.sampled_from(["ada quill", "Ada", "QUILL", "öztürk", "A Grieving Mother"]))
def test_no_name_stays_wherever_it_stands(around: str, name: str) -> None:
    read = fold(hidden(f"{around} {name} {around}"))[0]

    assert f" {fold(name)[0]} " not in read


@given(st.text(max_size=300))
def test_what_is_hidden_stays_hidden_and_nothing_else_goes(text: str) -> None:
    redactor = Redactor(["Zyx Wvu"], (), LABELS)

    read = redactor.words(text)

    assert redactor.words(read) == read
    if "[" not in read:
        assert read == text


@pytest.mark.parametrize("text", ["a" * 200_000, "a." * 100_000, "@" * 100_000, "Ada " * 50_000, "-" * 200_000])
def test_long_nonsense_is_read_to_its_end(text: str) -> None:
    assert hidden(text)
