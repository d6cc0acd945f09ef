"""Letters that have not arrived: no code is ever shown, and an editor sees no addresses and nothing about money."""

import pytest

from hearthpress.correspondence.actions import write_to_editors, write_to_writer
from hearthpress.mail.actions import write_letter
from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.submissions.actions import assign, leave_reading
from tests.factories import Cast, client_for, make_submission

pytestmark = pytest.mark.django_db


def bounced(letter: Letter) -> Letter:
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.BOUNCED, tries=8, trouble=f"550 <{letter.to}> no such mailbox"
    )
    letter.refresh_from_db()
    return letter


def receipt(cast: Cast) -> Letter:
    make_submission(cast.writer, cast.call)
    return bounced(Letter.objects.get(kind="submissions/receipt"))


def code_letter() -> Letter:
    return write_letter("people/code", "writer@example.org", {"code": "123456"}, secret=True)


def test_codes_are_never_shown(cast: Cast) -> None:
    code_letter()

    page = client_for(cast.owner).get("/desk/letters/").content.decode()

    assert "sign-in code" in page
    assert "123456" not in page


def test_owner_sees_the_address_and_what_the_post_office_said(cast: Cast) -> None:
    letter = receipt(cast)

    page = client_for(cast.owner).get("/desk/letters/").content.decode()

    assert letter.to in page
    assert "no such mailbox" in page


def test_editor_sees_that_a_letter_came_back_but_not_to_whom(cast: Cast) -> None:
    letter = receipt(cast)
    code_letter()

    answer = client_for(cast.editor).get("/desk/letters/")

    assert [shown.pk for shown in answer.context["letters"]] == [letter.pk]
    assert letter.to not in answer.content.decode()


def test_editor_does_not_see_letters_about_their_own_story(cast: Cast) -> None:
    make_submission(cast.editor, cast.call)

    answer = client_for(cast.editor).get("/desk/letters/")

    assert list(answer.context["letters"]) == []


def test_letter_that_came_back_goes_out_again(cast: Cast) -> None:
    letter = receipt(cast)

    client_for(cast.editor).post(f"/desk/letters/{letter.key}/sending/")

    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.trouble) == (LetterState.WAITING, 0, "")


def test_code_letter_that_came_back_is_not_sent_again(cast: Cast) -> None:
    letter = bounced(code_letter())

    answer = client_for(cast.owner).post(f"/desk/letters/{letter.key}/sending/", follow=True)

    letter.refresh_from_db()
    assert letter.state == LetterState.BOUNCED
    assert "no longer good" in answer.content.decode()


def test_letter_of_no_business_of_the_editors_is_not_there(cast: Cast) -> None:
    letter = bounced(code_letter())

    answer = client_for(cast.editor).post(f"/desk/letters/{letter.key}/sending/")

    assert answer.status_code == 404


def test_letter_that_arrived_is_not_there(cast: Cast) -> None:
    letter = receipt(cast)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT)

    answer = client_for(cast.owner).post(f"/desk/letters/{letter.key}/sending/")

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["editor", "owner"])
def test_letters_to_the_writer_of_a_story_without_a_name_wait_for_the_vote(cast: Cast, who: str) -> None:
    type(cast.call).objects.filter(pk=cast.call.pk).update(anonymous=True)
    submission = make_submission(cast.writer, cast.call)
    reader = client_for(getattr(cast, who))

    before = reader.get("/desk/letters/").content.decode()
    leave_reading(submission, getattr(cast, who), "yes", "")
    after = reader.get("/desk/letters/").content.decode()

    assert "The Kettle" not in before
    assert "Every letter has arrived" in before
    assert "The Kettle" in after


def test_letter_to_an_editor_about_a_story_is_theirs_alone(cast: Cast) -> None:
    submission = make_submission(cast.writer, cast.call)
    assign(submission, cast.editor, cast.owner)
    write_to_editors(submission, cast.writer, "At noon.")

    page = client_for(cast.owner).get("/desk/letters/").content.decode()

    assert Letter.objects.filter(kind="correspondence/from_writer", person=cast.editor).exists()
    assert "At noon." not in page


def test_words_to_a_writer_that_did_not_arrive_are_listed(cast: Cast) -> None:
    write_to_writer(make_submission(cast.writer, cast.call), cast.editor, "When did she ring?")

    assert "About your story “The Kettle”" in client_for(cast.other_editor).get("/desk/letters/").content.decode()
