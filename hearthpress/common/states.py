"""State machines as data: a table of allowed moves, one compare-and-set, one event row for every move."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.immutable import Evidence

Moves = Mapping[str, frozenset[str]]


class NotAllowed(Sentence):
    """The state table has no such move."""


class SomebodyElseWon(Sentence):
    """The row is no longer in the state that this decision was taken in: another person acted first."""


class Event(Evidence):
    """One move of one row: the old state, the new one, who, when and why. Subclasses add `subject`."""

    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20)
    actor = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    why = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.old} -> {self.new}"


class Stateful(models.Model):
    """Base of rows with a `state`, a table of MOVES and an EVENT model."""

    MOVES: Moves
    EVENT: str
    state: "models.CharField[str, str]"

    class Meta:
        abstract = True

    def may_become(self, new: str) -> bool:
        """Whether the state table allows the move from here."""
        return new in self.MOVES[self.state]

    def move(
        self, new: str, *, actor: Any = None, why: str = "", still: Mapping[str, Any] | None = None, **changes: Any
    ) -> None:
        """Move this row to the state `new` if it still is where this copy of it says, and write the event.

        `changes` are columns set in the same statement; `still` are more columns that must not have changed since.
        Must run inside a transaction with the letters and purges that the move causes. Raises NotAllowed,
        SomebodyElseWon.
        """
        old = self.state
        if not self.may_become(new):
            raise NotAllowed(f"{type(self).__name__}: {old} -> {new}")
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("a move runs in the transaction of its verb")
        self._compare_and_set({"state": old, **(still or {})}, {"state": new, **changes})
        event_model = self._meta.apps.get_model(self._meta.app_label, self.EVENT)
        event_model._default_manager.create(subject=self, old=old, new=new, actor=actor, why=why)

    def _compare_and_set(self, expected: dict[str, Any], changes: dict[str, Any]) -> None:
        won = type(self)._default_manager.filter(pk=self.pk, **expected).update(**changes)
        if won != 1:
            raise SomebodyElseWon(f"{type(self).__name__} {self.pk} is no longer {expected['state']}")
        for name, value in changes.items():
            setattr(self, name, value)
