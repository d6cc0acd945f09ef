"""What an approval covers, as one JSON value with every default written out."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from hearthpress.care.models import Subject
from hearthpress.documents.schema import check
from hearthpress.documents.walk import gentle_passages, of_kind
from hearthpress.editing.models import Picture
from hearthpress.submissions.models import Submission

CONTENT_VERSION = 1
SLUG_LENGTH = 80
NOTE_LENGTH = 200
CORRECTION_LENGTH = 1_000  # characters


def content(  # noqa: PLR0913  the approval covers this many things
    *,
    document: dict[str, Any],
    headline: str,
    standfirst: str = "",
    slug: str = "",
    section: str = "",
    byline: str = "",
    content_note: str = "",
    subjects: list[str] | None = None,
    picture: dict[str, str] | None = None,
    corrections: Iterable[dict[str, str]] = (),
) -> dict[str, Any]:
    """The value that is hashed. `section` and `subjects` are slugs; `picture` has sha256, alt, caption, credit;
    `corrections` have date (a day where the magazine is, ISO 8601) and words, the oldest first.

    Quotes' permalinks, related targets and the pictures within the text stand inside the document. Raises
    documents.schema.BadDocument.
    """
    share = {"title": headline, "description": standfirst, "picture": picture["sha256"] if picture else ""}
    corrected = list(corrections)
    value = {
        "version": CONTENT_VERSION,
        "document": check(document),
        "headline": headline,
        "standfirst": standfirst,
        "slug": slug,
        "section": section,
        "byline": byline,
        "content_note": content_note,
        "subjects": sorted(subjects or []),
        "picture": picture,
        "share": share,
    }
    # Only where there are any: so the hashes from before there were corrections stay what they are.
    return {**value, "corrections": corrected} if corrected else value


def corrections_of(value: dict[str, Any]) -> list[dict[str, str]]:
    """What the magazine says that it corrected, the oldest first."""
    return list(value.get("corrections", ()))


def as_sent(submission: Submission) -> dict[str, Any]:
    """The first version: the writer's own words and title, under the byline that the writer chose."""
    if submission.byline is None or submission.document is None:
        raise ValueError(f"{submission} was never sent")
    subjects = list(submission.subjects.all())
    return content(
        document=submission.document,
        headline=submission.title,
        slug=slugify(submission.title)[:SLUG_LENGTH].strip("-"),
        byline=submission.byline.name,
        content_note=notes_of(subjects),
        subjects=[subject.slug for subject in subjects],
    )


def notes_of(subjects: Iterable[Subject]) -> str:
    """The notes of all the subjects, as whole sentences, as many as there is room for."""
    said = ""
    speaks, also = _("This story speaks of "), _("It also speaks of ")
    for note in dict.fromkeys(subject.content_note for subject in subjects):
        joins = said.startswith(speaks) and note.startswith(speaks)
        longer = f"{said} {also + note.removeprefix(speaks) if joins else note}".strip()
        said = longer if len(longer) <= NOTE_LENGTH else said
    return said


def missing(value: dict[str, Any]) -> list[str]:
    """What must still be done before the writer can be asked, in plain words."""
    problems = [sentence for name, sentence in _required() if not value[name]]
    problems += [
        _("Choose the story for the related line “%(title)s”, or take the line out.") % {"title": title}
        for title in unresolved(value["document"])
    ]
    problems += _about_subjects(value)
    if value["picture"] and not value["picture"]["alt"]:
        problems.append(_("Describe the picture for readers who cannot see it."))
    return problems + list(_missing_within(value["document"]))


def _missing_within(document: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the pictures within the text; they are counted from 1."""
    figures = [figure["attrs"] for figure in of_kind(document, "figure")]
    known = Picture.objects.filter(sha256__in=[figure["sha256"] for figure in figures]) if figures else []
    here = {picture.sha256 for picture in known}
    for number, figure in enumerate(figures, 1):
        if figure["sha256"] not in here:
            yield _("Picture %(number)d within the text is not here. Please add it again.") % {"number": number}
        if not figure["alt"]:
            yield _("Describe picture %(number)d within the text for readers who cannot see it.") % {"number": number}


def _about_subjects(value: dict[str, Any]) -> list[str]:
    """The subjects are there, and so is the note of those that ask for one."""
    found = list(Subject.objects.filter(slug__in=value["subjects"]))
    if len(found) < len(value["subjects"]):
        return [_("A subject of this story does not exist any more. Please choose its subjects again.")]
    if not value["content_note"] and any(subject.content_note for subject in found):
        return [_("Write the note that stands before the story: a subject that it touches asks for one.")]
    return []


def unresolved(document: dict[str, Any]) -> list[str]:
    """The titles of related lines that lead to no story yet."""
    return [block["attrs"]["title"] for block in related_lines(document) if not block["attrs"]["story"]]


def related_lines(document: dict[str, Any]) -> list[dict[str, Any]]:
    return of_kind(document, "related")


def quotes(document: dict[str, Any]) -> list[dict[str, Any]]:
    return of_kind(document, "quote")


def pictures_within(document: dict[str, Any]) -> list[str]:
    """The hashes of the pictures within the text, each once, in reading order."""
    return list(dict.fromkeys(figure["attrs"]["sha256"] for figure in of_kind(document, "figure")))


def open_pictures(document: dict[str, Any]) -> list[str]:
    """The hashes of the pictures within the text that stand in no hard passage: these may be shown apart from it."""
    hard = {digest for passage in gentle_passages(document) for digest in pictures_within(passage)}
    return [digest for digest in pictures_within(document) if digest not in hard]


def pictures_of(value: dict[str, Any]) -> list[str]:
    """The hashes of all the pictures that the value shows, the story's own first."""
    own = [value["picture"]["sha256"]] if value["picture"] else []
    return list(dict.fromkeys([*own, *pictures_within(value["document"])]))


def _required() -> list[tuple[str, str]]:
    return [
        ("headline", _("Give the story a headline.")),
        ("section", _("Choose a section.")),
        ("slug", _("Give the story a web address.")),
        ("byline", _("Choose the name that the story is signed with.")),
    ]
