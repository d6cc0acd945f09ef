"""What differs from the version that the writer approved last, in words: “colour” became “color” in paragraph 3."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearthpress.documents.difference import Change, Segment, difference
from hearthpress.editing.content import corrections_of
from hearthpress.editing.models import Approval, Manuscript

MOST = 3  # changes of the text that are named one by one
LONG = 60  # characters of what is quoted

_AROUND: dict[str, Promise] = {
    "headline": gettext_lazy("the headline changed"),
    "standfirst": gettext_lazy("the standfirst changed"),
    "section": gettext_lazy("the section changed"),
    "slug": gettext_lazy("the web address changed"),
    "byline": gettext_lazy("the name that it is signed with changed"),
    "content_note": gettext_lazy("the content note changed"),
    "subjects": gettext_lazy("the subjects changed"),
}
_PICTURE: dict[str, Promise] = {
    "sha256": gettext_lazy("the picture changed"),
    "alt": gettext_lazy("the picture’s description changed"),
    "caption": gettext_lazy("the picture’s caption changed"),
    "credit": gettext_lazy("the picture’s credit changed"),
}
_PLACES: dict[str, Promise] = {
    "heading": gettext_lazy("a heading"),
    "bullet_list": gettext_lazy("a list"),
    "ordered_list": gettext_lazy("a numbered list"),
    "quote": gettext_lazy("a quote"),
    "related": gettext_lazy("a line to another story"),
    "signature": gettext_lazy("the closing note"),
    "figure": gettext_lazy("a picture within the text"),
    "scene_break": gettext_lazy("a scene break"),
}
_LETTER = re.compile(r"\w")
_LOOKS = frozenset({"em", "strong"})


@dataclass(frozen=True)
class SinceApproval:
    """`approval` is the writer's last yes, `changes` says in phrases what differs now: none when nothing does."""

    approval: Approval
    changes: list[str]

    @property
    def said(self) -> str:
        """All the changes in one phrase."""
        *first, last = self.changes
        return _("%(first)s, and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def since_approval(manuscript: Manuscript) -> SinceApproval | None:
    """What the newest version changes in the one that was approved last; None when there is no earlier yes.

    A yes to the newest version itself leaves nothing to say.
    """
    approvals = Approval.objects.filter(revision__manuscript=manuscript).select_related("revision")
    last = approvals.order_by("-revision__number").first()
    if last is None or manuscript.revision is None or last.revision_id == manuscript.revision_id:
        return None
    if last.sha256 == manuscript.revision.sha256:
        return SinceApproval(last, [])
    return SinceApproval(last, changes_in_words(last.revision.content, manuscript.revision.content))


def changes_in_words(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """A phrase for each change from one content to another that is not the same (see `content`): at least one."""
    text = list(_in_text(difference(old["document"], new["document"])))
    phrases = text[:MOST]
    if (more := len(text) - MOST) > 0:
        counted = ngettext("%(number)s more change in the text", "%(number)s more changes in the text", more)
        phrases.append(counted % {"number": more})
    phrases += [str(words) for name, words in _AROUND.items() if old[name] != new[name]]
    phrases += _of_picture(old["picture"] or {}, new["picture"] or {})
    if corrections_of(old) != corrections_of(new):
        phrases.append(_("what it says of its corrections changed"))
    return phrases or [_("something beside the words changed")]


def _of_picture(old: dict[str, str], new: dict[str, str]) -> list[str]:
    changed = [str(words) for name, words in _PICTURE.items() if old.get(name) != new.get(name)]
    return changed[:1] if old.get("sha256") != new.get("sha256") else changed


def _in_text(changes: Iterable[Change]) -> Iterator[str]:
    paragraph = 0
    for change in changes:
        paragraph += change.block_type == "paragraph" and change.kind != "removed"
        place = _("paragraph %(number)s") % {"number": paragraph}
        if change.block_type != "paragraph":
            place = str(_PLACES.get(change.block_type, _("a passage")))
        yield from _said(change, place)


def _said(change: Change, place: str) -> Iterator[str]:
    words = "".join(text for _op, text in change.segments)
    if change.kind == "removed":
        yield _("the passage “%(words)s” was taken out") % {"words": _short(words)}
    elif change.kind == "added":
        yield _("%(place)s is new (“%(words)s”)") % {"place": place, "words": _short(words)}
    edits = list(_edits(change.segments)) if change.kind == "changed" else []
    for old, new in edits:
        yield _edit(old, new, place)
    beside = [_beside(name) for name, _segments in change.notes if not (edits and name in _LOOKS)]
    yield from (phrase % {"place": place} for phrase in dict.fromkeys(beside))


def _edits(segments: Iterable[Segment]) -> Iterator[tuple[str, str]]:
    """The words that stood in one place, and those that stand there now. Marks alone bring the word before them."""
    before = ""
    for same, run in groupby(segments, key=lambda segment: segment[0] == "equal"):
        both = list(run)
        old, new = _words_of(both, "delete"), _words_of(both, "insert")
        if same:
            before = _words_of(both, "equal")
        else:
            lead = "" if _LETTER.search(old + new) else _last_word(before)
            yield lead + old, lead + new


def _last_word(text: str) -> str:
    return " ".join(text.split()[-1:]) + (" " if text[-1:].isspace() else "")


def _words_of(segments: Iterable[Segment], kind: str) -> str:
    return "".join(text for op, text in segments if op == kind)


def _edit(old: str, new: str, place: str) -> str:
    told = {"old": _one_line(old), "new": _one_line(new), "place": place}
    if told["old"] == told["new"]:
        return _("the spacing changed in %(place)s") % told
    if max(len(told["old"]), len(told["new"])) > LONG:
        return _("a longer part of %(place)s changed") % told
    if not told["new"]:
        return _("“%(old)s” was taken out of %(place)s") % told
    if not told["old"]:
        return _("“%(new)s” was put into %(place)s") % told
    return _("“%(old)s” became “%(new)s” in %(place)s") % told


def _beside(name: str) -> str:
    if name in _LOOKS:
        return _("what leans or is strong changed in %(place)s")
    if name == "link":
        return _("where a link leads changed in %(place)s")
    if name == "sha256":
        return _("%(place)s shows something else")
    if name in ("gentle", "says"):
        return _("how readers can skip %(place)s changed")
    return _("what belongs to %(place)s beside its words changed")


def _short(words: str) -> str:
    return Truncator(_one_line(words)).chars(LONG)


def _one_line(words: str) -> str:
    return " ".join(words.split())
