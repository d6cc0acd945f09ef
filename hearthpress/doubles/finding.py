"""What is the same, or nearly the same, as a text that was sent. Who may see it, the doors say."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models.functions import Coalesce

from hearthpress.documents.similarity import VERSION, Signature, bands, from_bytes, likeness
from hearthpress.doubles.models import Print
from hearthpress.submissions.models import Submission

ALIKE = 0.5  # of a likeness from 0 to 1
# However many share a band, as texts written after one pattern do, so many are looked at: the newest. And of all that
# share any, those that share the most.
NEWEST = 50
MOST = 100

# The newest prints with one band's number: a walk along an index, that ends after a few steps.
_SHARING = "SELECT of_id FROM (SELECT of_id FROM doubles_band WHERE number = %s ORDER BY of_id DESC LIMIT %s) AS s"


@dataclass(frozen=True)
class Double:
    """A submission whose text is like another's; `likeness` is from 0 to 1.

    `is_published`: it is the live story made of it that is so alike, more than what its writer sent.
    """

    key: str
    sent_at: datetime
    likeness: float
    is_same: bool
    is_published: bool

    @property
    def percent(self) -> int:
        """How much is the same; all of it only where each word is."""
        return 100 if self.is_same else min(round(self.likeness * 100), 99)


def doubles_of(submission: Submission) -> list[Double]:
    """Other submissions, those taken back included, that are alike in what was sent or in what is live: newest first.

    Three queries, however many there are. Nothing is found for a text that has no print yet.
    """
    own = Print.objects.filter(submission=submission, version=VERSION).first()
    if own is None:
        return []
    signature = from_bytes(own.signature)
    best: dict[str, Double] = {}
    for double in _compared(own, signature):
        if double.likeness >= ALIKE and double.likeness > getattr(best.get(double.key), "likeness", 0):
            best[double.key] = double
    best.pop(submission.key, None)
    return sorted(best.values(), key=lambda double: (double.sent_at, double.key), reverse=True)


def _compared(own: Print, signature: Signature) -> list[Double]:
    prints = Print.objects.filter(pk__in=_likely(bands(signature)), version=VERSION).annotate(
        key=Coalesce("submission__key", "story__manuscript__submission__key"),
        sent_at=Coalesce("submission__submitted_at", "story__manuscript__submission__submitted_at"),
    )
    return [
        Double(
            key=row.key,
            sent_at=row.sent_at,
            likeness=likeness(signature, from_bytes(row.signature)),
            is_same=row.sha256 == own.sha256,
            is_published=row.story_id is not None,
        )
        for row in prints.order_by("pk")
    ]


def _likely(numbers: list[int]) -> list[int]:
    """The keys of the prints that share the most bands, the newest of each band."""
    if not numbers:
        return []
    parameters = [value for number in numbers for value in (number, NEWEST)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([_SHARING] * len(numbers)), parameters)
        shared = Counter(row[0] for row in cursor.fetchall())
    return [key for key, _bands in shared.most_common(MOST)]
