"""Event rows, held against the table of moves."""

from itertools import pairwise
from typing import Any

from hearthpress.common.states import Moves


def check(events: Any, moves: Moves) -> None:
    """Each row's events form one chain that the table allows, and it ends where the row is."""
    chains: dict[int, list[Any]] = {}
    for event in events.objects.select_related("subject").order_by("pk"):
        chains.setdefault(event.subject_id, []).append(event)
    for chain in chains.values():
        for event in chain:
            assert not event.old or event.new in moves[event.old], event
        for before, after in pairwise(chain):
            assert before.new == after.old
        assert chain[-1].new == chain[-1].subject.state
