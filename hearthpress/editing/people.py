"""The people in a story: who is named, what is said of each, and another name for one of them throughout."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearthpress.common.chain import FIRST, link
from hearthpress.common.states import NotAllowed
from hearthpress.documents.mentions import SLUG, Mention, Seen, mentions
from hearthpress.documents.passages import Span, addresses
from hearthpress.documents.renaming import initials, new_forms, renamed, renamed_slug
from hearthpress.editing.content import SLUG_LENGTH
from hearthpress.editing.enums import ManuscriptState, ShownAs
from hearthpress.editing.models import Manuscript, NamedPerson, Revision
from hearthpress.editing.wording import place_name, reworded, without_room, wording
from hearthpress.people.models import Person

SHOWN = 3  # places of each name
AROUND = 60  # characters shown on each side of what is replaced


class ChildrenNotAnsweredFor(Exception):
    """The text names children in full, of whom nobody has said yet that this is meant; `args` are their names."""


class NoRoom(ValueError):
    """With the other name a place would hold more than it can; the argument is a sentence."""


@dataclass(frozen=True)
class InStory:
    """Somebody whom a version names, and what was said of them last; None while nobody has answered.

    `said_by` is what a further writer, who said it, is called.
    """

    mention: Mention
    said: NamedPerson | None
    said_by: str = ""

    @property
    def name(self) -> str:
        return self.mention.name

    @property
    def places(self) -> list[tuple[str, Seen]]:
        """Each place where the name stands, with what the place is called."""
        return [(place_name(seen.place), seen) for seen in self.mention.seen]

    @property
    def more(self) -> int:
        """How many places there are beside the first three, which are shown."""
        return max(0, len(self.mention.seen) - SHOWN)

    @property
    def wants_other_name(self) -> bool:
        """Whether initials or another name were asked for, which the text does not have yet."""
        return self.said is not None and self.said.shown_as != ShownAs.AS_IS

    @property
    def offered(self) -> str:
        """The name that is offered in the place of theirs: the one asked for, else initials."""
        return self.said.other_name if self.said and self.said.other_name else initials(self.name)


@dataclass(frozen=True)
class Replacement:
    """One place where a name is replaced: the place (see `wording`), the words around it, what goes and what comes."""

    place: str
    before: str
    old: str
    new: str
    after: str

    @property
    def place_name(self) -> str:
        return place_name(self.place)


def people_in(manuscript: Manuscript, revision: Revision, files: Iterable[str] = ()) -> list[InStory]:
    """Everybody whom the version names, in its words, its web address, or the `files` (names of the writer's photos).

    Who signs it is not asked about.
    """
    content = revision.content
    named = mentions(wording(content), slug=content["slug"], files=files, signed=[content["byline"]])
    said = {row.name: row for row in manuscript.named.select_related("answered_by")}
    others = {one.answer.person_id: one.name for one in manuscript.further_writers} if said else {}
    newest = [(mention, _newest(said, mention)) for mention in named]
    return [InStory(one, row, others.get(row.answered_by_id, "") if row else "") for one, row in newest]


def unanswered(people: Iterable[InStory]) -> list[InStory]:
    return [one for one in people if one.said is None]


def require_answers_for_children(manuscript: Manuscript, revision: Revision) -> None:
    """Raises ChildrenNotAnsweredFor: a child's given name and surname stand in no story unless somebody meant it."""
    asked = unanswered(people_in(manuscript, revision))
    children = [one.name for one in asked if one.mention.is_child and one.mention.is_full]
    if children:
        raise ChildrenNotAnsweredFor(*children)


def answer_about(  # noqa: PLR0913  an answer says this much
    manuscript: Manuscript,
    person: Person,
    name: str,
    answer: str,
    *,
    shown_as: str = ShownAs.AS_IS,
    other_name: str = "",
) -> NamedPerson:
    """Keep what the writer, or an editor who was told, says of somebody. What was said last already is not said twice.

    Raises PermissionDenied, NotAllowed when the story was stopped.
    """
    if not (person.has_perm("editing.approve", manuscript) or person.has_perm("editing.edit", manuscript)):
        raise PermissionDenied("Only the writer and the editors say who is in a story.")
    if manuscript.state == ManuscriptState.STOPPED:
        raise NotAllowed("The story was taken back.")
    other_name = other_name if shown_as == ShownAs.OTHER else ""
    last = manuscript.named.filter(name=name).last()
    if last is not None and (last.answer, last.shown_as, last.other_name) == (answer, shown_as, other_name):
        return last
    said = {"answer": answer, "shown_as": shown_as, "other_name": other_name}
    row = NamedPerson(manuscript=manuscript, name=name, answered_by=person, **said)
    row.seal = link(FIRST, row.facts)
    row.save()
    return row


def renamed_throughout(revision: Revision, mention: Mention, shown: str) -> tuple[dict[str, Any], list[Replacement]]:
    """The version's content with every form of the name replaced by `shown` or its part, and each place of it.

    Raises NoRoom.
    """
    content = revision.content
    forms = new_forms(mention.name, mention.forms, shown)
    passages = {passage.place: passage for passage in wording(content)}
    spans = renamed(passages.values(), forms)
    if full := without_room(passages.values(), spans):
        said = _("There is no room for so long a name here: %(places)s. Please shorten what stands there first.")
        raise NoRoom(said % {"places": ", ".join(dict.fromkeys(map(place_name, full)))})
    slug = slugify(renamed_slug(content["slug"], forms))[:SLUG_LENGTH].strip("-")
    places = [_replacement(place, passages[place].text, span) for place, found in spans.items() for span in found]
    if slug != content["slug"]:
        places.append(Replacement(SLUG, "", content["slug"], slug, ""))
    return reworded(content, spans, slug=slug), places


def left_in_addresses(value: dict[str, Any], mention: Mention) -> list[str]:
    """Web addresses that the text links to and that tell the name: an address with another name leads nowhere."""
    words = [slugify(form) for form in mention.forms]
    return [
        address for address in addresses(value["document"]) if any(word and word in slugify(address) for word in words)
    ]


def _replacement(place: str, text: str, span: Span) -> Replacement:
    before, after = text[: span.first], text[span.end :]
    before = before if len(before) <= AROUND else f"…{before[-AROUND:].partition(' ')[2]}"
    after = after if len(after) <= AROUND else f"{after[:AROUND].rpartition(' ')[0]}…"
    return Replacement(place, before, text[span.first : span.end], span.label, after)


def _newest(said: dict[str, NamedPerson], mention: Mention) -> NamedPerson | None:
    """What was said last of any form of the name: "Anna" was asked about before the text said "Anna Miller".

    Of a child only what was said of the full name counts, where the text tells it: "Anna" alone gave nobody away.
    """
    asks_again = mention.is_child and mention.is_full
    rows = [said[form] for form in mention.forms if form in said and (" " in form or not asks_again)]
    return max(rows, key=lambda row: row.pk, default=None)
