"""The font files: each holds what the style sheet says, and an English page needs one file a face."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "hearthpress/masthead/static/masthead"
FACES = ["literata-roman", "literata-italic", "literata-strong"]
ENGLISH = "She said: “It isn’t Ann’s tea – it’s ours…” (Room 14, $20; why not?) — J. Q. & X. 36/7·Kept! jazz"

BORROWED = "café façade naïve über"


def ranges(name: str) -> set[int]:
    """The characters for which the style sheet has a browser fetch this file."""
    [text] = re.findall(
        rf'{name}\.woff2"\)[^}}]*unicode-range: ?([^;}}]*)', (ROOT / "assets/styles/fonts.css").read_text()
    )
    pairs = (part.strip().removeprefix("U+").split("-") for part in text.split(","))
    return {code for pair in pairs for code in range(int(pair[0], 16), int(pair[-1], 16) + 1)}


def held(name: str) -> set[int]:
    return set(TTFont(STATIC / f"fonts/{name}.woff2").getBestCmap())


@pytest.mark.parametrize("face", FACES)
def test_the_first_file_of_a_face_holds_exactly_what_the_sheet_says(face: str) -> None:
    assert held(face) == ranges(face)


@pytest.mark.parametrize("face", FACES)
def test_no_sign_is_in_a_file_that_nobody_would_fetch_for_it(face: str) -> None:
    assert held(f"{face}-signs") <= ranges(f"{face}-signs")


@pytest.mark.parametrize("face", FACES)
def test_english_needs_the_first_file_only(face: str) -> None:
    # Strong words are few: the rare one with a borrowed accent may cost a second file.
    text = ENGLISH if face == "literata-strong" else ENGLISH + BORROWED

    assert {sign for sign in text if ord(sign) not in held(face)} == set()


@pytest.mark.parametrize("face", FACES)
def test_a_file_that_holds_a_sign_as_well_is_declared_before_the_first_one(face: str) -> None:
    sheet = (STATIC / "magazine.css").read_text()

    assert sheet.index(f"{face}-signs.woff2") < sheet.index(f"{face}.woff2")
