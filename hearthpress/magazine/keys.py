"""Which keys the public pages carry, and which a change purges: all of it on one screen."""

from collections.abc import Iterator

from hearthpress.agreements.models import RateCard
from hearthpress.care.models import HelpLine, Subject
from hearthpress.edge.keys import EVERY_PAGE, declare
from hearthpress.masthead.models import Masthead, Section
from hearthpress.stories.models import Story
from hearthpress.submissions.models import Call

# Lists that a story appears in, or disappears from.
FRONT, FEEDS, SITEMAP = "front", "feeds", "sitemap"
CALL = "call"
CARE = "care"  # notes, help lines and what they keep apart


def of_story(story: Story) -> list[str]:
    """Each page that shows a story carries this, whether whole, as a card, as a related line or in a feed."""
    return [f"story-{story.key}"]


def changed_by_story(story: Story) -> Iterator[str]:
    """What a story makes untrue that appears, changes or goes: pages that show it, and the lists it belongs to."""
    yield from of_story(story)
    yield from (FRONT, FEEDS, SITEMAP)
    yield section_key(story.section_id)


def section_key(pk: int) -> str:
    return f"section-{pk}"


def declare_all() -> None:
    """Called once, when the program starts."""
    declare(Story, carried=of_story, purged=changed_by_story)
    # The sections stand in the navigation of every page.
    declare(Section, carried=lambda section: [section_key(section.pk)], purged=lambda _: [EVERY_PAGE])
    declare(Masthead, carried=lambda _: [EVERY_PAGE])
    declare(Subject, carried=lambda _: [CARE], purged=lambda _: [CARE, FRONT])
    declare(HelpLine, carried=lambda _: [CARE])
    declare(Call, carried=lambda _: [CALL], purged=lambda _: [CALL, FRONT])
    declare(RateCard, carried=lambda _: [CALL])
