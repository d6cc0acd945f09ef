import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.mail.quoting import new_words, unflowed

ANSWERS = {
    "below a quote": "On Tue, 3 Nov 2026 at 10:02, Grace wrote:\n> Which year was it?\n\nIt was 1998.",
    "above a quote": "It was 1998.\n\nOn Tue, 3 Nov 2026 at 10:02, Grace wrote:\n\n> Which year was it?\n>> Or so.",
    "introduced in two lines": "It was 1998.\n\nOn Tue, 3 Nov 2026, Grace\n<grace@example.org> wrote:\n> Which?",
    "right below": "It was 1998.\nOn Tue, 3 Nov 2026, Grace wrote:\n> Which year was it?",
    "in German": "It was 1998.\n\nAm 03.11.26 um 10:02 schrieb Grace:\n> Welches Jahr?",
    "in French": "It was 1998.\n\nLe mar. 3 nov. 2026 à 10:02, Grace <grace@example.org> a écrit :\n> Quelle année ?",
    "by name alone": "It was 1998.\n\nGrace <grace@example.org>:\n> Which year?",
    "Outlook": "It was 1998.\n\n-----Original Message-----\nFrom: Grace\nSent: Tuesday\n\nWhich year was it?",
    "Outlook of today": "It was 1998.\n\n____________________\nFrom: Grace <g@example.org>\nSent: Tuesday\nTo: Ada",
    "Outlook without a rule": "It was 1998.\n\nFrom: Grace\nSent: Tuesday\nTo: Ada\nSubject: A year\n\nWhich?",
    "Outlook read from HTML": "It was 1998.\n\n**From:** Grace\n**Sent:** Tuesday\n**To:** Ada\n\nWhich?",
    "with a signature": "It was 1998.\n\n-- \nAda Lovelace\nSent from my engine",
}


@pytest.mark.parametrize("text", ANSWERS.values(), ids=ANSWERS)
def test_only_what_is_new_is_told(text: str) -> None:
    assert new_words(text) == "It was 1998."


def test_answers_between_quotes_are_all_kept() -> None:
    text = "On Monday Grace wrote:\n> Which year?\n\n1998.\n\n> And where?\n\nIn London."

    assert new_words(text).split() == ["1998.", "In", "London."]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday he wrote:\n\nDear Ada, I am not coming back.",
        "About the second point:",
        "From: my mother. That is what the card said.",
        "He left.\n\n--\n\nHe came back.",
        "He left.\n\n***\n\n---\n\nHe came back.",
        ">From the window I saw him.",
        "My list: 1 > 0",
    ],
)
def test_words_of_the_writer_are_not_taken_for_a_quote(text: str) -> None:
    assert new_words(text) == text


def test_question_before_a_quote_is_the_writers_own() -> None:
    assert new_words("About point 2:\n> And where?\n\nIn London.") == "About point 2:\n\nIn London."


def test_nothing_is_new_where_all_is_quoted() -> None:
    assert new_words("> Which year?") == ""


@settings(max_examples=300)
@given(st.lists(st.sampled_from(["> a", "a", "", "-- ", "On Monday Ada wrote:", "From: x", "Sent: x", "_" * 20])))
def test_no_line_is_made_up(lines: list[str]) -> None:
    kept = [line for line in new_words("\n".join(lines)).split("\n") if line]

    remaining = iter(lines)
    assert all(line in remaining for line in kept)


def test_lines_that_were_broken_on_the_way_are_put_together() -> None:
    text = "It was raining \nall day.\n\n Nobody came.\n> Which \n> year?\n-- \nAda"

    assert unflowed(text, delete_space=False) == ("It was raining all day.\n\nNobody came.\n> Which year?\n-- \nAda")


def test_space_at_which_a_line_was_broken_goes_where_the_mail_says_so() -> None:
    assert unflowed("雨が \n降った。", delete_space=True) == "雨が降った。"


def test_quotes_of_another_depth_are_not_put_together() -> None:
    assert unflowed("> one \n>> two \nthree", delete_space=False) == "> one \n>> two \nthree"


@settings(max_examples=200)
@given(st.text(alphabet="a >-\n", max_size=60))
def test_putting_lines_together_loses_no_word(text: str) -> None:
    def words(of: str) -> str:
        return of.translate(str.maketrans("", "", " >\n"))

    assert words(unflowed(text, delete_space=False)) == words(text)
