"""Prints follow the texts: sent, sent anew, shown, gone; and what is missing is made up for."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearthpress.common.states import SomebodyElseWon
from hearthpress.documents.similarity import fingerprint
from hearthpress.doubles import actions
from hearthpress.doubles.actions import print_missing
from hearthpress.doubles.models import Band, Print
from hearthpress.editing import actions as editing
from hearthpress.stories.actions import publish, retract
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Submission
from tests.factories import TEXT, Cast, edited, make_draft, make_story, make_submission

pytestmark = pytest.mark.django_db

OTHER = "The dishwasher broke on a Sunday, and nobody in the house but me could say what was in it."


def sha_of(text: str) -> str:
    return fingerprint(text).sha256


def test_print_is_taken_when_a_submission_is_sent(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call)
    assert not Print.objects.exists()

    submissions.send(draft)

    taken = Print.objects.get()
    assert (taken.submission_id, taken.story_id, taken.sha256) == (draft.pk, None, sha_of(TEXT))
    assert Band.objects.filter(of=taken).count() == 42


def test_print_is_undone_with_the_sending(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call)
    Submission.objects.filter(pk=draft.pk).update(state="withdrawn")

    with pytest.raises(SomebodyElseWon):
        submissions.send(draft)

    assert not Print.objects.exists()


def test_text_sent_anew_has_a_print_in_place_of_the_first(cast: Cast) -> None:
    sent = make_submission(cast.writer, cast.call)
    Submission.objects.filter(pk=sent.pk).update(state="revising")
    again = Submission.objects.get(pk=sent.pk)
    submissions.save_draft(again, {"source": OTHER})

    submissions.send(again)

    assert Print.objects.get().sha256 == sha_of(OTHER)
    assert Band.objects.count() == 42


def test_story_has_a_print_of_what_readers_see(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call, changes={"document": _document(OTHER)})

    taken = Print.objects.get(story=story)

    assert (taken.edition, taken.sha256) == (story.edition_id, sha_of(OTHER))
    assert Print.objects.get(submission=story.manuscript.submission).sha256 == sha_of(TEXT)


def test_new_edition_has_a_print_in_place_of_the_one_before(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    manuscript = story.manuscript
    editing.keep_version(manuscript, cast.editor, edited(manuscript, document=_document(OTHER)))
    editing.ask_for_approval(manuscript, cast.editor)
    editing.approve(manuscript, cast.writer, manuscript.revision.sha256)

    publish(manuscript, cast.editor)

    assert Print.objects.get(story=story).sha256 == sha_of(OTHER)


def test_story_that_is_gone_has_no_print(cast: Cast) -> None:
    retract(make_story(cast.writer, cast.editor, cast.call), cast.editor, "It was copied.")

    assert Print.objects.exclude(story=None).count() == 0
    assert Print.objects.exclude(submission=None).count() == 1


def test_missing_prints_are_taken_once(cast: Cast) -> None:
    story = make_story(cast.writer, cast.editor, cast.call)
    make_draft(cast.other_writer, cast.call)
    before = set(Print.objects.values_list("submission_id", "story_id", "sha256"))
    Print.objects.all().delete()

    assert (print_missing(), print_missing()) == (2, 0)
    assert set(Print.objects.values_list("submission_id", "story_id", "sha256")) == before
    assert Print.objects.filter(story=story).exists()


def test_print_of_an_earlier_version_is_taken_anew(cast: Cast) -> None:
    make_submission(cast.writer, cast.call)
    Print.objects.update(version=0, sha256="old")

    assert print_missing() == 1
    assert Print.objects.get().sha256 == sha_of(TEXT)


def test_missing_prints_are_fetched_batch_by_batch(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(5):
        make_submission(cast.writer, cast.call, text=f"{TEXT} {number}")
    Print.objects.all().delete()

    assert print_missing() == 5


def test_text_sent_anew_while_its_print_is_taken_keeps_the_new_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = make_submission(cast.writer, cast.call)
    Print.objects.all().delete()
    take = actions._of_submission

    def sent_meanwhile(submission: Submission) -> Print:
        taken = take(submission)
        monkeypatch.setattr(actions, "_of_submission", take)
        Submission.objects.filter(pk=sent.pk).update(state="revising")
        again = Submission.objects.get(pk=sent.pk)
        submissions.save_draft(again, {"source": OTHER})
        submissions.send(again)
        return taken

    monkeypatch.setattr(actions, "_of_submission", sent_meanwhile)

    assert print_missing() == 0
    assert Print.objects.get().sha256 == sha_of(OTHER)


@pytest.mark.parametrize("text", ["😀😀😀", "水壶响了", "word " * 10_000])
def test_text_of_any_kind_is_printed(cast: Cast, text: str) -> None:
    make_submission(cast.writer, cast.call, text=text)

    assert Print.objects.count() == 1
    assert print_missing() == 0


def test_text_of_nothing_is_printed_without_bands(cast: Cast) -> None:
    sent = make_submission(cast.writer, cast.call)
    Print.objects.all().delete()
    Submission.objects.filter(pk=sent.pk).update(document={"type": "doc", "content": []})

    assert (print_missing(), print_missing()) == (1, 0)
    assert not Band.objects.exists()


@given(st.lists(st.sampled_from(["send", "again", "withdraw", "missing", "lose"]), max_size=6))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_each_text_has_one_print_that_is_true(cast: Cast, steps: list[str]) -> None:
    Print.objects.all().delete()
    Submission.objects.filter(state="draft").delete()
    for number, step in enumerate(steps):
        _take(step, cast, number)

    print_missing()

    texts = Submission.objects.exclude(state="draft").values_list("pk", "source")
    assert dict(Print.objects.values_list("submission", "sha256")) == {key: sha_of(text) for key, text in texts}
    assert Band.objects.count() == 42 * len(texts)


def _take(step: str, cast: Cast, number: int) -> None:
    newest = Submission.objects.exclude(state="draft").exclude(state="withdrawn").order_by("-pk").first()
    if step == "send":
        make_submission(cast.writer, cast.call, text=f"{TEXT} Number {number}.")
    elif step == "missing":
        print_missing()
    elif step == "lose":
        Print.objects.all().delete()
    elif newest is not None and step == "withdraw":
        submissions.withdraw(newest, cast.writer)
    elif newest is not None:
        Submission.objects.filter(pk=newest.pk).update(state="revising")
        newest.refresh_from_db()
        submissions.save_draft(newest, {"source": f"{OTHER} Number {number}."})
        submissions.send(newest)


def _document(text: str) -> dict:
    return {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}]}
