"""Giving stories to an editor, many at once: what could be given, and what could not."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from hearthpress.common.states import SomebodyElseWon
from hearthpress.desk.queue.rows import Row, rows_of
from hearthpress.people.models import Person
from hearthpress.submissions.actions import assign
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import OVER

TOGETHER = 50  # the most stories that are given at once


@dataclass(frozen=True)
class Given:
    """The titles of the stories that were given; of those that this editor does not take on; and of those that
    somebody had given to another editor meanwhile."""

    done: list[str]
    not_theirs: list[str]
    meanwhile: list[str]


def stories_to_give(editor: Person, keys: list[str]) -> list[Row]:
    """The stories with these keys that are not over, the oldest promise first."""
    ticked = [key for key in keys if key.isalnum()][:TOGETHER]
    open_ones = desk_submissions(editor).filter(key__in=ticked).exclude(state__in=OVER)
    return rows_of(editor, open_ones.order_by("reply_due", "pk").values_list("pk", flat=True))


def give_all(rows: list[Row], to: Person | None, by: Person, why: str, had: Mapping[str, str]) -> Given:
    """Give each to `to`, or to nobody. `had` says for a key who had it when the page was drawn: "" for nobody."""
    given = Given([], [], [])
    for row in rows:
        story = row.story
        try:
            if had.get(story.key, "") != str(story.assigned_to_id or ""):
                raise SomebodyElseWon("given to somebody else")
            assign(story, to, by, why)
        except SomebodyElseWon:
            given.meanwhile.append(str(story))
        except PermissionDenied:
            given.not_theirs.append(str(story))
        else:
            given.done.append(str(story))
    return given
