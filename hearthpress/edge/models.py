"""Purges as rows: which pages are not true any more."""

import secrets

from django.db import models

from hearthpress.common import clock


def new_lineage() -> str:
    return secrets.token_hex(8)


class Purge(models.Model):
    """The keys of pages that a change made untrue, written in the transaction of the change.

    `generation` is given after the commit, one by one: so numbers stand in the order of the commits, without a gap.
    """

    keys = models.TextField(help_text="Surrogate keys, with a space between.")
    generation = models.PositiveBigIntegerField(null=True, unique=True)
    written_at = models.DateTimeField(default=clock.now)
    cdn_told = models.PositiveSmallIntegerField(default=0, help_text="How often the CDN was told.")

    class Meta:
        indexes = [models.Index(fields=["cdn_told", "generation"], name="purges_for_the_cdn")]

    def __str__(self) -> str:
        return f"{self.generation}: {self.keys}"


class Generation(models.Model):
    """The one row that says how many purges there have been, and in which database (a restored one is another)."""

    value = models.PositiveBigIntegerField(default=0)
    lineage = models.CharField(max_length=16, default=new_lineage)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_generation")]

    def __str__(self) -> str:
        return str(self.value)
