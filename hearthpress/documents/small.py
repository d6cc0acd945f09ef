"""Is what differs between two documents small: a matter of type, that a writer can say yes to at a glance?"""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from hearthpress.documents.schema import Block, Document

MOST_WORDS = 20  # that differ, in the whole text
MOST_LETTERS = 2  # that differ in one word

_WORD = re.compile(r"\w+")


def is_small(old: Document, new: Document) -> bool:
    """Whether only punctuation, spaces and capitals differ, a letter or two in at most `MOST_WORDS` words, or a word
    that stood there twice. Digits, links, what leans, and the passages themselves are the same.

    A small change can still be a wrong one ("now", "not"): this decides how a writer is asked, never whether.
    """
    before, after = list(_texts(old)), list(_texts(new))
    if old == new or [shape for shape, _text in before] != [shape for shape, _text in after]:
        return False
    changed = [_words_changed(one, other) for (_s, one), (_t, other) in zip(before, after, strict=True)]
    return all(number is not None for number in changed) and sum(filter(None, changed)) <= MOST_WORDS


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Each block of words by its shape (all about it but its words) and its words; other blocks without words."""
    for block in document["content"]:
        yield from _texts_of(block, "")


def _texts_of(block: Block, within: str) -> Iterator[tuple[str, str]]:
    about = json.dumps([within, block["type"], block.get("attrs", {})], sort_keys=True)
    children = block.get("content", [])
    if any(child["type"] in ("text", "hard_break") for child in children) or not children:
        yield f"{about}{_looks(children)}", "".join(child.get("text", "\n") for child in children)
        return
    yield about, ""
    for child in children:
        yield from _texts_of(child, about)


def _looks(inline: list[Block]) -> str:
    """The looks that follow each other in a line of words, such as plain, leaning, plain."""
    marks = [json.dumps(node.get("marks", []), sort_keys=True) for node in inline]
    return json.dumps([mark for number, mark in enumerate(marks) if number == 0 or marks[number - 1] != mark])


def _words_changed(old: str, new: str) -> int | None:
    """How many words differ by a letter or two; None where something larger differs."""
    before, after = _words(old), _words(new)
    if _digits(before) != _digits(after):
        return None
    if "".join(before) == "".join(after):
        return 0
    number = 0
    for op, first, last, new_first, new_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        changed = _pairs_changed(before[first:last], after[new_first:new_last])
        if changed is None and not _is_doubled(before, first, last, new_last - new_first):
            return None
        number += changed or 1
    return number


def _pairs_changed(old: list[str], new: list[str]) -> int | None:
    if len(old) != len(new) or any(_distance(*pair) > MOST_LETTERS for pair in zip(old, new, strict=True)):
        return None
    return len(old)


def _is_doubled(words: list[str], first: int, last: int, put_in: int) -> bool:
    """Whether one word goes that stands beside itself."""
    return not put_in and last - first == 1 and any(a == b == words[first] for a, b in pairwise(words[: last + 1][-3:]))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _digits(words: list[str]) -> list[str]:
    return [letter for word in words for letter in word if letter.isnumeric()]


def _distance(one: str, other: str) -> int:
    """Levenshtein's, of two words (Soviet Physics Doklady 10, 1966); a large number where the lengths say enough."""
    if abs(len(one) - len(other)) > MOST_LETTERS or min(len(one), len(other)) <= MOST_LETTERS < max(
        map(len, (one, other))
    ):
        return MOST_LETTERS + 1
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row[0] = row[0], number
        for place, its in enumerate(other, 1):
            above, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, above + (letter != its))
    return row[-1]
