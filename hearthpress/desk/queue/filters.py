"""What the queue shows, as its URL says it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hearthpress.desk.row_numbers import row_number
from hearthpress.documents.text import one_line
from hearthpress.submissions.enums import UNDECIDED, CallKind, SubmissionState

MOST_LETTERS = 100  # of what is looked for
ME, NOBODY = "me", "nobody"


class Where(models.TextChoices):
    """Whose turn it is."""

    US = "us", _("Waiting for us")
    NEW = "new", _("Not read by anybody yet")
    READ = "read", _("Being read")
    WRITER = "writer", _("With the writer for changes")


STATES: dict[str, list[SubmissionState]] = {
    Where.US: sorted(UNDECIDED),
    Where.NEW: [SubmissionState.RECEIVED],
    Where.READ: [SubmissionState.READING],
    Where.WRITER: [SubmissionState.LAPSED, SubmissionState.REVISING],
}


class Mine(models.TextChoices):
    """Whether this editor's own reading is in."""

    IN = "in", _("Read by me")
    OUT = "out", _("Not read by me")


class Due(models.TextChoices):
    LATE = "late", _("Past the promised day")
    NEAR = "near", _("Promised within three days")


class Length(models.TextChoices):
    SHORT = "short", _("Under 1,000 words")
    MIDDLE = "middle", _("1,000 to 3,000 words")
    LONG = "long", _("Over 3,000 words")


# The least and the most words of each; None where there is no end.
WORDS: dict[str, tuple[int, int | None]] = {
    Length.SHORT: (0, 999),
    Length.MIDDLE: (1000, 3000),
    Length.LONG: (3001, None),
}


class Sort(models.TextChoices):
    """What comes first."""

    PROMISE = "promise", _("The oldest promise")
    AGE = "age", _("The longest here")
    LENGTH = "length", _("The shortest")


COLUMNS: dict[str, str] = {Sort.PROMISE: "reply_due", Sort.AGE: "submitted_at", Sort.LENGTH: "words"}


@dataclass(frozen=True)
class Filter:
    """`find` is looked for in titles and names; `call` and `subject` are numbers of rows; `who` is "me", "nobody" or a
    person's number: who looks after it. What is "" or None narrows nothing."""

    find: str = ""
    where: str = Where.US
    call: int | None = None
    kind: str = ""
    subject: int | None = None
    who: str = ""
    mine: str = ""
    due: str = ""
    length: str = ""
    urgent: str = ""
    sort: str = Sort.PROMISE

    @classmethod
    def of(cls, query: QueryDict) -> "Filter":
        """What the query says; what it says badly it does not say."""
        who = query.get("who", "")
        return cls(
            find=one_line(query.get("find", ""))[:MOST_LETTERS],
            where=_one_of(Where.values, query.get("where", ""), Where.US),
            call=row_number(query.get("call", "")),
            kind=_one_of(CallKind.values, query.get("kind", "")),
            subject=row_number(query.get("subject", "")),
            who=who if who in (ME, NOBODY) or row_number(who) else "",
            mine=_one_of(Mine.values, query.get("mine", "")),
            due=_one_of(Due.values, query.get("due", "")),
            length=_one_of(Length.values, query.get("length", "")),
            urgent="yes" if query.get("urgent") else "",
            sort=_one_of(Sort.values, query.get("sort", ""), Sort.PROMISE),
        )

    def query(self, **more: str) -> str:
        """The part of the URL after "?": only what differs from the whole queue."""
        plain = asdict(Filter())
        said = {name: value for name, value in asdict(self).items() if value != plain[name]}
        return urlencode({name: str(value) for name, value in {**said, **more}.items() if value})

    @property
    def is_narrowed(self) -> bool:
        """Whether it may leave something out; in which order it stands is another thing."""
        return Filter(sort=self.sort) != self

    @property
    def is_detailed(self) -> bool:
        """Whether it says more than what is looked for."""
        return Filter(find=self.find) != self


def _one_of(values: Iterable[str], text: str, otherwise: str = "") -> str:
    return text if text in list(values) else otherwise
