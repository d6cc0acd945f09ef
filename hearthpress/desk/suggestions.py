"""Which story a related line may mean: live stories that the care rules allow, the closest titles first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from hearthpress.stories.models import Story

CLOSEST = 8
NEWEST = 25
MOST = 5_000  # the newest stories are looked at; an older one is given by its address
ALIKE = 0.75  # of SequenceMatcher.ratio; from here on a title is offered as what the writer probably meant
COMPARED = 30  # titles with the most words in common, which are then compared letter by letter


@dataclass(frozen=True)
class Candidate:
    key: str
    headline: str
    slug: str
    words: frozenset[str]


@dataclass(frozen=True)
class Offer:
    """For one line: titles like it, and the one of them that is close enough to suggest ("" when none is)."""

    closest: list[Candidate]
    suggested: str


def candidates(subjects: Iterable[str], leave_out: Iterable[int] = ()) -> list[Candidate]:
    """The live stories that may stand beside one with these subjects (slugs), newest first, but for some ids."""
    allowed = Story.objects.live().allowed_beside(list(subjects)).exclude(pk__in=leave_out)
    rows = allowed.order_by("-first_live_at", "-pk").values_list("key", "headline", "slug")[:MOST]
    return [Candidate(key, headline, slug, _words(headline)) for key, headline, slug in rows]


def offer(title: str, among: list[Candidate]) -> Offer:
    """What the line with this title probably means."""
    wanted = _words(title)
    sharing = sorted(among, key=lambda one: -_overlap(wanted, one.words))[:COMPARED]
    scored = [(_likeness(title, one.headline), one) for one in sharing if wanted & one.words]
    scored.sort(key=lambda pair: -pair[0])
    best = scored[0] if scored else None
    return Offer([one for _, one in scored[:CLOSEST]], best[1].key if best and best[0] >= ALIKE else "")


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", title.casefold()))


def _overlap(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / (len(some | others) or 1)


def _likeness(title: str, headline: str) -> float:
    return SequenceMatcher(None, _plain(title), _plain(headline), autojunk=False).ratio()


def _plain(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))
