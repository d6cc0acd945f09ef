"""Views as evidence, in the database "views". No row says who a reader is, and none points into another database."""

from django.db import models

from hearthpress.common import clock
from hearthpress.common.immutable import Evidence, EvidenceQuerySet
from hearthpress.readership.enums import Reason
from hearthpress.readership.intake import READER_BYTES, RULE_LENGTH


class View(Evidence):
    """What paid and unpaid views share. `day` is the date of `utc_at` in the time zone of the story's agreement."""

    story_key = models.CharField(max_length=12)
    day = models.DateField()
    utc_at = models.DateTimeField(default=clock.now)
    reader = models.BinaryField(max_length=READER_BYTES)

    class Meta:
        abstract = True


class ReaderDay(View):
    """The unit of pay: the first payable view of one story by one reader on one day."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story_key", "day", "reader"], name="one_reader_day")]

    def __str__(self) -> str:
        return f"{self.story_key} {self.day}"


class MovableQuerySet(EvidenceQuerySet):
    """Evidence as all views are, with one exception, which has a name of its own."""

    def move_away(self) -> int:
        """Delete these rows, which the caller has written elsewhere in the same transaction; how many there were.

        Only `settling` calls it, for arrivals that it has kept for good, and `folding`, for views that it has counted
        when the time for disputes was over. No other code deletes evidence.
        """
        return models.QuerySet.delete(self)[0]


class UnpaidView(View):
    """A view that was acknowledged and is not paid. `reader` is NOBODY for an own view; `rule` tells of a robot."""

    objects = models.Manager.from_queryset(EvidenceQuerySet)()  # type: ignore[misc]  # first, and so the default one
    movable = models.Manager.from_queryset(MovableQuerySet)()

    reason = models.CharField(max_length=10, choices=Reason)
    rule = models.CharField(max_length=RULE_LENGTH, blank=True)

    class Meta:
        indexes = [models.Index(fields=["story_key", "day", "reason", "reader"], name="unpaid_by_reader")]

    def __str__(self) -> str:
        return f"{self.story_key} {self.day} {self.reason}"


class Arrival(View):
    """A view as it was acknowledged. `settling` makes it a reader-day or an unpaid view, within moments."""

    objects = models.Manager.from_queryset(EvidenceQuerySet)()  # type: ignore[misc]  # first, and so the default one
    movable = models.Manager.from_queryset(MovableQuerySet)()

    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    rule = models.CharField(max_length=RULE_LENGTH, blank=True)

    def __str__(self) -> str:
        return f"{self.story_key} {self.day}"


class UnpaidCount(models.Model):
    """How many unpaid views there were of which no row is kept: nobody can ask about them any more, or one reader sent
    more of them than `keeping.MOST_ALIKE`."""

    story_key = models.CharField(max_length=12)
    day = models.DateField()
    reason = models.CharField(max_length=10, choices=Reason)
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story_key", "day", "reason"], name="one_unpaid_count")]

    def __str__(self) -> str:
        return f"{self.story_key} {self.day} {self.reason}: {self.number}"
