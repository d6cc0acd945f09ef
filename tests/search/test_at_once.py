"""The index beside the running site: whoever comes second, what is found is live, and words are counted once."""

from collections import Counter

import pytest

from hearthpress.search.actions import index_missing
from hearthpress.search.models import Entry, Word
from hearthpress.search.words import vocabulary
from hearthpress.stories.actions import publish
from hearthpress.stories.models import Story
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, make_approved, make_cast, make_story
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "views"])


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def assert_index_is_true() -> None:
    live = set(Story.objects.live().values_list("pk", flat=True))
    entries = list(Entry.objects.all())
    counted = Counter(
        word for entry in entries for word in vocabulary([entry.headline, entry.standfirst, entry.byline, entry.text])
    )
    assert {entry.pk for entry in entries} == live
    assert dict(Word.objects.values_list("word", "stories")) == counted


def test_a_story_taken_back_while_it_is_indexed_anew_is_found_by_nothing(cast: Cast) -> None:
    gone = make_story(cast.writer, cast.editor, cast.call)
    make_story(cast.other_writer, cast.editor, cast.call, title="Other")

    outcomes = at_once(
        lambda: index_missing(anew=True),
        lambda: submissions.withdraw(gone.manuscript.submission, cast.writer),
        lambda: index_missing(anew=True),
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert_index_is_true()
    assert [*Entry.objects.values_list("headline", flat=True)] == ["Other"]


def test_stories_that_go_live_at_once_count_each_word_once(cast: Cast) -> None:
    ready = [
        make_approved(writer, cast.editor, cast.call, title=title)
        for writer, title in ((cast.writer, "The Kettle"), (cast.other_writer, "Another Kettle"))
    ]

    outcomes = at_once(
        lambda: publish(ready[0], cast.editor), lambda: publish(ready[1], cast.other_editor), index_missing
    )

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert_index_is_true()
    assert Word.objects.get(word="kettle").stories == 2


def test_rows_of_stories_that_are_not_live_are_forgotten_once_by_two(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    make_story(cast.other_writer, cast.editor, cast.call, title="Other")
    Story.objects.filter(pk=story.pk).update(state="retracted")

    at_once(index_missing, index_missing)

    assert_index_is_true()
