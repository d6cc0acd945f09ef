"""How alike two texts are: what makes no difference, what does, and how far the estimate may be trusted."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.documents import similarity
from hearthpress.documents.notation import from_notation
from hearthpress.documents.similarity import (
    MOST_CHARACTERS,
    MOST_WORDS,
    PLACES,
    bands,
    fingerprint,
    folded_words,
    from_bytes,
    likeness,
    own_words,
    to_bytes,
)

pytestmark = pytest.mark.anywhere

VOCABULARY = [f"{one}{other}" for one in "bdfgklmnprst" for other in ("ale", "ine", "oro", "usk", "emy")]
PROSE = st.lists(st.sampled_from(VOCABULARY), min_size=60, max_size=400)
# Five standard errors of 128 places, for a likeness of a half.
BOUND = 0.22


def alike(one: str, other: str) -> float:
    return likeness(fingerprint(one).signature, fingerprint(other).signature)


def truly_alike(one: list[str], other: list[str]) -> float:
    """Jaccard's index of the runs of three words, worked out."""
    runs, others = (set(zip(text, text[1:], text[2:], strict=False)) for text in (one, other))
    return len(runs & others) / len(runs | others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The kettle was on, and I let it whistle.", "the KETTLE  was on\n\nand I let it whistle"),
        ("“I don’t know,” she said", '"I don\'t know" -- she said'),
        ("a caf\u00e9 by the sea", "a cafe\u0301 by the sea"),
        ("the straße is long", "THE STRASSE IS LONG"),
        ("five o’clock", "five oclock"),
        ("a long\u00adish word in it", "a longish word in it"),
        ("我们说了一个小时的话。", "我们说了一个小时的话!"),
        ("ﬁve ﬂags", "five flags"),
    ],
)
def test_fingerprint_looks_past_what_a_typist_chooses(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s 5 o'clock—late.", ["its", "5", "oclock", "late"]),
        ("水壶响了", ["水", "壶", "响", "了"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("😀😀 👍", ["😀", "😀", "👍"]),
        ("... ?!", [".", ".", ".", "?", "!"]),
        (" \n ", []),
    ],
)
def test_words_of_every_script(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


def test_fingerprint_is_the_same_in_every_year() -> None:
    """Fingerprints are kept for ever: where this fails, VERSION has to rise."""
    taken = fingerprint("The kettle was on when she rang, and I let it whistle.")

    assert similarity.VERSION == 1
    assert taken.sha256 == "2987189a2d8560780c1bf08090f865bf435126f7bae6cf03df6ce04ba63be8bc"
    assert taken.signature[:2] == (1714580709628127044, 506502005858092974)
    assert bands(taken.signature)[41] == 5932889459481223225


@pytest.mark.parametrize("text", ["", " ", "\u00ad\u200b"])
def test_text_of_nothing_is_like_no_other(text: str) -> None:
    taken = fingerprint(text)

    assert taken.signature == ()
    assert bands(taken.signature) == []
    assert alike(text, "") == alike(text, "A word") == 0


@pytest.mark.parametrize("text", ["Yes", "Oh no", "😀", "水", "a b c d"])
def test_short_text_is_like_itself_alone(text: str) -> None:
    assert alike(text, text) == 1
    assert alike(text, "Something else") == 0


def test_one_word_again_and_again_has_one_run() -> None:
    assert alike("word " * 100_000, "word word word") == 1
    assert fingerprint("word " * 100_000).sha256 != fingerprint("word word word").sha256


def test_unlike_texts_in_a_script_without_spaces_are_told_apart() -> None:
    one = "她打电话来的时候水壶正开着,我就让它一直响。我们聊了一个小时,什么也没说。"
    edited = one.replace("一个小时", "两个小时")
    other = "那年冬天父亲病了,我每天走路去医院,路上经过一家卖花的小店。"

    assert alike(one, edited) > 0.6
    assert alike(one, other) < 0.1


def test_work_for_a_long_text_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[int] = []
    monkeypatch.setattr(similarity, "_signature", lambda runs: hashed.append(len(runs)) or ())
    chance = random.Random(3)
    text = " ".join(f"{chance.getrandbits(24):x}" for _ in range(160_000))

    fingerprint(text)
    fingerprint("".join(chr(0x4E00 + chance.randrange(20_000)) for _ in range(330_000)))

    assert len(text) > 1_000_000
    assert hashed == [MOST_WORDS - 2] * 2


def test_long_texts_are_the_same_only_when_their_ends_are() -> None:
    text = "word " * MOST_CHARACTERS

    assert fingerprint(f"{text} end").sha256 != fingerprint(f"{text} other end").sha256
    assert fingerprint(f"{text} end").signature == fingerprint(f"{text} other end").signature


@given(st.text(max_size=300))
def test_any_text_is_wholly_like_itself(text: str) -> None:
    taken = fingerprint(text)

    assert fingerprint(text) == taken
    assert likeness(taken.signature, taken.signature) == (1 if taken.signature else 0)
    assert from_bytes(to_bytes(taken.signature)) == taken.signature
    assert all(0 <= number < 2**63 for number in bands(taken.signature))


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)


@given(PROSE, st.integers(0, 2**32), st.floats(0, 0.4))
def test_likeness_estimates_the_share_of_runs_in_common(text: list[str], seed: int, changed: float) -> None:
    chance = random.Random(seed)
    other = [chance.choice(VOCABULARY) if chance.random() < changed else word for word in text]

    assert abs(alike(" ".join(text), " ".join(other)) - truly_alike(text, other)) < BOUND


@given(PROSE, st.integers(0, 2**32))
def test_texts_half_of_whose_runs_are_the_same_share_a_band(text: list[str], seed: int) -> None:
    chance = random.Random(seed)
    other = list(text)
    while truly_alike(text, other) > 0.75:
        other[chance.randrange(len(other))] = chance.choice(VOCABULARY)

    shared = set(bands(fingerprint(" ".join(text)).signature)) & set(bands(fingerprint(" ".join(other)).signature))

    assert shared


def test_one_place_in_two_bands_is_told_apart() -> None:
    """The same hashes in another band are another number."""
    assert len(set(bands((7,) * PLACES))) == similarity.BANDS


def test_own_words_leave_out_what_stands_below_every_story() -> None:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": "The kettle was on."}]}
    related = {"type": "related", "attrs": {"title": "Another story", "story": ""}}
    signature = {"type": "signature", "content": [{**paragraph, "content": [{"type": "text", "text": "Write for us"}]}]}

    words = own_words({"type": "doc", "content": [paragraph, related, signature]})

    assert re.findall(r"\w+", words) == ["The", "kettle", "was", "on"]


def test_own_words_are_found_in_passages_that_can_be_skipped_and_under_pictures() -> None:
    typed = f"GENTLE: a loss\n\nThe ward.\n\nPICTURE: {'0' * 64} | | The bed.\n\nGENTLE END\n\n***\n\nHome."

    assert re.findall(r"\w+", own_words(from_notation(typed))) == ["The", "ward", "The", "bed", "Home"]
