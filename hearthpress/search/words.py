"""Words as they are typed and as they are compared. Knows no database."""

import re
import unicodedata
from collections.abc import Iterable

# More than anybody types; what is beyond is not read, so that no search costs more than another.
MOST_CHARACTERS = 200
MOST_WORDS = 12
# What is worth suggesting, in letters.
SHORTEST, LONGEST = 3, 32

LETTERS = re.compile(r"[^\W\d_]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def words_of(typed: str) -> tuple[str, ...]:
    """The words of what somebody typed, each once, as typed: at most MOST_WORDS from MOST_CHARACTERS characters.

    What holds neither a letter nor a digit is no word.
    """
    text = unicodedata.normalize("NFC", CONTROL.sub(" ", typed[:MOST_CHARACTERS]))
    once: dict[str, str] = {}
    for word in text.split():
        if any(map(str.isalnum, word)):
            once.setdefault(folded(word).strip(), word)
    return tuple(once.values())[:MOST_WORDS]


def folded(text: str) -> str:
    """The text in small letters without accents, and a space for whatever is neither a letter nor a digit.

    It is as long as the text, character for character: what is found at a place in one stands there in the other.
    """
    return "".join(map(_folded_character, text))


def vocabulary(texts: Iterable[str]) -> set[str]:
    """The different words in the texts, in small letters, that are worth suggesting."""
    found = {word for text in texts for word in LETTERS.findall(unicodedata.normalize("NFC", text).lower())}
    return {word for word in found if SHORTEST <= len(word) <= LONGEST}


def distance(one: str, other: str, most: int) -> int:
    """How many letters were mistyped: left out, added, changed, or two neighbours swapped; above `most`, most + 1.

    The Damerau-Levenshtein distance, as optimal string alignment (Boytsov 2011, doi:10.1145/1963190.1963191).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, above, row = row, before, [place]
        for column, wanted in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == wanted:
                cost = min(cost, above[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _folded_character(character: str) -> str:
    if not character.isalnum():
        return " "
    return unicodedata.normalize("NFKD", character)[0].lower()[0]
