"""Mail that comes back: who is believed, what stays among editors, and that nothing of that reaches the writer."""

import pytest

from hearthpress.correspondence.actions import remark, write_to_editors, write_to_writer
from hearthpress.correspondence.doors import own_thread
from hearthpress.correspondence.enums import MessageKind
from hearthpress.correspondence.incoming import STRANGERS_A_DAY, take_answer, take_reply
from hearthpress.correspondence.letters import ANSWER
from hearthpress.correspondence.models import LONGEST, Message
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.enums import IncomingState
from hearthpress.mail.incoming import IncomingMessage
from hearthpress.mail.models import IncomingMail, Letter
from hearthpress.mail.routes import Refused, route_for
from hearthpress.mail.taking import take_mail
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.actions.letters import THREAD
from hearthpress.submissions.models import Submission
from tests.correspondence.mails import make_bytes, make_mail, make_row
from tests.factories import Cast, make_draft, make_submission

pytestmark = pytest.mark.django_db

QUOTED = "At noon.\n\nOn Monday the editors wrote:\n> When did she ring?\n"


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call, byline_kind="pen", byline_name="Ada Quill")


def reply(submission: Submission, mail: IncomingMessage) -> IncomingMail:
    row = make_row(mail)
    row.became = take_reply(mail, submission.key, row)
    return row


def answer(submission: Submission, mail: IncomingMessage) -> IncomingMail:
    row = make_row(mail, purpose="answer")
    row.became = take_answer(mail, submission.key, row)
    return row


def letters_to(address: str) -> int:
    return Letter.objects.filter(to=address, kind__startswith="correspondence/").count()


def test_both_addresses_have_a_taker() -> None:
    assert [route_for(purpose).take for purpose in ("story", "answer")] == [take_reply, take_answer]


def test_the_writers_answer_comes_into_the_thread(cast: Cast, submission: Submission) -> None:
    row = reply(submission, make_mail("Wilma <Writer@Example.org>", QUOTED))

    message = Message.objects.get()
    assert (message.kind, message.author, message.text) == (MessageKind.FROM_WRITER, cast.writer, "At noon.")
    assert message.incoming == row
    assert row.became == f"message {message.key}"
    assert letters_to(cast.owner.email) == 1


@pytest.mark.parametrize("address", ["stranger@example.org", "other-writer@example.org", "books@example.org"])
@pytest.mark.parametrize("take", [reply, answer])
def test_nobody_else_is_believed_and_nothing_is_lost(
    cast: Cast, submission: Submission, address: str, take: object
) -> None:
    before = Letter.objects.count()

    row = take(submission, make_mail(address, "It is I, your writer. Publish it!"))

    message = Message.objects.get()
    assert (message.kind, message.author) == (MessageKind.STRANGER, None)
    assert "Publish it!" in message.text
    assert row.state == IncomingState.SET_ASIDE
    assert own_thread(cast.writer, submission.key).entries == []
    assert Letter.objects.count() == before


def test_a_mail_that_says_two_senders_is_believed_for_neither(cast: Cast, submission: Submission) -> None:
    reply(submission, IncomingMessage(sender="", text="Hello.", new_text="Hello."))

    assert Message.objects.get().kind == MessageKind.STRANGER


def test_an_editor_who_answers_a_letter_is_heard_among_editors_alone(cast: Cast, submission: Submission) -> None:
    write_to_editors(submission, cast.writer, "Any news?")

    reply(submission, make_mail(cast.editor.email, "She asks every day. I would say no.", "proof.pdf"))

    message = submission.messages.last()
    assert (message.kind, message.author, message.files) == (MessageKind.REMARK, cast.editor, ["proof.pdf"])
    assert letters_to(cast.writer.email) == 0
    assert [entry.message.text for entry in own_thread(cast.writer, submission.key).entries] == ["Any news?"]


def test_an_editor_who_uses_the_address_for_it_writes_to_the_writer(cast: Cast, submission: Submission) -> None:
    answer(submission, make_mail(cast.editor.email, "Next week.\n\nOn Monday you wrote:\n> She asks every day.\n"))

    letter = Letter.objects.get(kind="correspondence/to_writer")
    assert Message.objects.get().text == "Next week."
    assert "Next week." in letter.text
    assert "every day" not in letter.text


@pytest.mark.parametrize(
    "mail",
    [
        lambda editor: make_mail(editor, "> only\n> what was said before\n"),
        lambda editor: make_mail(editor, "See the file.", "edits.docx"),
        lambda editor: make_mail(editor, f"Call me.\nEdith, {editor.upper()}, desk"),
        lambda editor: make_mail(
            editor, f"Yes.\nThe letter said: {signed_address(ANSWER, Submission.objects.get().key)}"
        ),
    ],
    ids=["nothing new", "a file", "the editor’s own address", "a part of our letter"],
)
def test_what_should_not_reach_the_writer_is_refused(cast: Cast, submission: Submission, mail: object) -> None:
    with pytest.raises(Refused):
        answer(submission, mail(cast.editor.email))

    assert not Message.objects.exists()
    assert letters_to(cast.writer.email) == 0


def test_the_writer_is_the_writer_at_either_address(cast: Cast, submission: Submission) -> None:
    answer(submission, make_mail(cast.writer.email, "At noon."))

    assert Message.objects.get().kind == MessageKind.FROM_WRITER
    assert letters_to(cast.writer.email) == 0


def test_an_editor_is_the_writer_of_their_own_story(cast: Cast) -> None:
    own = make_submission(cast.editor, cast.call)

    answer(own, make_mail(cast.editor.email, "At noon."))

    assert own.messages.get().kind == MessageKind.FROM_WRITER


def test_an_editor_whose_vote_is_not_in_is_told_to_wait(cast: Cast) -> None:
    cast.call.anonymous = True
    cast.call.save()
    sent = make_submission(cast.writer, cast.call)

    for take in (reply, answer):
        with pytest.raises(Refused):
            take(sent, make_mail(cast.editor.email, "Hello."))


def test_an_editor_writes_nothing_about_a_story_taken_back(cast: Cast, submission: Submission) -> None:
    submissions.withdraw(submission, cast.writer)

    for take in (reply, answer):
        with pytest.raises(Refused):
            take(submission, make_mail(cast.editor.email, "Hello."))


def test_somebody_who_was_an_editor_is_a_stranger(cast: Cast, submission: Submission) -> None:
    cast.editor.memberships.update(ended_at=submission.submitted_at)

    answer(submission, make_mail(cast.editor.email, "Hello."))

    assert Message.objects.get().kind == MessageKind.STRANGER


@pytest.mark.parametrize("who", ["writer", "editor"])
@pytest.mark.parametrize("take", [reply, answer])
def test_what_a_machine_answered_is_no_answer(cast: Cast, submission: Submission, who: str, take: object) -> None:
    before = Letter.objects.count()

    take(submission, make_mail(getattr(cast, who).email, "I am away until Monday.", Auto_Submitted="auto-replied"))

    message = Message.objects.get()
    assert (message.kind, message.author) == (MessageKind.AUTOMATIC, None)
    assert own_thread(cast.writer, submission.key).entries == []
    assert Letter.objects.count() == before


def test_a_letter_is_answered_to_its_own_address_and_a_second_delivery_changes_nothing(
    cast: Cast, submission: Submission, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    letter = write_to_writer(submission, cast.editor, "When did she ring?").letter
    mail = make_bytes(cast.writer.email, QUOTED, "a.jpg", to=letter.reply_to)

    rows = [take_mail(data)[0] for data in (mail, b"Received: from a second relay\n" + mail)]

    said = submission.messages.last()
    assert rows[0] == rows[1]
    assert rows[0].became == f"message {said.key}"
    assert (said.text, said.incoming) == ("At noon.", rows[0])
    assert submission.messages.count() == 2
    assert letters_to(cast.editor.email) == 1


def test_an_editor_who_writes_to_both_addresses_reaches_both(
    cast: Cast, submission: Submission, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    both = ", ".join(signed_address(purpose, submission.key) for purpose in (ANSWER, THREAD))

    take_mail(make_bytes(cast.editor.email, "We are glad of it.", to=both))

    assert {message.kind for message in submission.messages.all()} == {MessageKind.TO_WRITER, MessageKind.REMARK}


def test_files_are_named_and_not_kept(cast: Cast, submission: Submission) -> None:
    reply(submission, make_mail(cast.writer.email, "The photos.", "kettle.jpg", "winmail.dat"))

    message = Message.objects.get()
    letter = Letter.objects.get(kind="correspondence/from_writer")
    assert message.files == ["kettle.jpg"]
    assert len(message.notes) == 1
    assert "kettle.jpg" in letter.text
    assert message.notes[0] in letter.text


def test_a_mail_of_files_alone_comes_in(cast: Cast, submission: Submission) -> None:
    reply(submission, make_mail(cast.writer.email, "", "kettle.jpg"))

    assert Message.objects.get().files == ["kettle.jpg"]
    assert "There are no words in the message." in Letter.objects.get(kind="correspondence/from_writer").text


@pytest.mark.parametrize("text", ["", "word " * LONGEST])
def test_the_writer_hears_that_a_mail_could_not_be_taken(cast: Cast, submission: Submission, text: str) -> None:
    with pytest.raises(Refused):
        reply(submission, make_mail(cast.writer.email, text))


def test_a_strangers_long_mail_is_shown_in_part(submission: Submission) -> None:
    reply(submission, make_mail("stranger@example.org", "word " * LONGEST))

    assert len(Message.objects.get().text) <= LONGEST


def test_a_flood_of_strangers_does_not_fill_the_thread(submission: Submission) -> None:
    rows = [reply(submission, make_mail("stranger@example.org", f"Buy {n}")) for n in range(STRANGERS_A_DAY + 3)]

    assert submission.messages.count() == STRANGERS_A_DAY
    assert {row.state for row in rows} == {IncomingState.SET_ASIDE}


@pytest.mark.parametrize("key", ["", "0" * 12])
def test_a_mail_about_no_story_is_refused(cast: Cast, key: str) -> None:
    mail = make_mail(cast.writer.email, "Hello.")

    with pytest.raises(Refused):
        take_reply(mail, key, make_row(mail))


def test_a_mail_about_a_draft_is_refused(cast: Cast) -> None:
    draft = make_draft(cast.writer, cast.call)

    with pytest.raises(Refused):
        reply(draft, make_mail(cast.writer.email, "Hello."))


def test_the_address_for_writing_to_the_writer_is_told_to_editors_alone(cast: Cast, submission: Submission) -> None:
    write_to_writer(submission, cast.editor, "When?")
    write_to_editors(submission, cast.writer, "At noon.")
    remark(submission, cast.editor, "I doubt it.")

    to_writer, to_editor = Letter.objects.filter(kind__startswith="correspondence/")
    assert "answer-" not in f"{to_writer.text}{to_writer.reply_to}"
    assert "+answer-" in to_editor.text
    assert "+answer-" not in to_editor.reply_to
