"""What the queue says of each story."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthpress.common import clock
from hearthpress.correspondence.unread import with_news_for_editor
from hearthpress.desk.queue.choosing import first_numbers, numbers
from hearthpress.desk.queue.filters import Filter
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import PENDING, UNDECIDED, SubmissionState
from hearthpress.submissions.models import Conflict, Decision, Submission
from hearthpress.tasks.digests import NEAR

PAGE = 25
WITHOUT_TEXT = ("source", "document", "answers", "note")


@dataclass(frozen=True)
class Day:
    """The day that somebody waits for. `words` say how near it is, "" while it is far; `look` is a label's class."""

    what: str
    at: datetime | None
    words: str = ""
    look: str = ""


@dataclass(frozen=True)
class Row:
    """One story. `pieces` were sent together with it, itself counted; `has_news` is a message not seen yet.

    `waits_for_vote`: what others think of it is not told before this editor's own reading; `has_left`: they leave it to
    others, and hear no more of it.
    """

    story: Any
    day: Day
    votes: str
    pieces: int
    has_news: bool
    has_left: bool
    waits_for_vote: bool = False


@dataclass(frozen=True)
class QueuePage:
    """One page. `after` is the key that the next page begins behind, "" on the last one; `found` and `late` count the
    whole list, see `choosing.numbers`."""

    rows: list[Row]
    after: str
    found: int
    late: int


def queue_page(editor: Person, chosen: Filter, after: str = "") -> QueuePage:
    """What is chosen, from behind the story with the key `after`."""
    rows = rows_of(editor, first_numbers(editor, chosen, after, PAGE + 1))
    goes_on = len(rows) > PAGE
    if after or goes_on:
        found, late = numbers(editor, chosen)
    else:
        found, late = len(rows), sum(row.story.late for row in rows)
    return QueuePage(rows[:PAGE], rows[PAGE - 1].story.key if goes_on else "", found, late)


def rows_of(editor: Person, numbers: Iterable[int]) -> list[Row]:
    """The stories with these numbers, in this order."""
    order = {number: place for place, number in enumerate(numbers)}
    found = list(_with_more(desk_submissions(editor).filter(pk__in=order), editor))
    pieces = _pieces(found)
    return [_row(story, pieces) for story in sorted(found, key=lambda story: order[story.pk])]


def day_of(story: Submission) -> Day:
    """Our promise to the writer; or, while the story is with them, when their changes are hoped for."""
    if story.state in UNDECIDED:
        return _promise(story.reply_due)
    if story.state == SubmissionState.LAPSED:
        return Day(_("Changes hoped for by"), story.revise_by, _("left open"), "over")
    return Day(_("Changes hoped for by"), story.revise_by)


def votes_of(story: Any) -> str:
    """What the readings say, such as "2 yes, 1 no"; "" where there are none, or none to be seen yet."""
    votes = Counter(reading.vote for reading in story.readings.all())
    said = {
        "yes": _("%(number)d yes") % {"number": votes["yes"]},
        "maybe": _("%(number)d maybe") % {"number": votes["maybe"]},
        "no": _("%(number)d no") % {"number": votes["no"]},
    }
    return ", ".join(words for vote, words in said.items() if votes[vote])


def _row(story: Any, pieces: Counter[int]) -> Row:
    """Before an anonymous reading it tells neither what came with it nor what others wrote about it."""
    left, day = story.has_left, day_of(story)
    if story.concealed:
        return Row(story, day, votes="", pieces=1, has_news=False, has_left=left, waits_for_vote=True)
    together = pieces[_first_of(story.pk, story.sent_with_id)] or 1
    return Row(story, day, "" if left else votes_of(story), together, story.has_news and not left, left)


def _promise(due: datetime | None) -> Day:
    what, now = _("Promised by"), clock.now()
    if due is None or due > now + NEAR:
        return Day(what, due)
    if due < now:
        return Day(what, due, _("late"), "bad")
    days = (timezone.localtime(due).date() - timezone.localtime(now).date()).days
    words = [_("today"), _("tomorrow")][days] if days < 2 else ngettext("in %(days)d day", "in %(days)d days", days)
    return Day(what, due, words % {"days": days}, "wait")


def _with_more(rows: QuerySet[Submission], editor: Person) -> QuerySet[Any]:
    pending = Decision.objects.filter(state__in=PENDING)
    left = Exists(Conflict.objects.filter(submission=OuterRef("pk"), editor=editor))
    known = (
        with_news_for_editor(rows, editor)
        .annotate(has_left=left)
        .select_related("call", "byline", "assigned_to", "urgency")
    )
    beside = known.prefetch_related("subjects", "readings", Prefetch("decisions", queryset=pending, to_attr="pending"))
    return beside.defer(*WITHOUT_TEXT)


def _pieces(stories: Iterable[Submission]) -> Counter[int]:
    """How many pieces were sent together, by the number of the first one; what was taken back is not among them."""
    several = [story for story in stories if story.sent_with_id or story.call.pieces > 1]
    firsts = {_first_of(story.pk, story.sent_with_id) for story in several}
    together = Submission.objects.filter(Q(pk__in=firsts) | Q(sent_with__in=firsts))
    kept = together.exclude(state=SubmissionState.WITHDRAWN).values_list("pk", "sent_with")
    return Counter(_first_of(number, first) for number, first in kept)


def _first_of(number: int, first: int | None) -> int:
    return first or number
