from typing import Any

import pytest
from hypothesis import given, settings

from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.plain import plain_text
from hearthpress.documents.schema import BadDocument, check
from tests.documents.strategies import DRAFTS, MANUSCRIPTS

EXAMPLE = r"""A paragraph, with *emphasis*, **strong words** and [a link](https://www.example.com/).
The next line, and https://www.example.com/bare_address.

## A heading

- an item
- another
  on two lines

1. first
2. second

> Words said elsewhere.
>
> — Ann Lee | Instagram | 2026-10-01 | https://www.example.com/p/1 | asked by e-mail

RELATED: The title {k3y}

\# no heading, 2 \* 3

PICTURE: 000000000000000000000000000000000000000000000000000000000000c0de | a kettle \| a cup | Ours. | Ann Lee

* * *

GENTLE: the loss of a child

## The ward

> Said there.

GENTLE END

-- The magazine
--
-- A closing note."""


@settings(max_examples=1_000)
@given(DRAFTS)
def test_every_document_comes_back_as_it_was(draft: dict[str, Any]) -> None:
    assert from_notation(to_notation(draft)) == check(draft)


@settings(max_examples=100)
@given(MANUSCRIPTS)
def test_whatever_is_typed_is_read_and_stays_the_same(text: str) -> None:
    document = from_notation(text)

    assert check(document) == document
    assert from_notation(to_notation(document)) == document


def test_example_is_written_as_it_was_read() -> None:
    assert to_notation(from_notation(EXAMPLE)) == EXAMPLE


def test_example_has_every_kind_of_block() -> None:
    blocks = from_notation(EXAMPLE)["content"]

    assert [block["type"] for block in blocks] == [
        "paragraph", "heading", "bullet_list", "ordered_list", "quote", "related", "paragraph", "figure",
        "scene_break", "gentle", "signature",
    ]  # fmt: skip
    assert blocks[4]["attrs"] == {
        "speaker": "Ann Lee",
        "source": "Instagram",
        "date": "2026-10-01",
        "permalink": "https://www.example.com/p/1",
        "permission": "asked by e-mail",
    }
    assert blocks[5]["attrs"] == {"title": "The title", "story": "k3y"}
    assert blocks[7]["attrs"] == {
        "sha256": "c0de".zfill(64), "alt": "a kettle | a cup", "caption": "Ours.", "credit": "Ann Lee",
    }  # fmt: skip
    assert blocks[9]["attrs"] == {"says": "the loss of a child"}
    assert [block["type"] for block in blocks[9]["content"]] == ["heading", "quote"]


def test_text_as_people_type_it_is_read() -> None:
    typed = "A list:\n- one\n- two\n\n## Head\nWords\n> Said.\n> — | Twitter\nAfter"

    blocks = from_notation(typed)["content"]

    assert [block["type"] for block in blocks] == [
        "paragraph", "bullet_list", "heading", "paragraph", "quote", "paragraph",
    ]  # fmt: skip
    assert (blocks[4]["attrs"]["speaker"], blocks[4]["attrs"]["source"]) == ("", "Twitter")


@pytest.mark.parametrize(
    "typed",
    [
        "> Said.\n> — Ann | | | not an address",
        "RELATED: " + "a" * 301,
        "PICTURE: the one with the kettle",
        f"PICTURE: {'0' * 64} | {'a' * 401}",
        "GENTLE: a loss\n\nWords",
        "Words\n\nGENTLE END",
        "GENTLE: a loss\n\nGENTLE: another\n\nWords\n\nGENTLE END",
        "GENTLE: a loss\n\nRELATED: A title\n\nGENTLE END",
        "GENTLE: a loss\n\n-- Ours\n\nGENTLE END",
        f"GENTLE: {'a' * 121}\n\nWords\n\nGENTLE END",
    ],
)
def test_what_cannot_be_kept_is_refused(typed: str) -> None:
    with pytest.raises(BadDocument):
        from_notation(typed)


@pytest.mark.parametrize("typed", ["***", "* * *", "****", "before\n***\nafter"])
def test_stars_alone_on_a_line_part_two_scenes(typed: str) -> None:
    assert {"type": "scene_break"} in from_notation(typed)["content"]


@pytest.mark.parametrize(
    "typed", ["Picture: my sister and I.", "Gentle: that was he.", "* *", "A line with * * * in it"]
)
def test_words_that_only_look_like_marks_stay_words(typed: str) -> None:
    assert plain_text(from_notation(typed)).split() == typed.removeprefix("* ").split()
