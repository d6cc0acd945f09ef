"""Which stories may stand on one page that we put together."""

from collections.abc import Iterable

from hearthpress.stories.models import Story


def together(candidates: Iterable[Story], most: int) -> list[Story]:
    """The first `most` stories that the care rules let stand together: of two that they keep apart, the earlier stays.

    Fetch the candidates `with_care()`.
    """
    chosen: list[Story] = []
    apart: set[int] = set()
    for story in candidates:
        subjects = list(story.subjects.all())
        if len(chosen) < most and apart.isdisjoint(subject.pk for subject in subjects):
            chosen.append(story)
            apart.update(other.pk for subject in subjects for other in subject.never_beside.all())
    return chosen
