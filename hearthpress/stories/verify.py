"""Is what readers see what writers approved? Every problem is one line that names its row."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from hearthpress.care.models import Subject
from hearthpress.editing.content import pictures_within
from hearthpress.editing.verify import verify_texts
from hearthpress.stories.models import Edition, FixAsked, Story, StoryEvent

logger = logging.getLogger(__name__)


def verify_evidence() -> list[str]:
    """All that is wrong with versions, approvals, editions and stories. An empty list: all is as it was written."""
    return [*verify_texts(), *_editions(), *_fixes(), *_stories()]


def report_evidence() -> int:
    """Check the evidence and write every problem into the log, where it alarms. How many there are."""
    problems = verify_evidence()
    for problem in problems:
        logger.error("Evidence was changed. %s", problem)
    return len(problems)


def _editions() -> Iterator[str]:
    """Each story's editions from the first on."""
    before: Edition | None = None
    rows = Edition.objects.select_related("story", "approval", "revision").defer("revision__body")
    for row in rows.order_by("story_id", "number").iterator(chunk_size=200):
        which = f"Edition {row.number} of story {row.story.key}"
        last = before.number if before is not None and before.story_id == row.story_id else 0
        if row.number != last + 1:
            yield f"{which}: the edition before it is missing."
        if row.approval.revision_id != row.revision_id:
            yield f"{which}: its approval is of another version."
        if not row.sha256 == row.revision.sha256 == row.approval.sha256:
            yield f"{which}: it is not, to the byte, what was approved."
        if row.revision.manuscript_id != row.story.manuscript_id:
            yield f"{which}: it is of another manuscript."
        if not row.is_sealed:
            yield f"{which}: its seal is broken."
        before = row


def _stories() -> Iterator[str]:
    """Each shows its newest edition, and its row, which pages and lists show, says what that edition says."""
    newest = dict(Edition.objects.order_by("number").values_list("story_id", "pk"))
    states = dict(StoryEvent.objects.order_by("pk").values_list("subject_id", "new"))
    known = set(Subject.objects.values_list("slug", flat=True))
    rows = Story.objects.select_related("section", "byline", "manuscript__submission", "edition__revision")
    rows = rows.prefetch_related("subjects", "figures")
    for row in rows.order_by("pk").iterator(chunk_size=200):
        if row.edition_id != newest.get(row.pk):
            yield f"Story {row.key}: it does not show its newest edition."
        if row.state != states.get(row.pk):
            yield f"Story {row.key}: nobody decided that it is {row.state}."
        if row.writer_id != row.manuscript.submission.writer_id:
            yield f"Story {row.key}: it is not its writer’s."
        if row.edition is not None and row.edition.revision.is_intact:
            for name in _unlike(row, row.edition.revision.content, known):
                yield f"Story {row.key}: its {name} is not what was approved."


def _unlike(story: Story, content: dict[str, Any], known: set[str]) -> list[str]:
    """What readers see of the story beside its text, and what was not approved so. `known` are subjects that exist."""
    page, picture = story.byline, content["picture"] or {}
    pairs = {
        "headline": (story.headline, content["headline"]),
        "standfirst": (story.standfirst, content["standfirst"]),
        "signature": (story.byline_name, content["byline"]),
        "page of its name": (page and [page.name, page.person_id], page and [content["byline"], story.writer_id]),
        "section": (story.section.slug, content["section"]),
        "web address": (story.slug, content["slug"]),
        "content note": (story.content_note, content["content_note"]),
        "list of subjects": ({subject.slug for subject in story.subjects.all()}, known & {*content["subjects"]}),
        "picture": (_picture(story.picture_facts, story.picture_sha256), _picture(picture, picture.get("sha256", ""))),
        "list of pictures": ({one.sha256 for one in story.figures.all()}, {*pictures_within(content["document"])}),
    }
    return [name for name, (shown, approved) in pairs.items() if shown != approved]


def _picture(said: Mapping[str, Any], sha256: str) -> list[str]:
    return [sha256, *(said.get(name, "") for name in ("alt", "caption", "credit"))]


def _fixes() -> Iterator[str]:
    rows = FixAsked.objects.select_related("story", "edition__revision").defer("edition__revision__body")
    for row in rows.order_by("pk").iterator(chunk_size=200):
        if not row.is_sealed:
            yield f"Small corrections asked about by letter, story {row.story.key}: the seal is broken."
