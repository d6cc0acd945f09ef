"""Carry purge rows out on this host, in the order of their commits; and never wonder whether one was missed."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from hearthpress.common import clock
from hearthpress.edge.models import Generation, Purge, new_lineage
from hearthpress.edge.store import PageStore

TOLD = 2  # times that the CDN hears of each: see hearthpress.edge.cdn
KEPT = timedelta(days=7)  # a host that was away for longer begins with an empty store
STANDING = """
    SELECT now.lineage, now.value, purge.generation, purge.keys, purge.id, purge.written_at FROM edge_generation AS now
    LEFT JOIN edge_purge AS purge ON purge.generation >= %s OR purge.generation IS NULL
    WHERE now.id = 1 ORDER BY purge.generation
"""
CARRYING_OUT = "purges"  # the name of the lock: one process of a host at a time

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Purged:
    """One numbered purge. `mark` tells it from one of the same number in a database that was restored since."""

    generation: int
    keys: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class Standing:
    """What the database says: its `lineage`, how many purges it has seen, the one of the generation asked for, those
    after it, and the keys of those that have no number yet.
    """

    lineage: str
    value: int
    known: Purged | None
    purges: tuple[Purged, ...]
    waiting: tuple[str, ...]


def catch_up(store: PageStore) -> int:
    """Make this host's pages as true as the database is now. How many purges were carried out.

    Raises django.db.DatabaseError; then nothing is known, and `store.shared.confirmed` stays as it was.
    """
    asked, at = monotonic(), store.shared.generation
    standing = _read(at)
    if standing.waiting:
        # A number must wait for whoever is writing now (SQLite); readers need not.
        store.purge(standing.waiting, at)
    elif at == standing.value and _is_ours(store, at, standing):
        _confirm(store, asked)
        return 0
    return _carry_out(store, asked)


def standing_since(generation: int) -> Standing:
    """Number what was committed since, and read it."""
    standing = _read(generation)
    if standing.waiting:
        _number()
        standing = _read(generation)
    return standing


def forget_old_purges() -> int:
    """Delete the rows that every host and the CDN have carried out long ago. How many."""
    newest = Purge.objects.aggregate(Max("generation"))["generation__max"] or 0
    old = Purge.objects.filter(written_at__lt=clock.now() - KEPT, generation__lt=newest)
    if settings.CDN_PURGE_URL:
        old = old.filter(cdn_told__gte=TOLD)
    return old.delete()[0]


def _read(generation: int) -> Standing:
    """One statement, and so one moment of the database; four times a second on each host, so without models."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [generation])
        rows = cursor.fetchall()
    if not rows:
        return Standing(*_begin(), None, (), ())
    lineage, value = rows[0][:2]
    found = [Purged(row[2], tuple(row[3].split()), f"{row[4]} {row[5]}") for row in rows if row[3] is not None]
    numbered = {purged.generation: purged for purged in found if purged.generation is not None}
    known = numbered.pop(generation, None)
    waiting = tuple(key for purged in found if purged.generation is None for key in purged.keys)
    return Standing(lineage, value, known, tuple(numbered.values()), waiting)


def _begin() -> tuple[str, int]:
    """The row of a new database. Two hosts may come at once."""
    try:
        with transaction.atomic():
            Generation.objects.create(pk=1, lineage=new_lineage())
    except IntegrityError:
        logger.debug("Another host began.")
    begun = Generation.objects.get(pk=1)
    return begun.lineage, begun.value


@transaction.atomic
def _number() -> None:
    """Give generations to the rows without one. The lock on the one row makes hosts do this one after the other."""
    generation = Generation.objects.select_for_update().get(pk=1)
    waiting = list(Purge.objects.filter(generation=None).order_by("id").values_list("pk", flat=True))
    for number, pk in enumerate(waiting, start=generation.value + 1):
        Purge.objects.filter(pk=pk).update(generation=number)
    Generation.objects.filter(pk=1).update(value=generation.value + len(waiting))


def _carry_out(store: PageStore, asked: float) -> int:
    while True:
        at = store.shared.generation
        standing = standing_since(at)  # not while others wait for us: a database may say nothing for a long time
        with store.alone(CARRYING_OUT):
            if store.shared.generation == at:  # or else another process was here meanwhile
                _level(store, at, standing)
                _confirm(store, asked)
                return len(standing.purges)


def _confirm(store: PageStore, asked: float) -> None:
    store.shared.confirmed = max(asked, store.shared.confirmed)
    store.shared.answered = max(asked, store.shared.answered)


def _level(store: PageStore, at: int, standing: Standing) -> None:
    if not (_is_ours(store, at, standing) and _is_gapless(at, standing)):
        # Another database than the pages came from, or one that was restored; or rows too old to be there still.
        mark = standing.purges[-1].mark if standing.purges else ""
        store.empty(lineage=standing.lineage, mark=f"{standing.value} {mark}", generation=standing.value)
        return
    purge_all(store, standing.purges)


def purge_all(store: PageStore, purges: Sequence[Purged]) -> None:
    """Carry out purges, in their order, as one: on a full disk each takes its pages out though none can be noted."""
    if purges:
        keys = [key for purged in purges for key in purged.keys]
        store.purge(keys, purges[-1].generation, purges[-1].mark)


def _is_ours(store: PageStore, at: int, standing: Standing) -> bool:
    """Whether the store follows this database: a copy of last night's counts on from fewer purges, or from others."""
    number, _, mark = store.follows("mark").partition(" ")
    is_known = number != str(at) or not mark or (standing.known is not None and standing.known.mark == mark)
    return is_known and at <= standing.value and store.follows("lineage") == standing.lineage


def _is_gapless(at: int, standing: Standing) -> bool:
    numbers: Iterable[int] = [purged.generation for purged in standing.purges]
    return list(numbers) == list(range(at + 1, standing.value + 1))
