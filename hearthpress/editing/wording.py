"""All that readers read of a version: its passages, and the version again with parts of them replaced."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from hearthpress.documents.mentions import FILE, SLUG
from hearthpress.documents.passages import Passage, Spans, kept, passages, replaced
from hearthpress.documents.schema import FIGURE_LIMITS, GENTLE_LIMITS, QUOTE_LIMITS
from hearthpress.editing.content import CORRECTION_LENGTH, NOTE_LENGTH, content, corrections_of

FIELDS = ("headline", "standfirst", "content_note")
OF_PICTURE = ("alt", "caption", "credit")
COVERED = ("slug", "section", "byline", "subjects")
# How many characters a passage may have that is no part of the running text, by the last word of its place.
LONGEST = {
    "headline": 200,
    "standfirst": 400,
    "content_note": NOTE_LENGTH,
    **QUOTE_LIMITS,
    **FIGURE_LIMITS,
    **GENTLE_LIMITS,
    "correction": CORRECTION_LENGTH,
}


def wording(value: dict[str, Any]) -> list[Passage]:
    """The passages of a version's content (see `content`): fields, the picture's words ("picture.alt"), the text."""
    fields = [Passage(name, value[name], titled=name == "headline") for name in FIELDS if value[name]]
    picture = value["picture"] or {}
    fields += [Passage(f"picture.{name}", picture[name]) for name in OF_PICTURE if picture.get(name)]
    fields += [Passage(_place(number), one["words"]) for number, one in enumerate(corrections_of(value))]
    return [*fields, *passages(value["document"])]


def reworded(value: dict[str, Any], spans: Spans, **changes: Any) -> dict[str, Any]:
    """The content with parts of its passages replaced, by their places, and with `changes` to other fields."""
    fields = {name: kept(value[name], 0, spans.get(name, ())) for name in FIELDS}
    picture = value["picture"]
    if picture:
        said = {
            name: kept(picture[name], 0, spans.get(f"picture.{name}", ())) for name in OF_PICTURE if name in picture
        }
        picture = {**picture, **said}
    corrections = [
        {**one, "words": kept(one["words"], 0, spans.get(_place(number), ()))}
        for number, one in enumerate(corrections_of(value))
    ]
    same = {**{name: value[name] for name in COVERED}, "corrections": corrections}
    document = replaced(value["document"], spans)
    return content(**{**same, **fields, "document": document, "picture": picture, **changes})


def without_room(passages: Iterable[Passage], spans: Spans) -> list[str]:
    """The places that would hold more than they can, once these parts of the passages are replaced."""
    given = ((one.place, kept(one.text, 0, spans.get(one.place, ()))) for one in passages)
    return [place for place, text in given if len(text) > LONGEST.get(_last_word(place), len(text))]


def _place(number: int) -> str:
    return f"{number}.correction"


def place_name(place: str) -> str:
    """What people call the place of a passage."""
    names = {
        "headline": _("Headline"),
        "standfirst": _("Standfirst"),
        "content_note": _("Content note"),
        "alt": _("What the picture shows"),
        "caption": _("Picture’s caption"),
        "credit": _("Picture by"),
        "speaker": _("Who said it"),
        "source": _("Where it was said"),
        "says": _("What a passage speaks of"),
        "correction": _("Correction"),
        SLUG: _("Web address"),
        FILE: _("Name of a photo"),
    }
    return names.get(_last_word(place), _("Text"))


def _last_word(place: str) -> str:
    return re.split(r"[@.]", place)[-1]
