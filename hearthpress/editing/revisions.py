"""How a new version is added: numbered, hashed and chained, over the one that was seen and over no other."""

from typing import Any

from django.db import IntegrityError, transaction

from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.common.chain import FIRST, link
from hearthpress.common.states import SomebodyElseWon
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.people.models import Person


class TextChanged(SomebodyElseWon):
    """The text is no longer the one that this person was looking at."""


def add_revision(manuscript: Manuscript, person: Person, value: dict[str, Any], why: str = "") -> Revision:
    """Keep `value` (see editing.content) as the manuscript's newest version. Raises TextChanged."""
    body = canonical_bytes(value)
    before = manuscript.revision
    revision = Revision(
        manuscript=manuscript,
        number=before.number + 1 if before else 1,
        body=body,
        sha256=sha256(body),
        made_by=person,
        why=why,
    )
    revision.chain = link(before.chain if before else FIRST, revision.facts)
    try:
        with transaction.atomic():
            revision.save()
    except IntegrityError as error:
        raise TextChanged(manuscript.key) from error
    unchanged = Manuscript.objects.filter(pk=manuscript.pk, revision=before, state=manuscript.state)
    kept = unchanged.update(revision=revision)
    if not kept:
        raise TextChanged(manuscript.key)
    manuscript.revision = revision
    return revision
