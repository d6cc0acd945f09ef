"""Thousands of texts put together from passages: most resemble many others a little, and a quarter is one text."""

import json
import random
import time
from collections.abc import Iterable
from itertools import accumulate
from statistics import median

from django.db import transaction

from bench import searching
from bench.magazine import BEGAN
from hearthpress.documents.similarity import VERSION, Fingerprint, bands, fingerprint, to_bytes
from hearthpress.doubles.finding import doubles_of
from hearthpress.doubles.models import Band, Print
from hearthpress.people.models import Person
from hearthpress.submissions.models import Call, Submission

PASSAGES = 2_000  # different ones, so that each stands in a hundred texts
WORDS = 90  # of a passage
LENGTH = 10  # passages of a text
CROWD = 4  # one text in so many is the same one
BATCH = 500


def fill(size: int) -> None:
    """Send so many texts, and at last those that are looked for.

    The signature of a text is the least of those of its passages, place by place: quick, and true but for the runs
    that lead from one passage into the next.
    """
    chance = random.Random(1)
    written = [_prose(chance, WORDS) for _ in range(PASSAGES)]
    signatures = [fingerprint(passage).signature for passage in written]
    for _ in range(0, size, BATCH):
        _send(_joined(signatures, chance, number % CROWD == 0) for number in range(BATCH))
    known = chance.sample(written, LENGTH)
    _send(fingerprint(" ".join([*known[changed:], *written[:changed]])) for changed in (1, 2, 3))
    texts = {"three": " ".join(known), "crowd": " ".join(written[:LENGTH]), "none": _prose(chance, WORDS * LENGTH)}
    for name, text in texts.items():
        _send([fingerprint(text)], name, text)


def measured(rounds: int = 40) -> str:
    """The median milliseconds of taking a fingerprint and of looking for doubles, done in turn, as JSON."""
    asked = {name: Submission.objects.get(title=name) for name in ("three", "crowd", "none")}
    found = {name: len(doubles_of(submission)) for name, submission in asked.items()}
    assert found["three"] == 3, found
    assert found["crowd"] >= 40, found
    assert found["none"] == 0, found
    tasks = {name: lambda submission=submission: doubles_of(submission) for name, submission in asked.items()}
    tasks["fingerprint"] = lambda: fingerprint(asked["three"].source)
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 3):
        for name, task in tasks.items():
            began = time.perf_counter()
            task()
            if number >= 3:
                taken[name].append((time.perf_counter() - began) * 1000)
    return json.dumps({name: median(times) for name, times in taken.items()})


def _prose(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=count))


_VOCABULARY = [searching.word(rank) for rank in range(searching.WORDS)]
_WEIGHTS = list(accumulate(1 / rank for rank in range(1, searching.WORDS + 1)))


def _joined(signatures: list[tuple[int, ...]], chance: random.Random, crowd: bool) -> Fingerprint:
    parts = signatures[:LENGTH] if crowd else chance.sample(signatures, LENGTH)
    return Fingerprint("-", tuple(map(min, *parts)))


@transaction.atomic
def _send(taken: Iterable[Fingerprint], title: str = "-", text: str = "") -> None:
    """The rows that sending makes, of texts with these fingerprints."""
    fingerprints = list(taken)
    facts = {"writer": Person.objects.get(email="writer@example.org"), "call": Call.objects.get()}
    sent = Submission.objects.bulk_create(
        Submission(**facts, state="declined", title=title, source=text, submitted_at=BEGAN) for _ in fingerprints
    )
    prints = Print.objects.bulk_create(
        Print(submission=one, version=VERSION, sha256=each.sha256, signature=to_bytes(each.signature))
        for one, each in zip(sent, fingerprints, strict=True)
    )
    Band.objects.bulk_create(
        Band(of=one, number=number)
        for one, each in zip(prints, fingerprints, strict=True)
        for number in bands(each.signature)
    )
