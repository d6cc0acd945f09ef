"""Two versions compared: all that the hash covers is told, and each version can be read out of it."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings

from hearthpress.common.canonical import canonical_bytes
from hearthpress.documents.notation import from_notation
from hearthpress.documents.text import squeezed
from hearthpress.editing import actions as editing
from hearthpress.editing.content import content
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.stories.comparison import Comparison, Part, compare
from tests.documents.strategies import DOCUMENTS
from tests.documents.test_difference import all_words
from tests.documents.test_speed import steps
from tests.factories import Cast, edited, make_manuscript, make_story, make_subject

pytestmark = pytest.mark.django_db

PICTURE = {"sha256": "a" * 64, "alt": "A brown field.", "caption": "After rain", "credit": "Ours"}


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    return make_manuscript(cast.writer, cast.editor, cast.call)


def changed(manuscript: Manuscript, editor: Any, **changes: Any) -> Comparison:
    """The first version against one with these changes."""
    before = editing.save(manuscript, editor, edited(manuscript))
    return compare(before, editing.keep_version(manuscript, editor, edited(manuscript, **changes)))


def said(parts: list[Part]) -> dict[str, tuple[str, str]]:
    return {part.label: (words(part.before), words(part.after)) for part in parts}


def words(segments: Any) -> str:
    return "".join(text for _op, text in segments).strip()


def unsaved(document: dict[str, Any]) -> Revision:
    return Revision(body=canonical_bytes(content(document=document, headline="The Kettle")))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS, DOCUMENTS)
def test_each_version_is_read_out_of_the_comparison(db: None, old: dict[str, Any], new: dict[str, Any]) -> None:
    found = compare(unsaved(old), unsaved(new))

    assert squeezed(" ".join(words(part.before) for part in found.words)) == squeezed(all_words(old))
    assert squeezed(" ".join(words(part.after) for part in found.words)) == squeezed(all_words(new))


def test_pictures_scene_breaks_and_passages_that_can_be_skipped_are_told(cast: Cast, manuscript: Manuscript) -> None:
    old = "One.\n\nTwo."
    new = f"One.\n\n***\n\nGENTLE: a loss\n\nTwo.\n\nPICTURE: {'a' * 64} | A field.\n\nGENTLE END"
    before = editing.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(old)))
    after = editing.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(new)))

    found = compare(before, after).words

    begins = ("Passage that readers can skip", (("insert", "begins here"),))
    goes_on = ("Passage that readers can skip", (("insert", "goes on"),))
    assert [(part.label, words(part.after), list(part.notes)) for part in found] == [
        ("", "One.", []),
        ("scene break", "* * *", []),
        ("", "Two.", [begins, ("It speaks of", (("insert", "a loss"),))]),
        ("picture", "A field.", [goes_on]),
    ]


def test_all_around_the_words_is_told(cast: Cast, manuscript: Manuscript) -> None:
    make_subject()
    found = changed(
        manuscript,
        cast.editor,
        headline="She Rang",
        standfirst="An hour.",
        slug="she-rang",
        section="grieving",
        subjects=["pregnancy-loss"],
        content_note="It speaks of a loss.",
        picture=PICTURE,
    )

    told = said(found.around)
    assert told["Headline"] == ("The Kettle", "She Rang")
    assert told["Standfirst"] == ("none", "An hour.")
    assert told["Section"] == ("Keeping", "Grieving")
    assert told["Web address"][1].endswith("/stories/she-rang/")
    assert told["Note before it"] == ("none", "It speaks of a loss.")
    assert told["What it touches"] == ("none", "Pregnancy loss")
    assert told["Picture’s caption"] == ("", "After rain")
    assert told["Picture, for who cannot see it"] == ("", "A brown field.")
    assert told["When it is shared"][1] == "She Rang · An hour. · with the picture"


@pytest.mark.parametrize("name", ["headline", "standfirst", "slug", "section", "byline", "content_note"])
def test_nothing_that_the_hash_covers_changes_unseen(cast: Cast, manuscript: Manuscript, name: str) -> None:
    assert not changed(manuscript, cast.editor, **{name: "another-one"}).is_empty


@pytest.mark.parametrize("name", ["sha256", "alt", "caption", "credit"])
def test_nothing_of_the_picture_changes_unseen(cast: Cast, manuscript: Manuscript, name: str) -> None:
    old = editing.save(manuscript, cast.editor, edited(manuscript, picture=PICTURE))
    new = editing.save(manuscript, cast.editor, edited(manuscript, picture={**PICTURE, name: "b" * 64}))

    assert not compare(old, new).is_empty


def test_a_picture_that_is_taken_out_goes_with_its_words(cast: Cast, manuscript: Manuscript) -> None:
    old = editing.save(manuscript, cast.editor, edited(manuscript, picture=PICTURE))
    new = editing.save(manuscript, cast.editor, edited(manuscript, picture=None))

    assert said(compare(old, new).around)["Picture’s caption"] == ("After rain", "")


def test_what_differs_is_counted_in_the_order_in_which_it_is_read(cast: Cast, manuscript: Manuscript) -> None:
    document = manuscript.revision.content["document"]
    document["content"].append({"type": "paragraph", "content": [{"type": "text", "text": "And then it whistled."}]})

    found = changed(manuscript, cast.editor, standfirst="An hour.", document=document)

    numbers = [part.number for part in (*found.around, *found.words) if part.number]
    assert numbers == list(range(1, found.count + 1))
    assert found.words[-1].number == found.count
    assert found.words[0].number == 0


def test_a_story_that_is_not_live_is_not_named(cast: Cast, manuscript: Manuscript) -> None:
    live = make_story(cast.other_writer, cast.editor, cast.call, title="The Last Good Coat")
    document = manuscript.revision.content["document"]
    line = {"type": "related", "attrs": {"title": "A coat", "story": ""}}
    document["content"].append(line)
    old = editing.keep_version(manuscript, cast.editor, edited(manuscript, document=document))
    line["attrs"]["story"] = live.key
    new = editing.keep_version(manuscript, cast.editor, edited(manuscript, document=document))
    live_name = compare(old, new).words[-1].notes[0][1]

    live.__class__.objects.filter(pk=live.pk).update(state="withdrawn")

    assert live_name == (("insert", "The Last Good Coat"),)
    assert compare(old, new).words[-1].notes[0][1] == (("insert", "a story that is not live"),)


def test_a_page_of_changes_takes_as_many_steps_as_there_are_changes() -> None:
    def shown(number: int) -> None:
        def text(word: str) -> dict[str, Any]:
            return from_notation("\n\n".join(f"The {word} {one} was on when she rang." for one in range(number)))

        found = compare(unsaved(text("kettle")), unsaved(text("pot")))
        page = render_to_string("stories/changes.html", {"comparison": found, "walk": True})
        assert f"{number} of {number}" in page

    assert steps(lambda: shown(400)) < 5 * steps(lambda: shown(100)) + 10_000
