"""An editor suggests, the writer decides, and whatever happens at once, no words are lost and none come in unasked."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from hearthpress.common.states import NotAllowed
from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.schema import BadDocument, check
from hearthpress.documents.suggesting import suggested
from hearthpress.documents.suggestions import accepted, declined, identities, suggestions
from hearthpress.editing import actions, suggesting
from hearthpress.editing.models import Draft, Manuscript, Suggestion
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions import withdraw
from tests.factories import Cast, edited, make_manuscript
from tests.together import at_once

pytestmark = pytest.mark.django_db

TEXT = "The kettle was the colour of rain.\n\nWe talked until it was dark."


@pytest.fixture
def manuscript(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation(TEXT)))
    return manuscript


@pytest.fixture
def draft(manuscript: Manuscript) -> Draft:
    return suggesting.draft_of(manuscript)


def again(draft: Draft) -> Draft:
    return Draft.objects.select_related("base", "manuscript__revision", "manuscript__submission__writer").get(
        pk=draft.pk
    )


def suggest(draft: Draft, person: Person, text: str) -> list[str]:
    """The identities of what is open afterwards."""
    suggesting.suggest(draft, person, from_notation(text))
    return identities(draft.document)


def text_of(document: dict[str, Any]) -> str:
    return to_notation(check(document))


def test_what_an_editor_changes_is_a_suggestion_on_the_writers_words(cast: Cast, draft: Draft) -> None:
    [colour, until] = suggest(draft, cast.editor, TEXT.replace("colour", "color").replace("until", "till"))

    assert text_of(declined(draft.document)) == TEXT
    assert {row.identity: row.made_by for row in Suggestion.objects.all()} == {
        colour: cast.editor,
        until: cast.editor,
    }
    assert draft.manuscript.revisions.count() == 2


def test_the_writer_accepts_one_declines_one_and_says_one_in_other_words(cast: Cast, draft: Draft) -> None:
    wanted = TEXT.replace("colour", "color").replace("until", "till").replace("rain", "snow")
    [colour, rain, until] = suggest(draft, cast.editor, wanted)

    suggesting.answer(draft, cast.writer, [colour], yes=True)
    suggesting.answer(draft, cast.writer, [until], yes=False)
    suggesting.rewrite(draft, cast.writer, rain, "sleet")
    revision = suggesting.agree(draft, cast.writer)

    assert text_of(revision.content["document"]) == TEXT.replace("colour", "color").replace("rain", "sleet")
    answers = dict(Suggestion.objects.values_list("identity", "answer"))
    assert answers == {colour: "accepted", until: "declined", rain: "rewritten"}
    assert Suggestion.objects.get(identity=colour).removed == "colour "
    assert revision.why == "Suggestions: 1 accepted, 1 declined, 1 put in other words"
    assert revision.made_by == cast.writer


def test_an_editor_accepts_no_suggestion_of_an_editor(cast: Cast, draft: Draft) -> None:
    [one] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))

    for editor in (cast.editor, cast.other_editor):
        with pytest.raises(NotAllowed):
            suggesting.answer(draft, editor, [one], yes=True)
    suggesting.answer(draft, cast.other_editor, [one], yes=False)

    assert text_of(draft.document) == TEXT


def test_the_writer_suggests_back_and_alone_accepts(cast: Cast, draft: Draft) -> None:
    [one] = suggest(draft, cast.writer, TEXT.replace("dark", "night"))

    with pytest.raises(NotAllowed):
        suggesting.answer(draft, cast.editor, [one], yes=True)
    suggesting.answer(draft, cast.writer, [one], yes=True)

    assert text_of(suggesting.agree(draft, cast.editor).content["document"]) == TEXT.replace("dark", "night")


def test_an_editor_brings_no_words_in_under_the_writers_name(cast: Cast, draft: Draft) -> None:
    """Somebody's own script may say that what they typed belongs to the writer's suggestion."""
    [one] = suggest(draft, cast.writer, TEXT.replace("dark", "night"))
    more = json.loads(json.dumps(draft.document).replace('"night"', '"night, which is a lie"'))

    suggesting.keep(draft, cast.editor, more)

    with pytest.raises(NotAllowed):
        suggesting.answer(draft, cast.editor, [one], yes=True)
    assert text_of(declined(draft.document)) == TEXT


def test_strangers_keep_answer_and_remark_nothing(cast: Cast, draft: Draft) -> None:
    [one] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    before = again(draft)

    for act in (
        lambda who: suggesting.keep(draft, who, draft.document),
        lambda who: suggesting.suggest(draft, who, from_notation("Mine.")),
        lambda who: suggesting.answer(draft, who, [one], yes=True),
        lambda who: suggesting.rewrite(draft, who, one, "x"),
        lambda who: suggesting.remark(draft, who, "Hello"),
        lambda who: suggesting.agree(draft, who),
        lambda who: suggesting.hand_over(draft, who),
    ):
        with pytest.raises(PermissionDenied):
            act(cast.other_writer)

    now = again(draft)
    assert (now.version, now.document) == (before.version, before.document)


def test_what_an_editor_changes_without_a_mark_is_marked(cast: Cast, draft: Draft) -> None:
    """A script that is broken, or somebody's own, puts no word into the writer's text."""
    suggesting.keep(draft, cast.editor, from_notation(TEXT.replace("colour", "color")))

    assert text_of(declined(draft.document)) == TEXT
    assert text_of(accepted(draft.document)) == TEXT.replace("colour", "color")
    assert [told.removed for told in suggestions(draft.document)] == ["colour "]


def test_the_writer_may_change_the_text_itself(cast: Cast, draft: Draft) -> None:
    suggesting.keep(draft, cast.writer, from_notation(TEXT.replace("dark", "night")))

    assert identities(draft.document) == []
    assert suggesting.agree(draft, cast.writer).why == "The writer’s own changes"


def test_a_suggestion_that_stays_keeps_whose_it_is(cast: Cast, draft: Draft) -> None:
    [one] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))

    both = suggest(draft, cast.other_editor, TEXT.replace("colour", "color").replace("dark", "night"))

    assert both[0] == one
    assert Suggestion.objects.get(identity=one).made_by == cast.editor
    assert Suggestion.objects.get(identity=both[1]).made_by == cast.other_editor


def test_who_comes_second_writes_over_nobody(cast: Cast, draft: Draft) -> None:
    stale = again(draft)
    suggest(draft, cast.editor, TEXT.replace("colour", "color"))

    with pytest.raises(suggesting.DraftChanged):
        suggesting.suggest(stale, cast.other_editor, from_notation(TEXT.replace("dark", "night")))

    assert text_of(accepted(again(draft).document)) == TEXT.replace("colour", "color")


def test_two_who_work_at_the_same_time_have_both_their_suggestions(cast: Cast, draft: Draft) -> None:
    base = draft.document
    mine = suggested(base, from_notation(TEXT.replace("dark", "night")), lambda: "mine")
    suggest(draft, cast.editor, TEXT.replace("colour", "color"))

    assert suggesting.keep_with_theirs(draft, cast.other_editor, mine, base) == 0

    assert text_of(accepted(draft.document)) == TEXT.replace("colour", "color").replace("dark", "night")
    assert text_of(declined(draft.document)) == TEXT


def test_of_a_passage_that_both_changed_nothing_is_lost(cast: Cast, draft: Draft) -> None:
    base = draft.document
    mine = suggested(base, from_notation(TEXT.replace("dark", "night")), lambda: "mine")
    suggest(draft, cast.editor, TEXT.replace("dark", "late"))

    assert suggesting.keep_with_theirs(draft, cast.other_editor, mine, base) == 1

    assert "night" in text_of(accepted(draft.document))
    assert "late" in text_of(accepted(draft.document))
    assert text_of(declined(draft.document)) == TEXT


def test_no_yes_is_asked_for_while_a_suggestion_is_open(cast: Cast, draft: Draft) -> None:
    [one] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    manuscript = again(draft).manuscript

    with pytest.raises(actions.NotReady, match="1 suggestion waits for an answer"):
        actions.ask_for_approval(manuscript, cast.editor)
    with pytest.raises(suggesting.StillOpen):
        suggesting.agree(again(draft), cast.writer)
    suggesting.answer(draft, cast.writer, [one], yes=True)
    with pytest.raises(actions.NotReady, match="no version yet"):
        actions.ask_for_approval(manuscript, cast.editor)
    suggesting.agree(again(draft), cast.writer)

    actions.ask_for_approval(again(draft).manuscript, cast.editor)


def test_the_words_are_not_saved_past_open_suggestions(cast: Cast, draft: Draft) -> None:
    suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    manuscript = again(draft).manuscript

    with pytest.raises(actions.NotReady):
        actions.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation("Other words.")))
    actions.save(manuscript, cast.editor, edited(manuscript, headline="Another Kettle"))

    assert len(identities(suggesting.draft_of(again(draft).manuscript).document)) == 1


def test_a_version_saved_elsewhere_is_what_the_next_draft_begins_with(cast: Cast, draft: Draft) -> None:
    manuscript = again(draft).manuscript
    actions.keep_version(manuscript, cast.editor, edited(manuscript, document=from_notation("Other words.")))

    assert text_of(suggesting.draft_of(manuscript).document) == "Other words."


def test_agreeing_on_other_words_after_the_yes_opens_the_text_again(cast: Cast, draft: Draft) -> None:
    manuscript = again(draft).manuscript
    actions.ask_for_approval(manuscript, cast.editor)
    actions.approve(manuscript, cast.writer, manuscript.revision.sha256)
    draft = again(draft)
    suggesting.keep(draft, cast.writer, from_notation(TEXT.replace("dark", "night")))

    suggesting.agree(draft, cast.writer)

    assert again(draft).manuscript.state == "editing"


def test_an_agreement_without_a_change_leaves_the_yes(cast: Cast, draft: Draft) -> None:
    manuscript = again(draft).manuscript
    actions.ask_for_approval(manuscript, cast.editor)
    actions.approve(manuscript, cast.writer, manuscript.revision.sha256)

    suggesting.agree(again(draft), cast.writer)

    assert again(draft).manuscript.state == "approved"


def test_a_story_that_was_taken_back_is_worked_on_no_more(cast: Cast, draft: Draft) -> None:
    withdraw(draft.manuscript.submission, cast.writer)

    with pytest.raises(NotAllowed):
        suggesting.keep(again(draft), cast.writer, from_notation("More."))


@pytest.mark.parametrize("document", [None, [], {}, {"type": "doc", "content": [{"type": "script"}]}, "x"])
def test_what_is_no_document_is_refused(cast: Cast, draft: Draft, document: Any) -> None:
    with pytest.raises(BadDocument):
        suggesting.keep(draft, cast.editor, document)


def test_remarks_are_answered_and_settled_once(cast: Cast, draft: Draft) -> None:
    place = suggesting.Passage("colour", "the ", " of")
    remark = suggesting.remark(draft, cast.editor, "Is it?", place)
    answer = suggesting.remark(draft, cast.writer, "It is.", about=remark)
    suggesting.settle(draft, cast.writer, remark)
    suggesting.settle(draft, cast.editor, remark)

    remark.refresh_from_db()
    assert (remark.settled_by, remark.exact, answer.about) == (cast.writer, "colour", remark)
    with pytest.raises(NotAllowed):
        suggesting.remark(draft, cast.editor, "To an answer", about=answer)


def test_each_hears_from_the_other_that_it_is_their_turn(cast: Cast, draft: Draft) -> None:
    Letter.objects.all().delete()
    [one] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))

    assert suggesting.hand_over(draft, cast.editor) == cast.writer
    suggesting.answer(draft, cast.writer, [one], yes=True)
    assert suggesting.hand_over(draft, cast.writer) == cast.editor

    first, second = Letter.objects.order_by("pk")
    assert (first.to, second.to) == (cast.writer.email, cast.editor.email)
    assert "1 suggestion waits" in first.text
    assert "/suggestions/" in first.text
    assert again(draft).manuscript.revision.why == "Suggestions: 1 accepted"


@pytest.mark.django_db(transaction=True)
def test_an_acceptance_and_an_edit_in_the_same_moment(cast: Cast, manuscript: Manuscript) -> None:
    draft = suggesting.draft_of(manuscript)
    [one] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    theirs, ours = again(draft), again(draft)

    outcomes = at_once(
        lambda: suggesting.answer(theirs, cast.writer, [one], yes=True),
        lambda: suggesting.suggest(ours, cast.editor, from_notation(TEXT.replace("colour", "hue"))),
    )

    failed = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(failed) == 1, outcomes
    assert isinstance(failed[0], suggesting.DraftChanged | NotAllowed)
    assert text_of(declined(again(draft).document)) in {TEXT, TEXT.replace("colour", "color")}


def test_words_typed_beside_anothers_suggestion_are_under_ones_own_name(cast: Cast, draft: Draft) -> None:
    [first] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    now = again(draft)
    document = json.loads(json.dumps(now.document).replace('"text": "color"', '"text": "colorful"'))
    document = json.loads(json.dumps(document).replace('"text": "color "', '"text": "colorful "'))

    suggesting.keep(now, cast.other_editor, document)

    names = {row.identity: row.made_by for row in now.suggestions.filter(answer="")}
    told = {one.identity: one.inserted.strip() for one in suggestions(now.document)}
    assert told[first] == "color"
    assert names[first] == cast.editor
    assert {names[one] for one in told if one != first} == {cast.other_editor}
    assert sorted(told.values()) == ["color", "ful"]


def test_a_conflict_says_nothing_of_another_editors_under_ones_own_name(cast: Cast, draft: Draft) -> None:
    suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    base = again(draft)
    mine = json.loads(json.dumps(base.document).replace("rain", "reign"))
    suggest(again(draft), cast.editor, TEXT.replace("colour", "hue"))

    conflicts = suggesting.keep_with_theirs(again(draft), cast.other_editor, mine, base.document)

    assert conflicts == 1
    own = [row.identity for row in again(draft).suggestions.filter(made_by=cast.other_editor, answer="")]
    words = " ".join(one.inserted for one in suggestions(again(draft).document) if one.identity in own)
    assert "reign" in words
    assert "color " not in words
    assert "hue" not in words


def test_an_answered_suggestion_is_not_brought_back_with_other_words(cast: Cast, draft: Draft) -> None:
    [first] = suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    before = again(draft).document
    suggesting.answer(again(draft), cast.writer, [first], yes=False)
    forged = json.loads(json.dumps(before).replace("color", "crimson"))

    suggesting.keep(again(draft), cast.other_editor, forged)

    rows = {row.identity: row for row in again(draft).suggestions.all()}
    assert rows[first].answer == "declined"
    [told] = suggestions(again(draft).document)
    assert rows[told.identity].made_by == cast.other_editor


def test_a_save_whose_answer_was_lost_is_kept_once(cast: Cast, draft: Draft) -> None:
    base = draft.document
    mine = suggested(base, from_notation(TEXT.replace("dark", "night")), lambda: "mine")
    suggesting.keep(again(draft), cast.editor, mine, "save-1")
    suggest(again(draft), cast.other_editor, TEXT.replace("dark", "night").replace("colour", "color"))

    assert suggesting.was_kept(again(draft), cast.editor, "save-1")
    assert not suggesting.was_kept(again(draft), cast.editor, "save-2")
    assert not suggesting.was_kept(again(draft), cast.editor, "")
    assert not suggesting.was_kept(again(draft), cast.other_editor, "save-1")


def test_said_twice_it_is_one_letter_and_after_something_new_another(cast: Cast, draft: Draft) -> None:
    suggest(draft, cast.editor, TEXT.replace("colour", "color"))
    kinds = Letter.objects.filter(kind="editing/to_writer")

    for _press in range(2):
        assert suggesting.hand_over(again(draft), cast.editor) == cast.writer
    assert kinds.count() == 1

    suggesting.remark(again(draft), cast.editor, "Which kettle?")
    suggesting.hand_over(again(draft), cast.editor)
    assert kinds.count() == 2

    suggesting.hand_over(again(draft), cast.writer)
    suggesting.hand_over(again(draft), cast.editor)
    assert kinds.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_the_same_moment_are_one_letter(cast: Cast, manuscript: Manuscript) -> None:
    suggest(suggesting.draft_of(manuscript), cast.editor, TEXT.replace("colour", "color"))
    one, other = Draft.objects.get(), Draft.objects.get()

    at_once(lambda: suggesting.hand_over(one, cast.editor), lambda: suggesting.hand_over(other, cast.editor))

    assert Letter.objects.filter(kind="editing/to_writer").count() == 1
