"""Carry purge rows out on this host, in the order of their commits; and never wonder whether one was missed."""

import logging
from collections.abc import Iterable
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
    SELECT now.lineage, now.value, purge.generation, purge.keys FROM edge_generation AS now
    LEFT JOIN edge_purge AS purge ON purge.generation > %s OR purge.generation IS NULL
    WHERE now.id = 1 ORDER BY purge.generation
"""
CARRYING_OUT = "purges"  # the name of the lock: one process of a host at a time

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Purged:
    """One numbered purge."""

    generation: int
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """What the database says: its `lineage`, how many purges it has seen, and those after the generation asked for."""

    lineage: str
    value: int
    purges: tuple[Purged, ...]


def catch_up(store: PageStore) -> int:
    """Make this host's pages as true as the database is now. How many purges were carried out.

    Raises django.db.DatabaseError; then nothing is known, and `store.shared.confirmed` stays as it was.
    """
    asked = monotonic()
    standing = standing_since(store.shared.generation)
    if not _is_level(store, standing):
        return _carry_out(store, asked)
    store.shared.confirmed = max(asked, store.shared.confirmed)
    return 0


def standing_since(generation: int) -> Standing:
    """Number what was committed since, and read it."""
    lineage, value, rows = _read(generation)
    if any(number is None for number, _ in rows):
        _number()
        lineage, value, rows = _read(generation)
    purges = tuple(Purged(number, tuple(keys.split())) for number, keys in rows if number is not None)
    return Standing(lineage, value, purges)


def forget_old_purges() -> int:
    """Delete the rows that every host and the CDN have carried out long ago. How many."""
    newest = Purge.objects.aggregate(Max("generation"))["generation__max"] or 0
    old = Purge.objects.filter(written_at__lt=clock.now() - KEPT, generation__lt=newest)
    if settings.CDN_PURGE_URL:
        old = old.filter(cdn_told__gte=TOLD)
    return old.delete()[0]


def _read(generation: int) -> tuple[str, int, list[tuple[int | None, str]]]:
    """One statement, and so one moment of the database; four times a second on each host, so without models."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [generation])
        rows = cursor.fetchall()
    if not rows:
        return (*_begin(), [])
    lineage, value = rows[0][:2]
    return lineage, value, [(number, keys) for _, _, number, keys in rows if keys is not None]


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


def _is_level(store: PageStore, standing: Standing) -> bool:
    return store.follows("lineage") == standing.lineage and store.shared.generation == standing.value


def _carry_out(store: PageStore, asked: float) -> int:
    with store.alone(CARRYING_OUT):
        at = store.shared.generation
        standing = standing_since(at)
        if store.follows("lineage") != standing.lineage or not _is_gapless(at, standing):
            # Another database than the pages came from, or one that was restored; or rows too old to be there still.
            store.empty(lineage=standing.lineage, generation=standing.value)
        for purged in standing.purges:
            if purged.generation > store.shared.generation:
                store.purge(purged.keys, purged.generation)
        store.shared.confirmed = max(asked, store.shared.confirmed)
        return len(standing.purges)


def _is_gapless(at: int, standing: Standing) -> bool:
    numbers: Iterable[int] = [purged.generation for purged in standing.purges]
    return list(numbers) == list(range(at + 1, standing.value + 1))
