"""Purges that never miss: whatever is done, each kept page that is not true any more carries a key that was purged."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from hearthpress.common import clock
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Manuscript
from hearthpress.magazine.keys import months_of
from hearthpress.masthead.models import Masthead, Section
from hearthpress.people.models import Byline
from hearthpress.stories.actions import appear_due_stories, publish, retract, set_tags
from hearthpress.stories.models import Story, Tag
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Question
from tests.factories import Cast, edited, make_approved, make_story, make_subject
from tests.magazine.world import addresses, everything, last_purge, public_names, purged_since

pytestmark = pytest.mark.django_db(databases=["default", "views"])


TAGS = {0: ["Kitchens", "Sisters"], 1: [], 3: ["Kitchens", "Sisters"]}


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few stories on a page that a handful has pages before and after."""
    monkeypatch.setattr("hearthpress.magazine.shelves.PAGE_STORIES", 2)
    monkeypatch.setattr("hearthpress.magazine.feeds.FEED_STORIES", 2)
    monkeypatch.setattr("hearthpress.magazine.views.FRONT_STORIES", 2)
    monkeypatch.setattr("hearthpress.magazine.views.NEXT_STORIES", 1)


@pytest.fixture
def shelves(cast: Cast, caplog: pytest.LogCaptureFixture) -> list[Story]:
    """Six stories in two months and two sections, under three names, with tags, subjects and a related line."""
    make_subject("pregnancy-loss").never_beside.add(make_subject("new-babies"))
    began = clock.now().replace(day=1) - timedelta(days=3)
    caplog.set_level("ERROR")  # a page that is not there is no news
    stories: list[Story] = []
    for number in range(6):
        writer = cast.writer if number % 2 else cast.other_writer
        signed = {"byline_kind": "pen", "byline_name": "Alma Grady"} if number in {3, 5} else {}
        subjects = {2: ["pregnancy-loss"], 4: ["new-babies"]}.get(number, [])
        changes = {"section": "grieving" if number == 1 else "keeping", "subjects": subjects}
        if number == 4:
            changes["document"] = related_to(stories[1])
        at = began + timedelta(days=number, hours=1)
        with clock.at(at):
            story = make_story(
                cast.writer if signed else writer,
                cast.editor,
                cast.call,
                title=f"Tale {number}",
                changes=changes,
                **signed,
            )
            set_tags(story, TAGS.get(number, ["Kitchens"]), cast.editor, [])
        stories.append(story)
    return stories


def related_to(story: Story) -> dict[str, object]:
    words = {"type": "paragraph", "content": [{"type": "text", "text": "Words."}]}
    return {"type": "doc", "content": [words, {"type": "related", "attrs": {"title": "A Tale", "story": story.key}}]}


def new_edition(cast: Cast, story: Story, **changes: object) -> None:
    manuscript = Manuscript.objects.select_related("revision", "submission__writer", "submission__agreement").get(
        pk=story.manuscript_id
    )
    editing.keep_version(manuscript, cast.editor, edited(manuscript, **{"section": story.section.slug, **changes}))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, manuscript.submission.writer, manuscript.revision.sha256)
    publish(manuscript, cast.editor)


def withdraw(cast: Cast, story: Story) -> None:
    submission = story.manuscript.submission
    submissions.withdraw(submission, submission.writer)


def publish_another(cast: Cast, story: Story) -> None:
    made = make_approved(cast.other_writer, cast.editor, cast.call, {"section": story.section.slug}, title="Another")
    publish(made, cast.editor)


def publish_under_another_pen_name(cast: Cast, story: Story) -> None:
    made = make_approved(cast.writer, cast.editor, cast.call, title="Masked", byline_kind="pen", byline_name="Nell Orr")
    publish(made, cast.editor)


def let_a_tagged_one_appear(cast: Cast, story: Story) -> None:
    made = make_approved(cast.other_writer, cast.editor, cast.call, title="Later")
    later = publish(made, cast.editor, at=clock.now() + timedelta(hours=1))
    set_tags(later, ["Kitchens", "Fresh"], cast.editor, [])
    with clock.at(clock.now() + timedelta(hours=2)):
        assert appear_due_stories() == 1


def published_with_the_clock_set_back(cast: Cast, story: Story) -> None:
    made = make_approved(cast.other_writer, cast.editor, cast.call, title="Earlier")
    later = publish(made, cast.editor, at=clock.now() + timedelta(hours=1))
    set_tags(later, ["Kitchens"], cast.editor, [])
    with clock.at(story.published_at + timedelta(seconds=1)):
        Story.objects.filter(pk=later.pk).update(goes_live_at=clock.now())
        assert appear_due_stories() == 1


def rename(model: type, **found: object) -> Callable[[Cast, Story], None]:
    def act(cast: Cast, story: Story) -> None:
        row = model.objects.get(**found)
        row.name = "A New Name"
        row.save()

    return act


def retag(*names: str) -> Callable[[Cast, Story], None]:
    return lambda cast, story: set_tags(story, names, cast.editor, [tag.slug for tag in story.tags])


# What may be done to the magazine, each on a story of its own; whatever comes later belongs here too.
DEEDS: dict[str, Callable[[Cast, Story], None]] = {
    "withdrawn": withdraw,
    "retracted": lambda cast, story: retract(story, cast.editor, "A reason."),
    "new headline": lambda cast, story: new_edition(cast, story, headline="Said Otherwise"),
    "new note": lambda cast, story: new_edition(cast, story, content_note="It speaks of a loss."),
    "other section": lambda cast, story: new_edition(cast, story, section="grieving"),
    "other subjects": lambda cast, story: new_edition(cast, story, subjects=["new-babies"]),
    "into the middle of a section": lambda cast, story: new_edition(cast, story, section="keeping"),
    "into the middle of a tag": retag("Kitchens"),
    "no tags": retag(),
    "other tags": retag("Kitchens", "Fires"),
    "published": publish_another,
    "published under another name": publish_under_another_pen_name,
    "appeared at its time": let_a_tagged_one_appear,
    "appeared with the clock set back": published_with_the_clock_set_back,
    "tag renamed": rename(Tag, slug="kitchens"),
    "section renamed": rename(Section, slug="keeping"),
    "magazine renamed": rename(Masthead),
    "changed in bulk": lambda cast, story: Story.objects.filter(pk=story.pk).update(standfirst="Other words."),
    "question asked": lambda cast, story: Question.objects.create(call=cast.call, label="Your town?"),
    "name corrected": lambda cast, story: Byline.objects.filter(key=story.byline_id).update(slug="another-address"),
}


def test_the_table_has_every_public_page_there_is(shelves: list[Story]) -> None:
    pages = addresses()

    assert set(pages) == public_names()
    assert all(pages.values())


# The oldest, one with a subject and one under a pen name: in the middle of their lists; and the newest.
EACH = [("withdrawn", 0), ("withdrawn", 5), ("other subjects", 0), ("no tags", 0), ("new headline", 5)]
# One from another section, without tags.
BETWEEN = [("into the middle of a section", 1), ("into the middle of a tag", 1)]


@pytest.mark.parametrize(("deed", "which"), [*((deed, 2) for deed in DEEDS if "middle" not in deed), *EACH, *BETWEEN])
def test_what_is_not_true_any_more_was_purged(cast: Cast, shelves: list[Story], deed: str, which: int) -> None:
    story = Story.objects.get(pk=shelves[which].pk)
    before, last = everything(), last_purge()

    DEEDS[deed](cast, story)

    after, purged = everything(), purged_since(last)
    untrue = {path for path, page in before.items() if path not in after or after[path].content != page.content}
    missed = {path: before[path].keys for path in untrue if before[path].is_kept and not before[path].keys & purged}
    assert untrue
    assert missed == {}


def test_a_story_taken_back_stands_on_no_page(cast: Cast, shelves: list[Story]) -> None:
    story = shelves[3]
    shown = [path for path, page in everything().items() if story.slug.encode() in page.content]

    withdraw(cast, story)

    left = [path for path, page in everything().items() if story.slug.encode() in page.content]
    assert {"/sitemap-stories-0.xml", "/writers/alma-grady/", story.get_absolute_url()} <= set(shown)
    assert left == []


def test_a_new_story_leaves_what_is_old_in_the_store(cast: Cast, shelves: list[Story]) -> None:
    """Pages of single stories and other names' pages stay: a crowd may be reading them."""
    before, last = everything(), last_purge()

    publish_another(cast, shelves[0])

    purged = purged_since(last)
    kept = {path for path, page in before.items() if not page.keys & purged}
    assert {story.get_absolute_url() for story in shelves} <= kept
    assert {"/writers/alma-grady/", "/tag/kitchens/", "/section/grieving/"} <= kept


def test_a_new_story_purges_as_many_pages_when_there_are_more_of_them(cast: Cast, shelves: list[Story]) -> None:
    with_six = purged_by_a_hard_story(cast)
    for number in range(4):
        make_story(cast.writer, cast.editor, cast.call, title=f"More {number}", at=clock.now() - timedelta(days=40))

    with_ten = purged_by_a_hard_story(cast)

    assert set(with_ten) == set(with_six)
    assert not [path for path in with_ten if path.startswith(("/stories/", "/oembed/"))]


def test_a_story_that_waits_for_its_day_purges_no_page(cast: Cast, shelves: list[Story]) -> None:
    before, last = everything(), last_purge()

    later = publish(make_approved(cast.writer, cast.editor, cast.call), cast.editor, at=clock.now() + timedelta(days=1))
    set_tags(later, ["Kitchens"], cast.editor, [])

    assert [path for path, page in before.items() if page.keys & purged_since(last)] == []


def purged_by_a_hard_story(cast: Cast) -> list[str]:
    before, last = everything(), last_purge()
    changes = {"subjects": ["pregnancy-loss"]}
    made = make_approved(cast.writer, cast.editor, cast.call, changes, title=f"Hard {last}", byline_kind="anonymous")
    story = publish(made, cast.editor, at=clock.now() + timedelta(minutes=1))
    set_tags(story, ["Kitchens"], cast.editor, [])
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert appear_due_stories() == 1
    purged = purged_since(last)
    return sorted(path for path, page in before.items() if page.is_kept and page.keys & purged)


@pytest.mark.parametrize(
    ("moment", "months"),
    [
        ("2026-11-15T12:00:00+00:00", {"month-2026-11"}),
        ("2026-12-01T03:00:00+00:00", {"month-2026-11", "month-2026-12"}),
        ("2026-12-31T20:00:00+00:00", {"month-2026-12", "month-2027-01"}),
    ],
)
def test_a_moment_lies_in_a_month_wherever_the_magazine_is(moment: str, months: set[str]) -> None:
    from datetime import datetime

    assert months_of(datetime.fromisoformat(moment)) == months
