"""A story is found by any of its words, and by nothing once it is gone."""

from argparse import Namespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthpress import commands
from hearthpress.common.states import Stateful
from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.models import Picture
from hearthpress.people.models import Byline
from hearthpress.search import actions, finding
from hearthpress.search.finding import find, guess
from hearthpress.search.models import Entry, Word
from hearthpress.search.words import folded, words_of
from hearthpress.stories.actions import publish, retract
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story
from hearthpress.submissions import actions as submissions
from tests.factories import Cast, edited, make_approved, make_story, section

pytestmark = pytest.mark.django_db

NO_CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
SEVERAL = settings(suppress_health_check=NO_CHECKS, max_examples=60)
SYNTAX = st.text("\"'()*:^{}-+,.&|!<>\\/%_ \t\x00aAeé1ß𝔸☕語न्द", max_size=40) | st.sampled_from(
    [
        '"',
        "NEAR(a b)",
        "headline:kettle",
        "a AND OR NOT",
        "{text} : x",
        "kettle*",
        "^kettle",
        "'; DROP x",
        "a" * 300,
    ]
)


def headlines(typed: str, **narrowed: int) -> list[str]:
    return [story.headline for story in find(words_of(typed), **narrowed).stories()]


@pytest.fixture
def story(cast: Cast) -> Story:
    changes = {"standfirst": "What was said beside a crème brûlée."}
    return make_story(cast.writer, cast.editor, cast.call, changes=changes)


@pytest.mark.parametrize(
    "typed",
    [
        "kettle",
        "KETTLES",
        "whistling",
        "hour about",
        "creme BRULEE",
        "Crème",
        "wilma writer",
        "the",
        "nothing, at!",
    ],
)
def test_a_story_is_found_by_words_in_any_form(story: Story, typed: str) -> None:
    assert headlines(typed) == ["The Kettle"]


@pytest.mark.parametrize("typed", ["saucepan", "kettle saucepan", "section1", "!!!", "", '"" OR kettle* NOT:'])
def test_what_no_story_has_finds_nothing(story: Story, typed: str) -> None:
    assert headlines(typed) == []


@SEVERAL
@given(data=st.data())
def test_a_story_is_found_by_any_word_of_it(story: Story, data: st.DataObject) -> None:
    entry = Entry.objects.get()
    whole = f"{entry.headline} {entry.standfirst} {entry.byline} {entry.text}"
    word = data.draw(st.sampled_from([part for part in whole.split() if folded(part).strip()]))
    changed = data.draw(st.sampled_from([str.lower, str.upper, str.title, str]))(word)

    assert headlines(changed) == ["The Kettle"]


@SEVERAL
@given(typed=SYNTAX | st.text(max_size=60))
def test_whatever_is_typed_never_fails_and_finds_live_stories_alone(cast: Cast, story: Story, typed: str) -> None:
    if not Story.objects.filter(slug="gone").exists():
        other = make_story(cast.other_writer, cast.editor, cast.call, title="Gone", text="a e 1 kettle AND near x")
        submissions.withdraw(other.manuscript.submission, cast.other_writer)
    words = words_of(typed)

    found = find(words)
    guessed = guess(found)

    shown = found.stories() + (guessed.stories() if guessed else [])
    assert {shown_story.state for shown_story in shown} <= {StoryState.LIVE}
    assert set(found.marked(found.stories())) == set(found.keys)


def test_a_row_that_nobody_forgot_still_shows_no_story_that_is_not_live(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(state=StoryState.WITHDRAWN)

    assert Entry.objects.exists()
    assert headlines("kettle") == []


def test_a_story_taken_back_is_found_by_nothing_and_leaves_no_word(cast: Cast, story: Story) -> None:
    submissions.withdraw(story.manuscript.submission, cast.writer)

    assert headlines("kettle") == []
    assert not Entry.objects.exists()
    assert not Word.objects.exists()


def test_a_withdrawal_that_fails_leaves_the_story_found(cast: Cast, story: Story, monkeypatch: object) -> None:
    monkeypatch.setattr(Stateful, "move", _fails)

    with pytest.raises(RuntimeError):
        retract(story, cast.editor, "-")

    assert headlines("kettle") == ["The Kettle"]


def _fails(*_args: object, **_details: object) -> None:
    raise RuntimeError


def test_words_count_the_stories_that_they_stand_in(cast: Cast, story: Story) -> None:
    other = make_story(cast.other_writer, cast.editor, cast.call, title="A Kettle Again", text="Only a saucepan.")
    counted = dict(Word.objects.filter(word__in=["kettle", "saucepan", "hour"]).values_list("word", "stories"))
    retract(other, cast.editor, "-")

    assert counted == {"kettle": 2, "saucepan": 1, "hour": 1}
    assert dict(Word.objects.filter(word__in=["kettle", "saucepan"]).values_list("word", "stories")) == {"kettle": 1}


def test_a_new_edition_is_found_by_its_words_and_no_more_by_the_old_ones(cast: Cast, story: Story) -> None:
    manuscript = story.manuscript
    document = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "A saucepan."}]}]}
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=document))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)
    publish(manuscript, cast.editor)

    assert headlines("saucepan") == ["The Kettle"]
    assert headlines("whistle") == []
    assert Entry.objects.count() == 1


def test_a_scheduled_story_is_not_found_before_its_time(cast: Cast) -> None:
    from datetime import timedelta

    from hearthpress.common import clock
    from hearthpress.stories.actions import appear_due_stories

    later = clock.now() + timedelta(days=1)
    publish(make_approved(cast.writer, cast.editor, cast.call), cast.editor, at=later)
    before = headlines("kettle")
    with clock.at(later):
        appear_due_stories()

    assert (before, headlines("kettle")) == ([], ["The Kettle"])


def test_a_pen_name_finds_its_story_and_the_person_behind_it_finds_nothing(cast: Cast) -> None:
    byline = Byline.objects.create(person=cast.writer, kind="pen_name", name="Rosa Sommer")
    make_story(cast.writer, cast.editor, cast.call, changes={"byline": byline.name})

    assert headlines("rosa sommer") == ["The Kettle"]
    assert headlines("wilma") == headlines("writer") == headlines("writer@example.org") == []
    assert not Word.objects.filter(word__in=["wilma", "writer"]).exists()


def test_the_title_of_a_related_story_is_no_word_of_this_one(cast: Cast) -> None:
    other = make_story(cast.other_writer, cast.editor, cast.call, title="Saucepans")
    line = {"type": "related", "attrs": {"title": "Saucepans", "story": other.key}}
    words = {"type": "paragraph", "content": [{"type": "text", "text": "Words."}]}
    make_story(cast.writer, cast.editor, cast.call, changes={"document": {"type": "doc", "content": [words, line]}})

    assert headlines("saucepans") == ["Saucepans"]


def test_section_and_year_narrow_what_is_found(cast: Cast, story: Story) -> None:
    year = Entry.objects.get().year

    assert headlines("kettle", section=section("keeping").pk, year=year) == ["The Kettle"]
    assert headlines("kettle", section=section("grieving").pk) == []
    assert headlines("kettle", year=year - 1) == []


def test_the_headline_counts_most(cast: Cast, story: Story) -> None:
    make_story(cast.writer, cast.editor, cast.call, title="Other", text="A kettle, and a lamp.\n\nAnd more of that.")

    assert headlines("kettle") == ["The Kettle", "Other"]


def test_common_words_are_found_too_the_headline_first(cast: Cast, story: Story, monkeypatch: object) -> None:
    monkeypatch.setattr(finding, "COMMON", 1)
    monkeypatch.setattr("hearthpress.search.engines.postgresql.ENOUGH", 2)
    make_story(cast.writer, cast.editor, cast.call, title="Other", text="A kettle, and a lamp.\n\nAnd more of that.")

    assert headlines("kettle") == ["The Kettle", "Other"]
    assert headlines("lamp kettle", section=section("keeping").pk) == ["Other"]


def test_only_the_newest_candidates_are_ranked(cast: Cast, monkeypatch: object) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 2)
    monkeypatch.setattr(finding, "MOST_SHOWN", 1)
    for title in ("Kettle kettle", "Second", "Third kettle"):
        make_story(cast.writer, cast.editor, cast.call, title=title)

    found = find(("kettle",))

    assert [story.headline for story in found.stories()] == ["Third kettle"]
    assert found.more


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ketle", "kettle"),
        ("the kettel", "the kettle"),
        ("brulé", "brûlée"),
        ("ekttle", "kettle"),
        ("whistel houre", "whistle hour"),
    ],
)
def test_a_slip_is_guessed(story: Story, typed: str, meant: str) -> None:
    guessed = guess(find(words_of(typed)))

    assert guessed is not None
    assert " ".join(guessed.wanted.words) == meant
    assert [found.headline for found in guessed.stories()] == ["The Kettle"]


@pytest.mark.parametrize("typed", ["xylophone", "kx", "ketle xylophone", "12345", "mother-in-lwa"])
def test_what_is_no_slip_is_not_guessed(story: Story, typed: str) -> None:
    assert guess(find(words_of(typed))) is None


def test_of_two_guesses_the_commoner_wins(cast: Cast) -> None:
    make_story(cast.writer, cast.editor, cast.call, title="One", text="A lamp.")
    make_story(cast.writer, cast.editor, cast.call, title="Two", text="A lamb.")
    make_story(cast.writer, cast.editor, cast.call, title="Three", text="A lamb again.")

    guessed = guess(find(("lamx",)))

    assert guessed is not None
    assert guessed.wanted.words == ("lamb",)


def test_stories_that_are_not_indexed_are_found_after_reindexing(cast: Cast, story: Story) -> None:
    Entry.objects.all().delete()
    Word.objects.all().delete()

    indexed = [actions.index_missing(), actions.index_missing()]

    assert indexed == [1, 0]
    assert headlines("kettle") == ["The Kettle"]
    assert guess(find(("ketle",))) is not None


def test_reindexing_goes_on_where_it_was_stopped(cast: Cast, monkeypatch: object) -> None:
    monkeypatch.setattr(actions, "BATCH", 1)
    for title in ("Kettle one", "Kettle two", "Kettle three"):
        make_story(cast.writer, cast.editor, cast.call, title=title)
    Entry.objects.all().delete()
    write, calls = actions.write, []

    def stops_at_the_second(entries: list[Entry]) -> None:
        calls.append(entries)
        if len(calls) == 2:
            raise KeyboardInterrupt
        write(entries)

    monkeypatch.setattr(actions, "write", stops_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        actions.index_missing()
    left = 3 - Entry.objects.count()

    assert left == 2
    assert actions.index_missing() == 2
    assert sorted(headlines("kettle")) == ["Kettle one", "Kettle three", "Kettle two"]


def test_reindexing_anew_changes_nothing_that_is_right_and_forgets_what_is_not_live(cast: Cast, story: Story) -> None:
    other = make_story(cast.writer, cast.editor, cast.call, title="Other")
    before = [*Word.objects.exclude(word="other").order_by("word").values_list("word", "stories")]
    Story.objects.filter(pk=other.pk).update(state=StoryState.RETRACTED)

    assert actions.index_missing(anew=True) == 1
    assert [*Entry.objects.values_list("headline", flat=True)] == ["The Kettle"]
    assert not Word.objects.filter(word="other").exists()
    assert {word for word, _ in before} == set(Word.objects.values_list("word", flat=True))


def test_the_command_indexes_what_is_missing(cast: Cast, story: Story, capsys: pytest.CaptureFixture) -> None:
    Entry.objects.all().delete()

    for anew in (False, False, True):
        commands.reindex(Namespace(all=anew))

    assert capsys.readouterr().out.split(" stories were indexed.\n") == ["1", "0", "1", ""]


def test_words_of_a_passage_that_can_be_skipped_and_under_a_picture_are_found(cast: Cast) -> None:
    digest = Picture.objects.create(sha256="0" * 64, width=1, height=1, widths=[1]).sha256
    hard = f"GENTLE: a hidden subject\n\nThe incubator hummed.\n\nPICTURE: {digest} | alt | Ambulances.\n\nGENTLE END"
    text = f"Words.\n\n{hard}"
    story = make_story(cast.writer, cast.editor, cast.call, changes={"document": from_notation(text)})

    entry = Entry.objects.get(story=story)

    assert entry.text == "Words. The incubator hummed. Ambulances."
