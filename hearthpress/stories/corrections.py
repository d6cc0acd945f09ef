"""What the magazine says that it corrected, at the foot of a story: part of what its writer approves."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed
from hearthpress.editing.actions import keep_version
from hearthpress.editing.content import corrections_of
from hearthpress.editing.models import Revision
from hearthpress.editing.revisions import TextChanged
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story


class Correction(NamedTuple):
    """One of a story's corrections: its day where the magazine is, and what was wrong and why."""

    day: date
    words: str


def shown_corrections(content: dict[str, Any]) -> list[Correction]:
    """The corrections of a content (see editing.content), the oldest first."""
    return [Correction(date.fromisoformat(one["date"]), one["words"]) for one in corrections_of(content)]


def published_corrections(story: Story) -> list[dict[str, str]]:
    """Those that readers have read. They stay."""
    return corrections_of(story.edition.revision.content) if story.edition is not None else []


@transaction.atomic
def correct(story: Story, editor: Person, words: str, seen_sha256: str) -> Revision:
    """Say under a live story what was wrong in it, in a version that the writer is asked about like any other.

    `seen_sha256` is the newest version's hash as the editor saw it. Raises NotAllowed for a story that is not live,
    and as `keep_version` does.
    """
    if story.state != StoryState.LIVE:
        raise NotAllowed("Only what readers read is corrected.")
    content = _seen(story, seen_sha256)
    today = clock.today(Masthead.current().time_zone).isoformat()
    corrections = [*corrections_of(content), {"date": today, "words": words}]
    return keep_version(story.manuscript, editor, {**content, "corrections": corrections}, words[:200])


@transaction.atomic
def drop_corrections(story: Story, editor: Person, seen_sha256: str) -> Revision:
    """Take back the corrections that no reader has read yet. Raises as `keep_version` does."""
    content = dict(_seen(story, seen_sha256))
    content.pop("corrections", None)
    kept = published_corrections(story)
    return keep_version(story.manuscript, editor, {**content, **({"corrections": kept} if kept else {})})


def _seen(story: Story, sha256: str) -> dict[str, Any]:
    revision = story.manuscript.revision
    if revision is None or revision.sha256 != sha256:
        raise TextChanged(story.key)
    return revision.content
