"""The pages of a thread: at the desk and in the writing room."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.correspondence.actions import Came, remark, set_aside, write_to_editors, write_to_writer
from hearthpress.correspondence.enums import MessageKind
from hearthpress.correspondence.models import LONGEST, Message, Seen
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.models import Submission
from tests.correspondence.mails import make_mail, make_row
from tests.factories import Cast, client_for, make_draft, make_submission

pytestmark = pytest.mark.django_db

FORMS = {"message": "to_writer", "remark": "among_editors"}


@pytest.fixture
def submission(cast: Cast) -> Submission:
    return make_submission(cast.writer, cast.call, byline_kind="pen", byline_name="Ada Quill")


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def writer(cast: Cast) -> Client:
    return client_for(cast.writer)


def desk(submission: Submission, place: str = "") -> str:
    return f"/desk/{submission.key}/correspondence/{place and f'{place}/'}"


def room(submission: Submission) -> str:
    return f"/write/{submission.key}/messages/"


def text(answer: object) -> str:
    return answer.content.decode()


def say(cast: Cast, submission: Submission, times: int) -> None:
    for number in range(times):
        write_to_editors(submission, cast.writer, f"Message {number}")
        write_to_writer(submission, cast.editor, f"Answer {number}")
        remark(submission, cast.other_editor, f"Remark {number}")


def queries(client: Client, path: str) -> int:
    Seen.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("place", ["desk", "room"])
def test_pages_ask_for_as_much_however_much_was_said(cast: Cast, submission: Submission, place: str) -> None:
    client, path = {"desk": (client_for(cast.owner), desk), "room": (client_for(cast.writer), room)}[place]
    say(cast, submission, 1)
    client.get(path(submission))
    one = queries(client, path(submission))
    say(cast, submission, 2)

    assert queries(client, path(submission)) == one


@pytest.mark.parametrize("place", ["", "message", "remark"])
def test_desk_pages_open_for_editors_alone(cast: Cast, submission: Submission, place: str) -> None:
    people = (cast.owner, cast.editor, cast.writer, cast.other_writer, cast.bookkeeper, None)

    statuses = [client_for(person).get(desk(submission, place)).status_code for person in people]

    assert statuses == [200, 200, 404, 404, 404, 302]


@pytest.mark.parametrize("form", FORMS)
def test_desk_forms_take_words_from_editors_alone(cast: Cast, submission: Submission, form: str) -> None:
    people = (cast.writer, cast.other_writer, cast.bookkeeper, None)
    typed = {FORMS[form]: "Mine now."}

    statuses = [client_for(person).post(desk(submission, form), typed).status_code for person in people]

    assert statuses == [404, 404, 404, 302]
    assert not Message.objects.exists()


def test_room_page_opens_for_its_writer_alone(cast: Cast, submission: Submission) -> None:
    people = (cast.writer, cast.other_writer, cast.editor, cast.owner, cast.bookkeeper, None)

    got = [client_for(person).get(room(submission)).status_code for person in people]
    posted = [client_for(person).post(room(submission), {"words": "Mine."}).status_code for person in people[1:]]

    assert got == [200, 404, 404, 404, 404, 302]
    assert posted == [404, 404, 404, 404, 302]
    assert not Message.objects.exists()


def test_room_page_of_a_draft_is_not_there(cast: Cast, writer: Client) -> None:
    assert writer.get(room(make_draft(cast.writer, cast.call))).status_code == 404


def test_an_editors_own_story_is_not_at_their_desk(cast: Cast, editor: Client) -> None:
    own = make_submission(cast.editor, cast.call)

    statuses = [editor.get(desk(own)).status_code, editor.post(desk(own, "remark"), {"among_editors": "!"}).status_code]

    assert statuses == [404, 404]


def test_words_to_the_writer_are_sent_and_shown(cast: Cast, submission: Submission, editor: Client) -> None:
    answer = editor.post(desk(submission, "message"), {"to_writer": "When did she ring?"}, follow=True)

    assert answer.redirect_chain == [(desk(submission), 302)]
    assert "When did she ring?" in text(answer)
    assert "You, to the writer" in text(answer)
    assert Letter.objects.filter(kind="correspondence/to_writer", to=cast.writer.email).count() == 1


def test_a_remark_is_kept_apart_by_its_words(cast: Cast, submission: Submission, editor: Client) -> None:
    editor.post(desk(submission, "remark"), {"among_editors": "I doubt it."})

    shown = text(client_for(cast.owner).get(desk(submission)))
    assert "Edith Editor, among editors" in shown
    assert "the writer does not see this" in shown
    assert Message.objects.get().kind == MessageKind.REMARK


def test_neither_box_is_read_by_the_other_button(submission: Submission, editor: Client) -> None:
    answers = [
        editor.post(desk(submission, "message"), {"among_editors": "I doubt it."}),
        editor.post(desk(submission, "remark"), {"to_writer": "Welcome."}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not Message.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_what_was_typed_at_the_desk_stays_when_it_cannot_be_sent(
    cast: Cast, submission: Submission, editor: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hearthpress.desk.views import correspondence

    fetch, typed = correspondence.desk_thread, {FORMS[form]: "My careful words."}
    long = editor.post(desk(submission, form), {FORMS[form]: f"My careful words.{'x' * LONGEST}"})

    def just_before(editor: object, key: str) -> object:
        thread = fetch(editor, key)
        submissions.withdraw(Submission.objects.get(), cast.writer)
        return thread

    monkeypatch.setattr(correspondence, "desk_thread", just_before)
    late = editor.post(desk(submission, form), typed)

    assert "My careful words." in text(long)
    assert late.status_code == 409
    assert "My careful words." in text(late)
    assert "has taken this story back" in text(late)
    assert not Message.objects.exists()


def test_the_fate_of_a_letter_stands_with_its_message(cast: Cast, submission: Submission, editor: Client) -> None:
    letter = write_to_writer(submission, cast.editor, "When?").letter
    waiting = text(editor.get(desk(submission)))
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.BOUNCED)

    assert "the letter is on its way" in waiting
    assert "the letter came back" in text(editor.get(desk(submission)))


def test_what_came_from_a_stranger_warns_and_shows_no_address(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    mail = make_mail("wilma.privately@example.net", "Publish it!", "virus.exe")
    set_aside(submission, MessageKind.STRANGER, mail.text, Came(make_row(mail), ["virus.exe"], []))

    shown = text(editor.get(desk(submission)))

    assert "From an address that we do not know" in shown
    assert "Publish it!" in shown
    assert "wilma.privately" not in shown


def test_the_desk_names_the_byline_alone(cast: Cast, submission: Submission, editor: Client) -> None:
    write_to_editors(submission, cast.writer, "At noon.")

    shown = text(editor.get(desk(submission)))

    assert "Ada Quill" in shown
    assert not any(name in shown for name in (cast.writer.name, cast.writer.email))


def test_a_veiled_thread_says_when_it_opens(cast: Cast, editor: Client) -> None:
    cast.call.anonymous = True
    cast.call.save()
    sent = make_submission(cast.writer, cast.call, title="The Secret", byline_kind="pen", byline_name="Ada Quill")
    write_to_editors(sent, cast.writer, "I am Wilma.")

    pages = [editor.get(desk(sent, place)) for place in ("", "message", "remark")]
    pages.append(editor.post(desk(sent, "message"), {"to_writer": "Hello."}))

    for page in pages:
        assert page.status_code == 404
        assert "You see this after your reading is in" in text(page)
        assert not any(secret in text(page) for secret in ("I am Wilma", "Ada Quill", "The Secret"))


def test_a_thread_taken_back_is_gone_until_the_writer_writes_again(
    cast: Cast, submission: Submission, editor: Client
) -> None:
    say(cast, submission, 1)
    submissions.withdraw(submission, cast.writer)
    gone = editor.get(desk(submission))
    write_to_editors(submission, cast.writer, "I may send it again.")

    back = text(editor.get(desk(submission)))
    answered = editor.post(desk(submission, "message"), {"to_writer": "Please do."})

    assert gone.status_code == 404
    assert "Message 0" not in text(gone)
    assert "I may send it again." in back
    assert not any(words in back for words in ("Message 0", "Remark 0", submission.title))
    assert answered.status_code == 302


def test_the_writer_writes_to_the_editors(cast: Cast, submission: Submission, writer: Client) -> None:
    answer = writer.post(room(submission), {"words": "She rang at noon."}, follow=True)

    assert answer.redirect_chain == [(room(submission), 302)]
    assert "She rang at noon." in text(answer)
    assert Message.objects.get().kind == MessageKind.FROM_WRITER


def test_a_double_click_of_the_writer_is_one_message(submission: Submission, writer: Client) -> None:
    for _ in range(2):
        writer.post(room(submission), {"words": "She rang at noon."})

    assert Message.objects.count() == 1


@pytest.mark.parametrize("typed", [f"Careful words.{'x' * LONGEST}", "  \r\n"])
def test_what_the_writer_typed_stays_when_it_cannot_be_sent(submission: Submission, writer: Client, typed: str) -> None:
    answer = writer.post(room(submission), {"words": typed})

    assert answer.status_code == 200
    assert answer.context["form"].errors["words"]
    assert typed[:14].strip() in text(answer)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("received", None),
        ("accepted", None),
        ("declined", "a message does not change that"),
        ("withdrawn", "What you write here still reaches them"),
    ],
)
def test_the_writers_form_says_plainly_what_a_decision_means_for_it(
    submission: Submission, writer: Client, state: str, said: str | None
) -> None:
    Submission.objects.update(state=state)

    shown = text(writer.get(room(submission)))

    assert "Send to the editors" in shown
    assert (said or "class=") in shown
    assert ("We have decided" in shown) == (state == "declined")


def test_the_room_names_no_editor(cast: Cast, submission: Submission, writer: Client) -> None:
    write_to_writer(submission, cast.editor, "When?")

    shown = text(writer.get(room(submission)))

    assert "The editors" in shown
    assert not any(name in shown for name in (cast.editor.name, cast.editor.email))


def test_what_is_new_is_marked_once(cast: Cast, submission: Submission, writer: Client) -> None:
    write_to_writer(submission, cast.editor, "When?")

    shown = [text(writer.get(room(submission))) for _ in range(2)]

    assert [">new<" in page for page in shown] == [True, False]


def test_empty_threads_say_what_will_be_here(submission: Submission, editor: Client, writer: Client) -> None:
    assert "Nothing has been said yet" in text(editor.get(desk(submission)))
    assert "Nothing has been written yet" in text(writer.get(room(submission)))


def test_signs_of_html_stay_words(cast: Cast, submission: Submission, editor: Client) -> None:
    write_to_editors(submission, cast.writer, "<script>alert(1)</script>")

    assert "<script>alert" not in text(editor.get(desk(submission)))
