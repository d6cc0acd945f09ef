"""Rows that are evidence: written once, never changed, never deleted."""

from typing import Any, NoReturn

from django.db import models


class EvidenceIsFinal(TypeError):
    """Somebody tried to change or delete a row that is evidence. A correction is a new row."""


class EvidenceQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ARG002  Django's signature
        raise EvidenceIsFinal(self.model.__name__)

    def delete(self) -> NoReturn:
        raise EvidenceIsFinal(self.model.__name__)


class Evidence(models.Model):
    """Base of evidence rows. The database holds the same rule for money (see ledger's triggers)."""

    objects = models.Manager.from_queryset(EvidenceQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EvidenceIsFinal(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002  Django's signature
        raise EvidenceIsFinal(type(self).__name__)
