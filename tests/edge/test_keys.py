"""Every change of a declared row, however it is made, writes a purge row in its own transaction."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse

from hearthpress.care.models import HelpLine, Subject
from hearthpress.edge.keys import carries, checked, declare, keys_of_page, purge
from hearthpress.edge.models import Purge
from hearthpress.magazine.keys import CARE, story_key
from hearthpress.masthead.models import Section
from hearthpress.stories.models import Story, Tag
from tests.factories import Cast, make_story, make_subject

pytestmark = pytest.mark.django_db


def purged() -> set[str]:
    """The keys purged since this was asked last."""
    found = {key for keys in Purge.objects.values_list("keys", flat=True) for key in keys.split()}
    Purge.objects.all().delete()
    return found


@pytest.fixture
def tags() -> list[Tag]:
    made = [Tag.objects.create(name=name, slug=name) for name in ("one", "two", "three")]
    purged()
    return made


def test_a_row_that_is_saved_or_deleted_is_purged(tags: list[Tag]) -> None:
    one = tags[0]
    key = f"tag-{one.pk}"

    one.save()
    saved = purged()
    one.delete()

    assert (saved, purged()) == ({key}, {key})


def test_rows_changed_in_bulk_are_purged(tags: list[Tag]) -> None:
    keys = {f"tag-{tag.pk}" for tag in tags}

    Tag.objects.filter(pk__in=[tag.pk for tag in tags[:2]]).update(name="other")
    updated = purged()
    Tag.objects.bulk_update(tags, ["name"])
    bulk_updated = purged()
    made = Tag.objects.bulk_create([Tag(name="new", slug="new")])
    created = purged()
    Tag.objects.all().delete()

    assert updated == {f"tag-{tag.pk}" for tag in tags[:2]}
    assert bulk_updated == keys
    assert created == {f"tag-{made[0].pk}"}
    assert purged() == keys | created


def test_a_change_that_meets_no_row_purges_nothing(tags: list[Tag]) -> None:
    Tag.objects.filter(slug="unheard-of").update(name="other")
    Tag.objects.none().update(name="other")
    purge([])

    assert purged() == set()


def test_a_row_is_purged_under_the_keys_that_it_had_and_those_that_it_gets(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    before, after = story.section_id, Section.objects.exclude(pk=story.section_id).first().pk
    purged()

    Story.objects.filter(pk=story.pk).update(section=after)

    assert {f"section-{before}", f"section-{after}", story_key(story.key)} <= purged()


def test_links_between_rows_are_purged(cast: Cast) -> None:
    subject, line = make_subject(), HelpLine.objects.create(name="Line", contact="1", verified_on="2026-09-01")
    purged()

    changes = [
        (line.subjects.add, subject),
        (line.subjects.remove, subject),
        (subject.never_beside.add, subject),
        (line.subjects.set, [subject]),
        (line.subjects.clear,),
    ]
    found = []
    for change, *things in changes:
        change(*things)
        found.append(CARE in purged())

    assert found == [True] * 5


def test_what_is_rolled_back_purges_nothing(tags: list[Tag]) -> None:
    def fail(tag: Tag) -> None:
        with transaction.atomic():
            tag.save()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail(tags[0])
    with transaction.atomic():
        tags[1].save()
        with pytest.raises(ZeroDivisionError):
            fail(tags[2])

    assert purged() == {f"tag-{tags[1].pk}"}


def test_a_model_whose_bulk_changes_nobody_hears_of_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Session\.objects"):
        declare(Session, carried=lambda _: ["session"])


@pytest.mark.parametrize("key", ["", "a b", "A", "é", "a" * 121, "a\n", "a,b", "*"])
def test_a_key_that_cannot_stand_in_a_header_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="surrogate key"):
        checked(key)


def test_a_page_carries_rows_keys_and_lists_of_both(tags: list[Tag]) -> None:
    response = carries(HttpResponse(), "front", tags[:2], None, [[tags[2]], "feeds"])
    carries(response, Subject(name="s"))

    assert keys_of_page(response) == {"front", "feeds", CARE, *(f"tag-{tag.pk}" for tag in tags)}
    assert keys_of_page(HttpResponse()) == set()
