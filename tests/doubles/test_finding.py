"""What resembles what: the same, nearly the same, in the archive; and a crowd that is alike holds nothing up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.doubles import finding
from hearthpress.doubles.finding import Double, doubles_of
from hearthpress.doubles.models import Band, Print
from hearthpress.people.models import Person
from hearthpress.stories.actions import retract
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Submission
from tests.factories import Cast, make_draft, make_person, make_story, make_submission

pytestmark = pytest.mark.django_db

TEXT = """The kettle was on when she rang, and I let it whistle. We spoke for an hour about nothing at all, and I have
kept that hour ever since, in the drawer where other people keep their letters and their keys.

My mother never said goodbye on the telephone. She said that she had something on the stove, which was true for forty
years, and then she put the receiver down so gently that you could not hear it."""
EDITED = TEXT.replace("so gently that you could not hear it", "as if it were asleep")
OTHER = """The dishwasher broke on a Sunday. Nobody in the house but me could say what was in it, nor how long it had
been there, and so I rolled my sleeves up and began with the forks, which is where anybody would begin."""


def keys(found: list[Double]) -> list[str]:
    return [double.key for double in found]


def test_the_same_text_from_two_accounts_is_found_from_both(cast: Cast) -> None:
    first = make_submission(cast.writer, cast.call, text=TEXT)
    second = make_submission(cast.other_writer, cast.call, title="Another title", text=TEXT.upper())

    (of_second,) = doubles_of(second)

    assert (of_second.key, of_second.is_same, of_second.percent) == (first.key, True, 100)
    assert keys(doubles_of(first)) == [second.key]


def test_text_that_was_edited_is_nearly_the_same(cast: Cast) -> None:
    first = make_submission(cast.writer, cast.call, text=TEXT)
    second = make_submission(cast.writer, cast.call, text=EDITED)

    (double,) = doubles_of(second)

    assert (double.key, double.is_same) == (first.key, False)
    assert 75 < double.percent < 99


def test_text_of_which_an_estimate_finds_everything_the_same_is_not_the_same(cast: Cast) -> None:
    first = make_submission(cast.writer, cast.call, text=TEXT)
    Print.objects.update(sha256="another")
    second = make_submission(cast.other_writer, cast.call, text=TEXT)

    (double,) = doubles_of(second)

    assert (double.key, double.is_same, double.percent) == (first.key, False, 99)


def test_another_text_is_no_double(cast: Cast) -> None:
    make_submission(cast.writer, cast.call, text=TEXT)
    second = make_submission(cast.other_writer, cast.call, text=OTHER)

    assert doubles_of(second) == []


def test_draft_is_no_double_and_has_none(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call, text=TEXT)
    sent = make_submission(cast.other_writer, cast.call, text=TEXT)

    assert doubles_of(draft) == doubles_of(sent) == []


def test_text_taken_back_or_declined_is_found(cast: Cast) -> None:
    taken_back, declined = (make_submission(cast.writer, cast.call, text=TEXT) for _ in range(2))
    submissions.withdraw(taken_back, cast.writer)
    Submission.objects.filter(pk=declined.pk).update(state="declined")

    found = doubles_of(make_submission(cast.other_writer, cast.call, text=TEXT))

    assert set(keys(found)) == {taken_back.key, declined.key}


def test_story_in_the_archive_is_found_by_the_words_that_readers_see(cast: Cast) -> None:
    document = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": TEXT}]}]}
    story = make_story(cast.writer, cast.editor, cast.call, text=OTHER, changes={"document": document})
    copy = make_submission(cast.other_writer, cast.call, text=TEXT)

    (double,) = doubles_of(copy)

    assert (double.key, double.is_same, double.is_published) == (story.manuscript.submission.key, True, True)


def test_story_is_named_once_and_is_no_double_of_its_own_submission(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call, text=TEXT)
    copy = make_submission(cast.other_writer, cast.call, text=TEXT)

    (double,) = doubles_of(copy)

    assert (double.key, double.is_published) == (story.manuscript.submission.key, False)
    assert keys(doubles_of(story.manuscript.submission)) == [copy.key]


def test_story_that_was_retracted_is_found_only_as_what_was_sent(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call, text=TEXT)
    retract(story, cast.editor, "It was copied.")

    (double,) = doubles_of(make_submission(cast.other_writer, cast.call, text=TEXT))

    assert (double.key, double.is_published) == (story.manuscript.submission.key, False)


def test_newest_double_comes_first(cast: Cast) -> None:
    sent = []
    for days in (3, 1, 2):
        with clock.at(clock.now() - timedelta(days=days)):
            sent.append(make_submission(cast.writer, cast.call, text=TEXT))

    found = doubles_of(make_submission(cast.other_writer, cast.call, text=EDITED))

    assert keys(found) == [sent[1].key, sent[2].key, sent[0].key]


@pytest.mark.parametrize("text", ["😀😀😀 👍", "水壶响了,我没有去关。", "word " * 10_000, "Yes."])
def test_texts_of_every_kind_are_found(cast: Cast, text: str) -> None:
    first = make_submission(cast.writer, cast.call, text=text)

    assert keys(doubles_of(make_submission(cast.other_writer, cast.call, text=text))) == [first.key]


def test_texts_of_nothing_are_no_doubles(cast: Cast) -> None:
    sent = [make_submission(cast.writer, cast.call, text=TEXT) for _ in range(2)]
    Band.objects.all().delete()
    Print.objects.update(signature=b"")

    assert doubles_of(sent[0]) == []


def test_text_without_a_print_has_no_doubles_yet(cast: Cast) -> None:
    sent = [make_submission(cast.writer, cast.call, text=TEXT) for _ in range(2)]
    Print.objects.filter(submission=sent[0]).update(version=0)

    assert doubles_of(sent[0]) == doubles_of(sent[1]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_doubles_take_three_queries_however_many_there_are(cast: Cast, count: int) -> None:
    for _ in range(count):
        make_submission(cast.writer, cast.call, text=TEXT)
    copy = make_submission(cast.other_writer, cast.call, text=TEXT)

    with CaptureQueriesContext(connection) as queries:
        assert len(doubles_of(copy)) == count

    assert len(queries) == 3


def test_of_a_crowd_the_newest_are_looked_at(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "NEWEST", 2)
    sent = [make_submission(cast.writer, cast.call, text=TEXT) for _ in range(4)]

    # The text itself is among the newest.
    assert keys(doubles_of(sent[3])) == [sent[2].key]


def test_crowd_that_shares_one_band_hides_no_double(cast: Cast) -> None:
    """As texts do that a pattern was filled in for: they share some of their words with everybody's."""
    first = make_submission(cast.writer, cast.call, text=TEXT)
    shared = Band.objects.filter(of__submission=first).values_list("number", flat=True).first()
    _crowd(5_000, shared, cast.writer)
    copy = make_submission(cast.other_writer, cast.call, text=TEXT)

    with CaptureQueriesContext(connection) as queries:
        assert keys(doubles_of(copy)) == [first.key]

    assert len(queries) == 3


def _crowd(size: int, number: int, writer: Person) -> None:
    """So many texts that share this band, and nothing else."""
    call = writer.submissions.first().call
    sent = Submission.objects.bulk_create(
        Submission(call=call, writer=writer, state="declined", submitted_at=clock.now()) for _ in range(size)
    )
    prints = Print.objects.bulk_create(
        Print(submission=one, version=1, sha256="-", signature=bytes(1024)) for one in sent
    )
    Band.objects.bulk_create(Band(of=one, number=number) for one in prints)


def test_only_keys_are_told(cast: Cast) -> None:
    """Who may see the text, and whose it is, the doors decide."""
    make_submission(make_person("secret@example.org", "Secret Name"), cast.call, title="Secret title", text=TEXT)

    (double,) = doubles_of(make_submission(cast.writer, cast.call, text=TEXT))

    assert "secret" not in repr(double).lower()
