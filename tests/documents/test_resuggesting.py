"""A text typed anew: what it says is right, what was suggested before stays, and nobody's becomes another's."""

from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hearthpress.documents.notation import from_notation
from hearthpress.documents.resuggesting import resuggested
from hearthpress.documents.schema import check
from hearthpress.documents.suggesting import suggested
from hearthpress.documents.suggestions import accepted, check_marked, declined, identities, suggestions

WORDS = st.lists(st.sampled_from(["rain", "kettle", "dark", "and", "she", "rang"]), min_size=1, max_size=6).map(
    " ".join
)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map("\n\n".join)


def fresh(name: str) -> Any:
    numbers = count(1)
    return lambda: f"{name}.{next(numbers)}"


def typed(document: dict[str, Any], wanted: str) -> dict[str, Any]:
    return resuggested(document, from_notation(wanted), fresh("new"))


@given(TEXTS, TEXTS, TEXTS)
def test_it_reads_as_typed_and_without_suggestions_as_before(base: str, first: str, second: str) -> None:
    marked = suggested(from_notation(base), from_notation(first), fresh("old"))

    done = check_marked(typed(marked, second))

    assert check(accepted(done)) == from_notation(second)
    assert check(declined(done)) == from_notation(base)


@given(TEXTS, TEXTS)
def test_typing_nothing_new_changes_nothing(base: str, first: str) -> None:
    marked = suggested(from_notation(base), from_notation(first), fresh("old"))

    assert typed(marked, first) == marked


def test_what_was_suggested_elsewhere_stays_as_it_is() -> None:
    base = "The colour of rain.\n\nWe talked until dark.\n\nThen not."
    marked = suggested(from_notation(base), from_notation(base.replace("colour", "color")), fresh("old"))

    done = typed(marked, base.replace("colour", "color").replace("dark", "night"))

    assert identities(done) == ["old.1", "new.1"]


def test_in_the_same_passage_it_keeps_its_identity_one_for_one() -> None:
    base = "and so and so and so."
    marked = suggested(from_notation(base), from_notation("und so und so and so."), fresh("old"))

    done = typed(marked, "und so und so und so.")

    assert len(identities(done)) == 3
    assert identities(done)[:2] == ["old.1", "old.2"]
    assert [(one.removed.strip(), one.inserted.strip()) for one in suggestions(done)] == [("and", "und")] * 3


def test_a_passage_that_is_to_go_still_is() -> None:
    marked = suggested(from_notation("One.\n\nTwo.\n\nThree."), from_notation("One.\n\nThree."), fresh("old"))

    assert identities(typed(marked, "One.\n\nThree, and more.")) == ["old.1", "new.1"]
