"""Rows that say so when they are changed in bulk. Django's own signals tell of `save` and `delete`, not of `update`."""

from typing import Any, TypeVar

from django.db import models, transaction
from django.dispatch import Signal

# Sent inside the transaction of the change, with `rows`: each changed row as it was before, and as it is now.
rows_changed = Signal()

Row = TypeVar("Row", bound=models.Model)


class AnnouncingQuerySet(models.QuerySet[Row]):
    """A QuerySet whose `update` and `bulk_create` send `rows_changed` (`bulk_update` comes by way of `update`)."""

    def update(self, **changes: Any) -> int:
        if not rows_changed.has_listeners(self.model):
            return super().update(**changes)
        with transaction.atomic(using=self.db):
            rows = self.model._base_manager.using(self.db)  # noqa: SLF001  it is public in Django
            before = list(rows.filter(pk__in=self.order_by().values("pk")))
            changed = super().update(**changes)
            if changed:
                after = rows.filter(pk__in=[row.pk for row in before])
                rows_changed.send(self.model, rows=[*before, *after])
        return changed

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Row]:
        with transaction.atomic(using=self.db):
            made = super().bulk_create(*args, **kwargs)
            rows_changed.send(self.model, rows=made)
        return made
