"""What is said about a story: who may say it, who hears of it, and that a second click says nothing twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from hearthpress.common import clock
from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.common.states import SomebodyElseWon
from hearthpress.correspondence.actions import remark, write_to_editors, write_to_writer
from hearthpress.correspondence.doors import desk_thread
from hearthpress.correspondence.enums import MessageKind
from hearthpress.correspondence.models import Message
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Conflict, Duty, Submission
from tests.factories import Cast, make_accepted, make_subject, make_submission
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call, byline_kind="pen", byline_name="Ada Quill")


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=f"correspondence/{kind}"))


def heard(kind: str = "from_writer") -> list[str]:
    return sorted(letter.to for letter in letters(kind))


def test_words_to_the_writer_are_a_message_and_its_letter(cast: Cast, submission: Submission) -> None:
    message = write_to_writer(submission, cast.editor, "When did she ring?\r\nWe wonder.")

    letter = letters("to_writer")[0]
    assert (message.kind, message.author, message.letter) == (MessageKind.TO_WRITER, cast.editor, letter)
    assert message.text == "When did she ring?\nWe wonder."
    assert letter.to == cast.writer.email
    assert "When did she ring?\nWe wonder." in letter.text
    assert f"/write/{submission.key}/messages/" in letter.text
    assert letter.reply_to.startswith(f"editors+story-{submission.key}-")


def test_letter_to_the_writer_names_no_editor(cast: Cast, submission: Submission) -> None:
    write_to_writer(submission, cast.editor, "Hello.")

    letter = letters("to_writer")[0]
    whole = f"{letter.subject} {letter.text} {letter.reply_to}"
    assert not any(name in whole for name in (cast.editor.name, cast.editor.email, "answer-"))


def test_letter_to_editors_names_the_byline_alone(cast: Cast, submission: Submission) -> None:
    write_to_editors(submission, cast.writer, "She rang at noon.")

    letter = letters("from_writer")[0]
    whole = f"{letter.subject} {letter.text} {letter.reply_to}"
    assert "Ada Quill" in letter.text
    assert "She rang at noon." in letter.text
    assert not any(name in whole for name in (cast.writer.name, cast.writer.email))


def test_letter_that_cannot_be_answered_does_not_ask_for_an_answer(cast: Cast, submission: Submission) -> None:
    from hearthpress.masthead.models import Masthead

    Masthead.objects.update(letters_from=f"{'e' * 60}@example.org")

    write_to_writer(submission, cast.editor, "Hello.")
    write_to_editors(submission, cast.writer, "Hello.")

    written = [*letters("to_writer"), *letters("from_writer")]
    assert [letter.reply_to for letter in written] == ["", ""]
    assert not any("answer this letter" in letter.text or "address below" in letter.text for letter in written)


def test_what_was_typed_stands_in_the_letter_sign_for_sign(cast: Cast, submission: Submission) -> None:
    write_to_writer(submission, cast.editor, "Is it <b> & “salt”, or &amp; ?")

    assert "Is it <b> & “salt”, or &amp; ?" in letters("to_writer")[0].text


def test_whoever_has_the_story_hears_from_the_writer(cast: Cast, submission: Submission) -> None:
    submissions.leave_reading(submission, cast.editor, "yes", "")
    Submission.objects.update(assigned_to=cast.other_editor)
    submission.refresh_from_db()

    write_to_editors(submission, cast.writer, "Hello?")

    assert heard() == [cast.other_editor.email]


@pytest.mark.parametrize("covers", ["covers", "should not judge it", "rests from it"])
def test_cover_hears_from_the_writer_while_who_has_the_story_is_away(
    cast: Cast, submission: Submission, covers: str
) -> None:
    Submission.objects.update(assigned_to=cast.editor)
    away = clock.now().date() - timedelta(days=2)
    Duty.objects.update_or_create(editor=cast.editor, defaults={"away_from": away, "cover": cast.other_editor})
    if covers == "should not judge it":
        Conflict.objects.create(submission=submission, editor=cast.other_editor)
    if covers == "rests from it":
        submission.subjects.add(loss := make_subject())
        Duty.objects.create(editor=cast.other_editor).rest.add(loss)
    submission.refresh_from_db()

    write_to_editors(submission, cast.writer, "Hello?")

    assert heard() == [cast.other_editor.email if covers == "covers" else cast.editor.email]


def test_those_who_took_part_hear_from_the_writer_when_nobody_has_the_story(cast: Cast, submission: Submission) -> None:
    submissions.leave_reading(submission, cast.editor, "yes", "")
    remark(submission, cast.other_editor, "I know the place.")

    write_to_editors(submission, cast.writer, "Hello?")

    assert heard() == [cast.editor.email, cast.other_editor.email]


def test_the_owner_hears_from_the_writer_when_nobody_took_part(cast: Cast, submission: Submission) -> None:
    write_to_editors(submission, cast.writer, "Hello?")

    assert heard() == [cast.owner.email]


def test_an_editor_who_left_or_should_not_judge_hears_nothing(cast: Cast, submission: Submission) -> None:
    submissions.leave_reading(submission, cast.editor, "yes", "")
    submissions.leave_reading(submission, cast.other_editor, "yes", "")
    cast.editor.memberships.update(ended_at=clock.now())
    Conflict.objects.create(submission=submission, editor=cast.other_editor)

    write_to_editors(submission, cast.writer, "Hello?")

    assert heard() == [cast.owner.email]


def test_an_editor_behind_the_veil_learns_only_that_there_is_a_message(cast: Cast) -> None:
    cast.call.anonymous = True
    cast.call.save()
    sent = make_submission(cast.writer, cast.call, title="Wilma’s Kettle", byline_kind="pen", byline_name="Ada Quill")
    Submission.objects.update(assigned_to=cast.editor)
    sent.refresh_from_db()

    write_to_editors(sent, cast.writer, "I am Wilma, and she rang at noon.")

    letter = letters("veiled")[0]
    assert heard() == []
    assert letter.to == cast.editor.email
    for secret in ("Wilma", "Ada Quill", "Kettle", "noon"):
        assert secret not in f"{letter.subject} {letter.text}"
    assert letter.reply_to == ""


@pytest.mark.parametrize("voted", [False, True])
def test_who_never_voted_stays_without_the_name_when_a_story_was_taken_back(cast: Cast, voted: bool) -> None:
    cast.call.anonymous = True
    cast.call.save()
    sent = make_submission(cast.writer, cast.call, title="Wilma’s Kettle", byline_kind="pen", byline_name="Ada Quill")
    if voted:
        submissions.leave_reading(sent, cast.owner, "yes", "")
    submissions.withdraw(sent, cast.writer)

    write_to_editors(sent, cast.writer, "Ada Quill here. I may send it again.")

    letter = letters("from_writer")[0]
    shown = desk_thread(cast.owner, sent.key)
    whole = f"{letter.subject} {letter.text} {shown.entries[0].message.text}"
    assert letter.to == cast.owner.email
    assert "I may send it again." in letter.text
    assert ("Ada Quill" in whole, "Wilma" in whole) == (voted, voted)
    assert Message.objects.get().text == "Ada Quill here. I may send it again."
    write_to_writer(shown.submission, cast.owner, "Please do.")
    assert letters("to_writer")[0].to == cast.writer.email


def test_who_edited_an_anonymous_story_knows_its_name_when_it_is_taken_back(cast: Cast) -> None:
    cast.call.anonymous = True
    cast.call.save()
    sent = make_accepted(cast.writer, cast.editor, cast.call)
    submissions.assign(sent, cast.other_editor, cast.editor)
    submissions.withdraw(sent, cast.writer)

    write_to_editors(sent, cast.writer, "Hello?")

    assert heard() == [cast.other_editor.email]
    assert "Wilma Writer" in letters("from_writer")[0].text


def test_a_flood_is_kept_whole_and_told_by_few_letters(cast: Cast, submission: Submission) -> None:
    for number in range(14):
        write_to_editors(submission, cast.writer, f"Message {number}")

    assert submission.messages.count() == 14
    assert len(letters("from_writer")) == 10


def test_the_next_day_is_told_again(cast: Cast, submission: Submission) -> None:
    with clock.at(clock.now() - timedelta(days=1, minutes=1)):
        for number in range(12):
            write_to_editors(submission, cast.writer, f"Message {number}")

    write_to_editors(submission, cast.writer, "Good morning.")

    assert "Good morning." in letters("from_writer")[-1].text


def test_a_remark_writes_no_letter(cast: Cast, submission: Submission) -> None:
    before = Letter.objects.count()

    message = remark(submission, cast.editor, "Too long for me.")

    assert message.kind == MessageKind.REMARK
    assert Letter.objects.count() == before


def test_the_database_gives_no_letter_to_a_remark(cast: Cast, submission: Submission) -> None:
    letter = write_to_writer(submission, cast.editor, "Hello.").letter

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(submission=submission, kind=MessageKind.REMARK, author=cast.editor, letter=letter)


def test_a_message_is_never_changed(cast: Cast, submission: Submission) -> None:
    message = remark(submission, cast.editor, "Too long for me.")

    message.text = "Just right."
    for change in (message.save, message.delete, Message.objects.all().delete):
        with pytest.raises(EvidenceIsFinal):
            change()


@pytest.mark.parametrize("verb", [write_to_writer, remark, write_to_editors])
@pytest.mark.parametrize("who", ["other_writer", "bookkeeper"])
def test_nobody_else_says_anything(cast: Cast, submission: Submission, verb: object, who: str) -> None:
    with pytest.raises(PermissionDenied):
        verb(submission, getattr(cast, who), "Mine.")

    assert not Message.objects.exists()


def test_an_editor_does_not_write_to_editors_nor_a_writer_to_themselves(cast: Cast, submission: Submission) -> None:
    for verb, who in ((write_to_editors, cast.editor), (write_to_writer, cast.writer), (remark, cast.writer)):
        with pytest.raises(PermissionDenied):
            verb(submission, who, "Hello.")


def test_an_editor_takes_no_part_in_what_is_said_of_their_own_story(cast: Cast) -> None:
    own = make_submission(cast.editor, cast.call)

    for verb in (write_to_writer, remark):
        with pytest.raises(PermissionDenied):
            verb(own, cast.editor, "Take it!")


def test_an_editor_whose_vote_is_not_in_says_nothing_about_an_anonymous_story(cast: Cast) -> None:
    cast.call.anonymous = True
    cast.call.save()
    sent = make_submission(cast.writer, cast.call)

    for verb in (write_to_writer, remark):
        with pytest.raises(PermissionDenied):
            verb(sent, cast.editor, "Hello.")


@pytest.mark.parametrize("verb", [write_to_writer, remark])
def test_an_editor_does_not_write_about_a_story_taken_back_meanwhile(
    cast: Cast, submission: Submission, verb: object
) -> None:
    shown = Submission.objects.get(pk=submission.pk)
    submissions.withdraw(submission, cast.writer)

    with pytest.raises(SomebodyElseWon):
        verb(shown, cast.editor, "We would like it.")

    assert not letters("to_writer")


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_the_writer_may_write_whatever_was_decided(cast: Cast, submission: Submission, state: str) -> None:
    Submission.objects.update(state=state)
    submission.refresh_from_db()

    write_to_editors(submission, cast.writer, "Thank you all the same.")

    assert submission.messages.count() == 1


@pytest.mark.parametrize("verb", ["to_writer", "from_writer", "remark"])
def test_a_second_click_says_nothing_twice(cast: Cast, submission: Submission, verb: str) -> None:
    say, who = {
        "to_writer": (write_to_writer, cast.editor),
        "from_writer": (write_to_editors, cast.writer),
        "remark": (remark, cast.editor),
    }[verb]

    first, second = say(submission, who, "Hello."), say(submission, who, " Hello.\r\n")

    assert first == second
    assert submission.messages.count() == 1
    assert Letter.objects.filter(kind__startswith="correspondence/").count() == (0 if verb == "remark" else 1)


def test_the_same_words_are_said_again_after_an_answer_or_a_while(cast: Cast, submission: Submission) -> None:
    with clock.at(clock.now() - timedelta(hours=2)):
        write_to_editors(submission, cast.writer, "Any news?")
    write_to_editors(submission, cast.writer, "Any news?")
    write_to_writer(submission, cast.editor, "Not yet.")

    write_to_editors(submission, cast.writer, "Any news?")

    assert submission.messages.filter(text="Any news?").count() == 3


def test_the_same_words_to_the_writer_and_among_editors_are_two_messages(cast: Cast, submission: Submission) -> None:
    write_to_writer(submission, cast.editor, "Shorter, please.")

    remark(submission, cast.editor, "Shorter, please.")

    assert submission.messages.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_are_one_message(cast: Cast) -> None:
    sent = make_submission(cast.writer, cast.call)

    outcomes = at_once(*(lambda: write_to_editors(sent, cast.writer, "Hello.") for _ in range(2)))

    assert [type(outcome) for outcome in outcomes] == [Message, Message]
    assert sent.messages.count() == 1


def test_nothing_is_said_when_the_letter_cannot_be_written(
    cast: Cast, submission: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("hearthpress.correspondence.letters.write_letter", fail)

    with pytest.raises(RuntimeError):
        write_to_editors(submission, cast.writer, "Hello.")

    assert not Message.objects.exists()
    assert connection.is_usable()


def test_a_story_in_work_is_written_about_as_any_other(cast: Cast) -> None:
    accepted = make_accepted(cast.writer, cast.editor, cast.call)

    write_to_editors(accepted, cast.writer, "A name is wrong in it.")

    assert heard() == [cast.editor.email]
