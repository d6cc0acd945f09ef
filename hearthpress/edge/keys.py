"""Surrogate keys: which pages show a row, and which pages a change of it makes untrue.

Each model is declared once; from then on every change of its rows, however it is made, writes a purge row in its own
transaction. Nothing purges by hand.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from hearthpress.common.announce import AnnouncingQuerySet, rows_changed
from hearthpress.edge.models import Purge
from hearthpress.edge.watch import when_committed

# What may stand in a header of keys with spaces between, and in a pattern without being quoted.
KEY = re.compile(r"[a-z0-9_-]{1,120}")
EVERY_PAGE = "masthead"  # the key that every public page carries


@dataclass(frozen=True)
class Declaration:
    """`carried`: the keys of a page that shows the row. `purged`: the keys that a change of the row makes untrue."""

    carried: Callable[[Any], Iterable[str]]
    purged: Callable[[Any], Iterable[str]]


_declared: dict[type[models.Model], Declaration] = {}


def declare(
    model: type[models.Model],
    *,
    carried: Callable[[Any], Iterable[str]],
    purged: Callable[[Any], Iterable[str]] | None = None,
) -> None:
    """Say which keys pages carry that show a row of `model`, and which a change of it purges (the same by default).

    Call it in AppConfig.ready(). Raises TypeError for a model whose bulk changes nobody would hear of.
    """
    if not isinstance(model._default_manager.all(), AnnouncingQuerySet):  # noqa: SLF001  it is public in Django
        raise TypeError(f"{model.__name__}.objects must be made from an AnnouncingQuerySet")
    _declared[model] = Declaration(carried, purged or carried)
    name = f"purge {model._meta.label}"  # noqa: SLF001
    post_save.connect(_saved, sender=model, dispatch_uid=name)
    post_delete.connect(_saved, sender=model, dispatch_uid=name)
    rows_changed.connect(_changed_in_bulk, sender=model, dispatch_uid=name)
    for field in model._meta.many_to_many:  # noqa: SLF001
        through = getattr(model, field.name).through
        m2m_changed.connect(_links_changed, sender=through, dispatch_uid=f"{name} {field.name}")


def carries(response: HttpResponse, *things: Any) -> HttpResponse:
    """Say what a public page shows: rows of declared models, keys, and lists of either."""
    response.page_keys = {*keys_of_page(response), *_keys(things)}  # type: ignore[attr-defined]
    return response


def keys_of_page(response: HttpResponseBase) -> set[str]:
    """What `carries` was told of this response."""
    return getattr(response, "page_keys", set())


def purge(keys: Iterable[str]) -> None:
    """Write the purge row of these keys, in the transaction that is under way. Nothing is written for no keys."""
    text = " ".join(sorted(set(keys)))
    if text:
        Purge.objects.create(keys=text)
        when_committed()


def _keys(things: Iterable[Any]) -> Iterable[str]:
    for thing in things:
        if isinstance(thing, str):
            yield checked(thing)
        elif isinstance(thing, models.Model):
            yield from _declared[type(thing)].carried(thing)
        elif thing is not None:
            yield from _keys(thing)


def checked(key: str) -> str:
    """The key itself. Raises ValueError when it could not stand in a header."""
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no surrogate key")
    return key


def _purge_rows(rows: Iterable[models.Model]) -> None:
    purge(checked(key) for row in rows for key in _declared[type(row)].purged(row))


def _saved(instance: models.Model, **_details: Any) -> None:
    _purge_rows([instance])


def _changed_in_bulk(rows: Iterable[models.Model], **_details: Any) -> None:
    _purge_rows(rows)


def _links_changed(
    instance: models.Model, action: str, reverse: bool, model: type[models.Model], pk_set: Any, **_: Any
) -> None:
    """Rows linked or unlinked: the one that was asked to do it, and those that hold the links.

    What they link to is as it was: a story that gets a subject makes no page of the subject's other stories untrue.
    """
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    far = model._base_manager.filter(pk__in=pk_set or []) if reverse else ()  # noqa: SLF001
    _purge_rows(row for row in [instance, *far] if type(row) in _declared)
