"""Preparing a decision: two editors at once, fair words to begin with, and nothing typed is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from hearthpress.common import clock
from hearthpress.desk.decisions import calls_to_pass_to
from hearthpress.desk.starting_words import starting_words, to_fill_in
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions
from hearthpress.submissions.enums import CallKind, CallState, DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Call, Conflict, Decision, LetterTemplate, Reading, Submission
from tests.factories import Cast, client_for, make_call, make_subject, make_submission, release_and_tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call)


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def elsewhere(cast: Cast) -> Call:
    return make_call(title="Small Kindnesses", slug="small-kindnesses", rate_card=cast.call.rate_card)


def prepare(cast: Cast, submission: Submission, kind: DecisionKind = DecisionKind.ACCEPT) -> Decision:
    return actions.prepare_decision(submission, cast.editor, kind, "We would be glad to.")


def text(answer: Any) -> str:
    return answer.content.decode()


def send(client: Client, submission: Submission, **typed: Any) -> Any:
    return client.post(f"/desk/{submission.key}/decision/", typed)


def ask(client: Client, submission: Submission, kind: str) -> Any:
    return client.get(f"/desk/{submission.key}/decision/", {"kind": kind})


def test_reading_is_kept_and_makes_being_read_a_fact(submission: Submission, editor: Client) -> None:
    editor.post(f"/desk/{submission.key}/reading/", {"vote": "yes", "notes": "The kettle."})

    submission.refresh_from_db()
    assert submission.state == SubmissionState.READING
    assert Reading.objects.values_list("vote", "notes").get() == ("yes", "The kettle.")


def test_reading_without_a_vote_keeps_the_notes_on_the_page(submission: Submission, editor: Client) -> None:
    answer = editor.post(f"/desk/{submission.key}/reading/", {"notes": "A long thought about the kettle."})

    assert "A long thought about the kettle." in text(answer)
    assert not Reading.objects.exists()


def test_reading_of_a_story_taken_back_is_refused_and_told(cast: Cast, submission: Submission, editor: Client) -> None:
    actions.withdraw(submission, cast.writer)

    answer = editor.post(f"/desk/{submission.key}/reading/", {"vote": "no", "notes": "Too late."})

    assert answer.status_code == 404
    assert "This story was taken back" in text(answer)
    assert not Reading.objects.exists()


def test_reading_that_comes_after_the_end_is_told_and_not_lost(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    release_and_tell(prepare(cast, submission), cast.editor)

    answer = editor.post(f"/desk/{submission.key}/reading/", {"vote": "no", "notes": "Too late."})

    assert answer.status_code == 409
    assert "Too late." in text(answer)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("kind", DecisionKind.values)
def test_decision_begins_with_fair_words(submission: Submission, editor: Client, elsewhere: Call, kind: str) -> None:
    answer = ask(editor, submission, kind)

    assert len(answer.context["form"].initial["words"]) > 60


def test_decision_is_prepared_without_a_letter(submission: Submission, editor: Client) -> None:
    before = Letter.objects.count()

    send(editor, submission, kind="decline", words="Not now, with thanks.")

    assert Decision.objects.values_list("kind", "state").get() == ("decline", "prepared")
    assert Letter.objects.count() == before


def test_decision_with_the_place_to_fill_in_is_refused(submission: Submission, editor: Client) -> None:
    answer = send(editor, submission, kind="revise", words=f"Hello. {to_fill_in()} Bye.")

    assert answer.context["form"].errors["words"]
    assert not Decision.objects.exists()


def test_decision_replaces_nobodys_unseen(cast: Cast, submission: Submission, editor: Client) -> None:
    theirs = actions.prepare_decision(submission, cast.other_editor, DecisionKind.DECLINE, "No.")
    typed = {"kind": "accept", "words": "Yes, gladly."}

    answer = send(editor, submission, **typed, replaces="")
    again = send(editor, submission, **typed, replaces=answer.context["form"]["replaces"].value())

    theirs.refresh_from_db()
    assert answer.status_code == 409
    assert "Yes, gladly." in text(answer)
    assert again.status_code == 302
    assert theirs.state == DecisionState.DROPPED


def test_decision_on_a_decided_story_keeps_the_words(cast: Cast, submission: Submission, editor: Client) -> None:
    release_and_tell(prepare(cast, submission), cast.editor)

    answer = send(editor, submission, kind="decline", words="My careful words.")

    assert answer.status_code == 409
    assert "My careful words." in text(answer)


def test_decision_while_another_goes_out_keeps_the_words_and_says_to_undo(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    going = prepare(cast, submission)
    actions.release(going, cast.editor)

    answer = send(editor, submission, kind="decline", words="My careful words.", replaces=going.pk)

    assert answer.status_code == 409
    assert "Undo its release first" in text(answer)
    assert "My careful words." in text(answer)
    assert Decision.objects.values_list("state").get() == ("releasing",)


def test_decision_about_a_loss_needs_a_line_for_its_writer_and_keeps_the_words(
    submission: Submission, editor: Client
) -> None:
    submission.subjects.add(make_subject(of_loss=True))

    answer = send(editor, submission, kind="decline", words="My careful words.", personal=" ")
    again = send(editor, submission, kind="decline", words="My careful words.", personal="Your brother's hat.")

    assert "Please write a line for this writer alone." in text(answer)
    assert "My careful words." in text(answer)
    assert again.status_code == 302
    assert Decision.objects.get().letter_words == "Your brother's hat.\n\nMy careful words."


def test_decision_to_revise_keeps_the_end_of_the_day_in_the_editors_zone(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    cast.editor.time_zone = "Europe/Berlin"
    cast.editor.save()

    send(editor, submission, kind="revise", words="Shorter.", revise_by="2033-10-30")

    assert Decision.objects.get().revise_by == datetime(2033, 10, 30, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("day", ["2001-01-01", "9999-12-31", "tomorrow", "2033-02-30"])
def test_decision_to_revise_by_a_day_that_cannot_be_is_refused_and_not_lost(
    submission: Submission, editor: Client, day: str
) -> None:
    answer = send(editor, submission, kind="revise", words="Shorter, please.", revise_by=day)

    assert answer.context["form"].errors["revise_by"]
    assert "Shorter, please." in text(answer)


def test_decision_says_which_round_it_is(cast: Cast, submission: Submission, editor: Client) -> None:
    release_and_tell(prepare(cast, submission, DecisionKind.REVISE), cast.editor)
    submission.refresh_from_db()
    actions.send(submission)

    assert "second round" in text(ask(editor, submission, "accept"))
    assert "second round" in text(editor.get(f"/desk/{submission.key}/"))


def test_decision_to_pass_names_the_other_calls_and_what_they_pay(
    cast: Cast, submission: Submission, editor: Client, elsewhere: Call
) -> None:
    make_call(title="A secret plan", slug="plan", state=CallState.DRAFT, rate_card=cast.call.rate_card)

    page = text(ask(editor, submission, "pass"))
    send(editor, submission, kind="pass", words="It fits there.", to_call=elsewhere.pk)

    assert f"Small Kindnesses: {elsewhere.pays}" in page
    assert "A secret plan" not in page
    assert Decision.objects.get().to_call == elsewhere


def test_decision_to_pass_without_a_call_is_refused_and_not_lost(
    submission: Submission, editor: Client, elsewhere: Call
) -> None:
    answer = send(editor, submission, kind="pass", words="It fits there.")

    assert answer.context["form"].errors["to_call"]
    assert "It fits there." in text(answer)


def test_decision_to_pass_is_not_offered_where_there_is_no_other_call(submission: Submission, editor: Client) -> None:
    assert ask(editor, submission, "pass").status_code == 302
    assert "kind=pass" not in text(editor.get(f"/desk/{submission.key}/"))


def test_decision_begins_with_the_words_that_are_closest_to_the_story(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    loss = make_subject()
    submission.subjects.add(loss)
    LetterTemplate.objects.create(name="All", kind="decline", words="For everybody.")
    LetterTemplate.objects.create(name="Call", kind="decline", words="For this call.", call=cast.call)
    LetterTemplate.objects.create(name="Loss", kind="decline", words="For “{title}”, {name}. {nothing} {", subject=loss)
    LetterTemplate.objects.create(name="Other", kind="decline", words="No.", subject=make_subject("abuse"))
    LetterTemplate.objects.create(name="Old", kind="decline", words="Old.", subject=loss, retired_at=clock.now())

    form = ask(editor, submission, "decline").context["form"]

    assert form.initial["words"] == "For “The Kettle”, Wilma Writer. {nothing} {"
    assert [row.name for row in form.fields["template"].queryset] == ["All", "Call", "Loss"]


def test_chosen_words_take_the_place_of_untouched_ones(submission: Submission, editor: Client) -> None:
    ours = LetterTemplate.objects.create(name="All", kind="decline", words="For everybody.")

    untouched = starting_words("decline", [submission]).replace("\n", "\r\n")
    answer = send(editor, submission, kind="decline", words=untouched, template=ours.pk, use="words")

    assert answer.context["form"]["words"].value() == "For everybody."
    assert not Decision.objects.exists()


def test_chosen_words_come_below_what_was_typed(submission: Submission, editor: Client) -> None:
    ours = LetterTemplate.objects.create(name="All", kind="decline", words="For everybody.")

    answer = send(
        editor,
        submission,
        kind="decline",
        words="My own words.",
        personal="The hat.",
        template=ours.pk,
        replaces="",
        use="words",
    )

    form = answer.context["form"]
    assert form["words"].value() == "My own words.\n\nFor everybody."
    assert form["personal"].value() == "The hat."


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 5000, "\x00"])
def test_words_and_notes_that_are_none_change_nothing(submission: Submission, editor: Client, number: str) -> None:
    answers = [
        send(editor, submission, kind="decline", words="Mine.", template=number, use="words"),
        send(editor, submission, kind="decline", words="Mine.", quote=number),
    ]

    assert [answer.context["form"]["words"].value() for answer in answers] == ["Mine.", "Mine."]


def test_quoted_note_stands_in_the_letter_without_its_readers_name(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    note = actions.leave_reading(submission, cast.other_editor, "yes", "The kettle sings.")

    page = text(ask(editor, submission, "accept"))
    answer = send(editor, submission, kind="accept", words="Mine.", personal="Hers.", quote=note.pk)

    words = answer.context["form"]["words"].value()
    assert "Quote Otto Editor’s note" in page
    assert words == "Mine.\n\nOne of us wrote when reading it:\n\n“The kettle sings.”"
    assert answer.context["form"]["personal"].value() == "Hers."
    assert not Decision.objects.exists()


def test_note_of_another_story_is_not_quoted(cast: Cast, submission: Submission, editor: Client) -> None:
    other = make_submission(cast.writer, cast.call, title="Other")
    note = actions.leave_reading(other, cast.other_editor, "yes", "Not here.")

    answer = send(editor, submission, kind="accept", words="Mine.", quote=note.pk)

    assert "Not here." not in text(answer)


def test_decision_behind_the_veil_asks_to_read_first(cast: Cast, editor: Client) -> None:
    call = make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)
    submission = make_submission(cast.writer, call)
    note = actions.leave_reading(submission, cast.other_editor, "yes", "A note of Otto's.")
    actions.prepare_decision(submission, cast.other_editor, DecisionKind.ACCEPT, "Dear Wilma.")
    ours = LetterTemplate.objects.create(name="All", kind="decline", words="Dear {name}")

    pages = [
        text(ask(editor, submission, "decline")),
        text(send(editor, submission, kind="decline", words="My words.")),
        text(send(editor, submission, kind="decline", words="My words.", quote=note.pk)),
        text(send(editor, submission, kind="decline", words="My words.", template=ours.pk, use="words")),
    ]

    for page in pages:
        assert "Leave your own reading first" in page
        assert not [said for said in ("Dear", "Wilma", "Otto") if said in page]
    assert ["My words." in page for page in pages] == [False, True, True, True]
    assert "Leave your own reading first" in text(editor.get(f"/desk/{submission.key}/"))
    assert Decision.objects.count() == 1


def test_decision_by_an_editor_who_knows_the_writer_is_left_to_others(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    Conflict.objects.create(submission=submission, editor=cast.editor)

    answer = send(editor, submission, kind="decline", words="My words.", replaces="")

    assert "others should judge this story" in text(answer)
    assert "My words." in text(answer)
    assert not Decision.objects.exists()


def test_dropped_decision_is_heard_of_by_nobody(cast: Cast, submission: Submission, editor: Client) -> None:
    decision = prepare(cast, submission)

    editor.post(f"/desk/{submission.key}/decision/dropped/", {"decision": decision.pk})

    decision.refresh_from_db()
    assert decision.state == DecisionState.DROPPED
    assert not Letter.objects.filter(kind="submissions/accept").exists()


def test_decision_that_goes_out_is_not_dropped_by_an_old_page(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    decision = prepare(cast, submission)
    actions.release(decision, cast.other_editor)

    answer = editor.post(f"/desk/{submission.key}/decision/dropped/", {"decision": decision.pk}, follow=True)

    decision.refresh_from_db()
    assert decision.state == DecisionState.RELEASING
    assert "Somebody released this decision before you. The writer is told at" in text(answer)


def test_a_day_for_changes_stands_in_the_form_until_another_is_chosen(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    first = ask(editor, submission, "revise").context["form"].initial["revise_by"]
    send(editor, submission, kind="revise", words="Shorter.", revise_by="")

    assert first - clock.today("America/New_York") == timedelta(days=28)
    assert ask(editor, submission, "revise").context["form"].initial["revise_by"] is None


def test_an_anonymous_story_is_passed_only_to_where_it_stays_so(cast: Cast) -> None:
    anonymous = make_call(slug="blind", anonymous=True)
    other = make_call(slug="other-blind", anonymous=True)
    make_call(slug="circle", circle_only=True)
    submission = make_submission(cast.writer, anonymous)

    assert list(calls_to_pass_to(submission)) == [other]
    assert set(calls_to_pass_to(make_submission(cast.other_writer, other, text="Else."))) == {anonymous}


@pytest.mark.parametrize("kind", ["accept", "decline", "revise"])
def test_application_begins_with_words_of_its_own(
    cast: Cast, submission: Submission, editor: Client, kind: str
) -> None:
    LetterTemplate.objects.create(name="Story", kind=kind, words="For your story.")
    circle = make_call(slug="join", title="Join", kind=CallKind.WRITERS, rate_card=cast.call.rate_card)
    application = make_submission(cast.writer, circle)

    form = ask(editor, application, kind).context["form"]
    assert form.initial["words"] == starting_words(kind, [application])
    assert form.initial["words"] != starting_words(kind, [submission])
    assert not form.fields["template"].queryset.exists()

    LetterTemplate.objects.create(name="Ours", kind=kind, words="For you.", call=circle)
    assert ask(editor, application, kind).context["form"].initial["words"] == "For you."
