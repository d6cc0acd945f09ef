from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents.html import render
from hearthpress.documents.manuscript import Answer, Parsed, apply_guesses, parse_file, parse_manuscript
from hearthpress.documents.plain import block_text, plain_text
from hearthpress.documents.schema import check
from hearthpress.documents.text import clean, squeezed
from tests.documents.strategies import MANUSCRIPTS

DATA = Path(__file__).parent / "data"
STORY = (DATA / "a-story-of-this-shape.txt").read_text(encoding="utf-8")
SAMPLE = Path(__file__).parents[2] / "hearthpress" / "sample" / "content"

# How each quote begins, its speaker, its source, and whether both are certain. Each speaker is named only in an earlier
# paragraph, and so is every source but that of the tweet.
EXPECTED_QUOTES = [
    ("“We are quieter than", "Odette Marlowe", "Instagram", "guess"),
    ("“For our Wren—I’m sorry", "Odette Marlowe", "Instagram", "guess"),
    ("Following her Instagram post, she tweeted, “Came home", "Odette Marlowe", "Twitter", "guess"),
    ("“We are thankful for", "Odette Marlowe", "Instagram", "guess"),
]
EXPECTED_RELATED = ["What the Clinic Letters Never Say", "There is More Than One Way To Say His Name"]
EXPECTED_MARKERS = ("RELATED:", "RELATED:")


def answered(parsed: Parsed, *, yes: bool) -> dict[str, Answer]:
    return {guess.key: Answer(yes) for guess in parsed.guesses}


def assert_no_word_is_lost(source: str, parsed: Parsed, document: dict[str, Any]) -> None:
    """The document's words are the source's, in order; only white space and the listed markers are gone."""
    given_characters, kept = squeezed(clean(source)), squeezed(plain_text(document))
    assert Counter(given_characters) == Counter(kept) + Counter(squeezed("".join(parsed.markers)))
    remaining = iter(given_characters)
    assert all(character in remaining for character in kept)


def kinds(source: str) -> list[str]:
    return [block["type"] for block in parse_manuscript(source).document["content"]]


def test_story_gives_each_expected_quote() -> None:
    quotes = parse_manuscript(STORY).as_json()["quotes"]

    assert len(quotes) == len(EXPECTED_QUOTES)
    for quote, (beginning, speaker, source, certainty) in zip(quotes, EXPECTED_QUOTES, strict=True):
        assert quote["words"].startswith(beginning)
        assert (quote["speaker"], quote["source"], quote["certainty"]) == (speaker, source, certainty)


def test_story_gives_its_related_lines_signature_and_markers() -> None:
    parsed = parse_manuscript(STORY)
    read = parsed.as_json()

    assert read["related"] == EXPECTED_RELATED
    assert read["signature"]["certainty"] == "guess"
    assert read["signature"]["words"].startswith("The Long Table\n\nLetters from kitchens")
    assert parsed.markers == EXPECTED_MARKERS


def test_story_without_answers_holds_only_what_is_certain() -> None:
    parsed = parse_manuscript(STORY)

    assert {block["type"] for block in apply_guesses(parsed, {})["content"]} == {"paragraph", "related"}


def test_story_with_answers_has_quotes_and_signature() -> None:
    parsed = parse_manuscript(STORY)
    answers = answered(parsed, yes=True)
    answers[parsed.guesses[0].key] = Answer(yes=True, speaker="Odette", source="her own page")

    document = apply_guesses(parsed, answers)

    quotes = [block for block in document["content"] if block["type"] == "quote"]
    assert [(quote["attrs"]["speaker"], quote["attrs"]["source"]) for quote in quotes] == [
        ("Odette", "her own page"),
        ("Odette Marlowe", "Instagram"),
        ("Odette Marlowe", "Twitter"),
        ("Odette Marlowe", "Instagram"),
    ]
    assert document["content"][-1]["type"] == "signature"
    assert len(document["content"][-1]["content"]) == 2
    assert_no_word_is_lost(STORY, parsed, document)


def test_story_links_the_address_with_all_its_slashes() -> None:
    paragraph = parse_manuscript(STORY).document["content"][-1]

    href = "https://www.example.com/contact-us/write-for-us//"
    assert paragraph["content"][-1] == {
        "type": "text",
        "text": href,
        "marks": [{"type": "link", "attrs": {"href": href}}],
    }


def test_guess_keeps_its_key_when_the_text_around_it_changes() -> None:
    edited = "An opening that was added later.\n\n" + STORY.replace("left a light on", "left the light on")

    keys = {guess.key for guess in parse_manuscript(edited).guesses}

    assert keys == {guess.key for guess in parse_manuscript(STORY).guesses}


def test_guesses_about_the_same_words_have_their_own_keys() -> None:
    twice = "Ann Lee wrote this post on Facebook.\n\n" + "“We shall go on as we always went on.”\n\n" * 2
    parsed = parse_manuscript(twice)
    first, second = parsed.guesses

    document = apply_guesses(parsed, {second.key: Answer(yes=True)})

    assert [block["type"] for block in document["content"]] == ["paragraph", "paragraph", "quote"]
    assert first.key != second.key


@settings(max_examples=100)
@given(MANUSCRIPTS, st.booleans())
def test_no_word_is_lost_whatever_is_pasted_and_answered(source: str, yes: bool) -> None:
    parsed = parse_manuscript(source)
    document = apply_guesses(parsed, answered(parsed, yes=yes))

    assert_no_word_is_lost(source, parsed, document)
    assert check(document) == document
    assert check(parsed.document) == parsed.document


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("s*/*.md")), ids=lambda path: path.stem)
def test_no_word_of_a_sample_text_is_lost(path: Path) -> None:
    source = path.read_text(encoding="utf-8").split("+++\n", 2)[-1]
    parsed = parse_manuscript(source)

    assert_no_word_is_lost(source, parsed, apply_guesses(parsed, answered(parsed, yes=True)))


def test_dialogue_in_the_sample_memoirs_is_never_a_quote() -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(SAMPLE.glob("s*/*.md")):
        parsed = parse_manuscript(path.read_text(encoding="utf-8").split("+++\n", 2)[-1])
        found |= (
            {path.stem: [(reading.speaker, reading.source) for reading in parsed.readings]} if parsed.readings else {}
        )

    # The two marked with "> " in the stories, and the four of the story about a post.
    vale = "Corinna Vale"
    assert found == {
        "13-the-room-with-two-chairs": [("Delphine Arkwright", "Instagram")],
        "29-we-closed-the-file": [("Jo Quill", "Twitter")],
        "the-post-we-all-read-twice": [
            (vale, "Instagram"),
            (vale, "Instagram"),
            (vale, "Twitter"),
            (vale, "Instagram"),
        ],
    }


@pytest.mark.parametrize(
    ("source", "speaker", "place"),
    [
        ("“I would do the whole of it again tomorrow,” Ann Lee wrote on Instagram.", "Ann Lee", "Instagram"),
        ("“I would do the whole of it again,” wrote Ann Lee in a Facebook post.", "Ann Lee", "Facebook"),
        ("Ann Lee tweeted, “I would do the whole of it again tomorrow.”", "Ann Lee", "Twitter"),
        ('"I would do the whole of it again," Ann Lee said in an interview.', "Ann Lee", "an interview"),
        ("“I would do the whole of it again,” Ann Lee posted on X.", "Ann Lee", "X"),
    ],
)
def test_quote_is_certain_when_its_paragraph_names_both(source: str, speaker: str, place: str) -> None:
    parsed = parse_manuscript(source)

    (quote,) = parsed.document["content"]
    assert (quote["type"], quote["attrs"]["speaker"], quote["attrs"]["source"]) == ("quote", speaker, place)
    assert block_text(quote) == source
    assert parsed.guesses == []


@pytest.mark.parametrize(
    "source",
    [
        "Ann Lee shared a post on Instagram.\n\nThey had been calling him “Jack.”",
        "Ann Lee shared a post on Instagram.\n\nShe calls it “The Long Way Round” and smiles.",
        "“You don’t,” he said. “It left.”",
        "Ann Lee wrote it on Facebook.\n\nI, as it is, had by then “put a pot on and gone in it,” he wrote to me.",
        "“I saw the whole of it on Instagram last night,” said my aunt.",
        "Ann Lee shared a post on Facebook.\n\n“I never read it,” my aunt said.\n\n“Nor do I ever mean to, so there.”",
    ],
)
def test_names_titles_and_talk_are_no_quotes(source: str) -> None:
    assert parse_manuscript(source).readings == ()


def test_marked_quote_is_a_quote_and_its_speaker_is_asked_for() -> None:
    parsed = parse_manuscript("A hymn we had:\n\n> Abide with me,\n> fast falls the eventide.\n>\n> Amen.")

    quote = parsed.document["content"][1]
    (guess,) = parsed.guesses
    assert (quote["type"], len(quote["content"])) == ("quote", 2)
    assert (quote["attrs"]["speaker"], guess.speaker, guess.source) == ("", "", "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# One\n\n### Two", ["heading", "heading"]),
        ("#hashtag", ["paragraph"]),
        ("- a\n- b\n\n- c", ["bullet_list"]),
        ("- a dash alone", ["paragraph"]),
        ("1. a\n2. b", ["ordered_list"]),
        ("2. a\n3. b", ["paragraph"]),
        ("7. It was a Sunday.", ["paragraph"]),
        ("Related: A Title", ["related"]),
        ("related - A Title", ["paragraph"]),
        ("RELATED:", ["paragraph"]),
        ("Words.\n\n-- \nThe Long Table\nWe pay.", ["paragraph", "signature"]),
        ("Words.\n\n— Ann Lee", ["paragraph", "signature"]),
        ("Words.\n\n— And then he left.", ["paragraph", "paragraph"]),
        ("* * *", ["paragraph"]),
        ("***\n\na\n\n***", ["paragraph", "paragraph", "paragraph"]),
        ("a\n\n* * *\n\nb", ["paragraph", "scene_break", "paragraph"]),
        ("a\n***\nb", ["paragraph", "scene_break", "paragraph"]),
        ("a\n\n#\n\nb", ["paragraph", "scene_break", "paragraph"]),
        ("a\n\n—\n\nb", ["paragraph", "scene_break", "paragraph"]),
        ("a\n\n- - -\n\nb", ["paragraph", "scene_break", "paragraph"]),
        ("a\n\n⁂\n\nb", ["paragraph", "scene_break", "paragraph"]),
        ("a\n#\nb", ["paragraph"]),
        ("a\n---\nb", ["paragraph"]),
        ("a\n\n…\n\nb", ["paragraph", "paragraph", "paragraph"]),
        ("a\n\n👩‍👧\n\nb", ["paragraph", "paragraph", "paragraph"]),
        (">", ["paragraph"]),
        ("", []),
        (" \n\t\n\x00", []),
    ],
)
def test_only_certain_markers_become_structure(source: str, expected: list[str]) -> None:
    assert kinds(source) == expected
    assert_no_word_is_lost(source, parse_manuscript(source), parse_manuscript(source).document)


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("*a word*", [{"type": "em"}]),
        ("_a word_", [{"type": "em"}]),
        ("**a word**", [{"type": "strong"}]),
        ("***a word***", [{"type": "em"}, {"type": "strong"}]),
        ("[a word](https://www.example.com/x)", [{"type": "link", "attrs": {"href": "https://www.example.com/x"}}]),
    ],
)
def test_marks_are_read_from_their_markers(source: str, marks: list[dict[str, Any]]) -> None:
    (paragraph,) = parse_manuscript(source).document["content"]

    assert paragraph["content"] == [{"type": "text", "text": "a word", "marks": marks}]


@pytest.mark.parametrize(
    "source",
    [
        "2*3*4",
        "2*3* and",
        "sh*t and d*mn",
        "a_snake_case",
        "*never closed",
        "[x](javascript:alert)",
        "[x](data:text/html,y)",
        "[x](//example.com)",
        "https://",
        "https://user@example.com/",
    ],
)
def test_what_is_no_marker_stays_as_it_was_typed(source: str) -> None:
    parsed = parse_manuscript(source)

    assert parsed.document["content"] == [{"type": "paragraph", "content": [{"type": "text", "text": source}]}]
    assert parsed.markers == ()


def test_pasted_script_stays_visible_as_words() -> None:
    source = '<script>alert("x")</script> and [run](javascript:alert(1))'

    document = parse_manuscript(source).document

    assert plain_text(document) == source
    assert "<script" not in render(document, {})
    assert "<a" not in render(document, {})


def test_control_characters_go_and_right_to_left_and_emoji_stay() -> None:
    parsed = parse_manuscript("\ufeffשלום\x00 عالم 👩‍👧 \ud83d\ude00 \ud800\r\nend\x07.")

    assert plain_text(parsed.document) == "שלום عالم 👩‍👧 😀\nend."


def test_lines_wrapped_by_a_program_are_one_paragraph_and_a_poem_keeps_its_lines() -> None:
    wrapped = parse_manuscript("These are the words of a line that a mail program wrapped at\nits seventieth column.")
    poem = parse_manuscript("A short line\nand another")

    assert "\n" not in plain_text(wrapped.document)
    assert plain_text(poem.document) == "A short line\nand another"


def test_text_without_empty_lines_has_a_paragraph_on_each_long_line() -> None:
    line = "A sentence that goes on. " * 8

    assert kinds(f"{line}\n{line}\nRELATED: A Title\n{line}") == ["paragraph", "paragraph", "related", "paragraph"]


def test_five_hundred_related_lines_are_read() -> None:
    assert kinds("RELATED: A Title\n" * 500) == ["related"] * 500


def test_parse_file_says_everything_as_json(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(STORY.encode("utf-16"))

    read = parse_file(path)

    assert read == parse_manuscript(STORY).as_json()
    assert sorted(read) == ["document", "guesses", "markers", "quotes", "related", "signature"]
