"""The room of somebody who wrote a story with its sender: their own yes, and nothing that is not theirs to see."""

import pytest
from django.test import Client
from django.urls import reverse

from hearthpress.editing import actions as editing
from hearthpress.editing import suggesting
from hearthpress.editing.models import CoWriter, Manuscript
from hearthpress.editing.writers import name_co_writer
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from tests.factories import Cast, client_for, edited, make_co_writer, make_manuscript, make_person

pytestmark = pytest.mark.django_db

PAGES = ["approval", "preview", "suggestions", "people", "writers", "comparison", "taking_back"]
OF_THE_SENDER = ["submission", "messages", "agreement", "withdrawal"]


@pytest.fixture
def text(cast: Cast) -> Manuscript:
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call, byline_kind="pen", byline_name="W. Wren")
    editing.save(manuscript, cast.editor, edited(manuscript, byline="W. Wren"))
    editing.ask_for_approval(manuscript, cast.editor)
    return manuscript


@pytest.fixture
def cora(cast: Cast, text: Manuscript) -> Client:
    make_co_writer(text, cast.writer, cast.other_writer)
    return client_for(cast.other_writer)


def fresh(text: Manuscript) -> Manuscript:
    return Manuscript.objects.select_related("revision", "request", "submission__writer").get(pk=text.pk)


def at(text: Manuscript, name: str) -> str:
    return reverse(f"room:{name}", args=[text.submission.key])


def yes(text: Manuscript) -> dict[str, object]:
    now = fresh(text)
    return {"shown_sha256": now.revision.sha256, "asked": now.request_id}


@pytest.mark.parametrize("name", PAGES)
def test_further_writer_has_these_pages_and_learns_no_legal_name(
    cast: Cast, text: Manuscript, cora: Client, name: str
) -> None:
    draft = suggesting.draft_of(text)
    suggesting.remark(draft, cast.writer, "A remark of the sender’s.")

    answer = cora.get(at(text, name))

    assert answer.status_code == 200
    assert "Wilma" not in answer.content.decode()
    for other in OF_THE_SENDER:
        assert f'"{at(text, other)}"' not in answer.content.decode()


@pytest.mark.parametrize("name", OF_THE_SENDER)
def test_what_is_the_senders_own_is_not_there_for_them(text: Manuscript, cora: Client, name: str) -> None:
    assert cora.get(at(text, name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["bookkeeper", "owner", "editor"])
def test_nobody_else_has_them(cast: Cast, text: Manuscript, who: str, name: str) -> None:
    assert client_for(getattr(cast, who)).get(at(text, name)).status_code == 404


def test_sender_has_no_second_way_to_take_it_back(cast: Cast, text: Manuscript) -> None:
    assert client_for(cast.writer).get(at(text, "taking_back"))["Location"] == at(text, "withdrawal")


def test_each_says_yes_on_their_page_and_sees_for_whom_it_waits(cast: Cast, text: Manuscript, cora: Client) -> None:
    sender = client_for(cast.writer)
    page = cora.get(at(text, "approval")).content.decode()
    assert "Everybody’s yes" in page
    assert "Yes, publish this text" in page

    cora.post(at(text, "approval"), yes(text))

    after, others = cora.get(at(text, "approval")).content.decode(), sender.get(at(text, "approval")).content.decode()
    assert "Now it waits for the others" in after
    assert "Yes, publish this text" not in after
    assert "<strong>W. Wren</strong> has not answered yet" in after
    assert "<strong>Cora</strong> said yes on" in others
    sender.post(at(text, "approval"), yes(text))
    assert fresh(text).state == "approved"
    assert "Now it waits" not in cora.get(at(text, "approval")).content.decode()


def test_sender_who_has_said_yes_is_not_asked_again_on_their_pages(cast: Cast, text: Manuscript, cora: Client) -> None:
    sender = client_for(cast.writer)
    sender.post(at(text, "approval"), yes(text))

    pages = [sender.get(address).content.decode() for address in ("/write/", at(text, "submission"))]

    assert all("It waits for the yes of those who wrote it with you." in page for page in pages)
    assert not any("Waiting for your yes" in page for page in pages)


def test_senders_page_tells_what_each_of_them_did(cast: Cast, text: Manuscript, cora: Client) -> None:
    sender = client_for(cast.writer)
    sender.post(at(text, "approval"), yes(text))
    cora.post(at(text, "approval"), yes(text))
    cora.post(at(text, "change"), {"words": "The end."})

    page = sender.get(at(text, "submission")).content.decode()

    told = ["You said yes to the text", "Everybody who wrote it has said yes to the text"]
    told += ["Somebody who wrote it with you asked for a change"]
    assert [page.count(words) for words in told] == [1, 1, 1]
    assert "The editor changed the text again" not in page


def test_second_press_of_one_is_told_while_it_waits_for_the_other(text: Manuscript, cora: Client) -> None:
    cora.post(at(text, "approval"), yes(text))

    answer = cora.post(at(text, "approval"), yes(text), follow=True)

    assert "You have said yes to this text already." in answer.content.decode()


def test_further_writer_asks_for_a_change_and_goes_home(text: Manuscript, cora: Client) -> None:
    answer = cora.post(at(text, "change"), {"words": "The end is mine, and not right."}, follow=True)

    assert answer.redirect_chain == [("/write/", 302)]
    assert fresh(text).state == "editing"


def test_home_lists_what_one_wrote_with_others(text: Manuscript, cora: Client) -> None:
    page = cora.get("/write/").content.decode()

    assert "Stories that you wrote with others" in page
    assert at(text, "approval") in page
    assert "Read and approve" in page
    cora.post(at(text, "approval"), yes(text))
    assert "Read and approve" not in cora.get("/write/").content.decode()
    assert "Nothing here yet" not in page


@pytest.mark.parametrize("stories", [1, 3])
def test_home_asks_the_same_of_the_database_however_many_there_are(
    cast: Cast, stories: int, django_assert_num_queries: object
) -> None:
    for number in range(stories):
        manuscript = make_manuscript(cast.writer, cast.editor, cast.call, title=f"Number {number}")
        make_co_writer(manuscript, cast.writer, cast.other_writer)
    client = client_for(cast.other_writer)
    client.get("/write/")

    with django_assert_num_queries(HOME_QUERIES):
        client.get("/write/")


HOME_QUERIES = 8


# The question whether one wrote it.


@pytest.fixture
def asked(cast: Cast, text: Manuscript) -> CoWriter:
    return name_co_writer(text, cast.writer, cast.other_writer.email, "Cora")


def question(row: CoWriter) -> str:
    return reverse("room:question", args=[row.key])


def test_looking_at_the_question_answers_nothing(cast: Cast, text: Manuscript, asked: CoWriter) -> None:
    page = client_for(cast.other_writer).get(question(asked)).content.decode()

    assert "W. Wren says that you wrote it with them." in page
    assert "Wilma" not in page
    assert len(fresh(text).writers) == 1


@pytest.mark.parametrize(("said", "writers"), [("yes", 2), ("no", 1), ("", 1)])
def test_button_answers(cast: Cast, text: Manuscript, asked: CoWriter, said: str, writers: int) -> None:
    client = client_for(cast.other_writer)

    answer = client.post(question(asked), {"answer": said}, follow=True)

    assert len(fresh(text).writers) == writers
    assert answer.status_code == 200
    assert client.post(question(asked), {"answer": "yes"}, follow=True).status_code == 200
    assert len(fresh(text).writers) == writers


@pytest.mark.parametrize("who", ["writer", "editor", "bookkeeper", "stranger"])
def test_question_is_not_there_for_anybody_else(cast: Cast, text: Manuscript, asked: CoWriter, who: str) -> None:
    person = make_person("stranger@example.org") if who == "stranger" else getattr(cast, who)
    client = client_for(person)

    assert client.get(question(asked)).status_code == 404
    assert client.post(question(asked), {"answer": "yes"}).status_code == 404
    assert len(fresh(text).writers) == 1


def test_question_asks_somebody_unknown_to_sign_in(asked: CoWriter) -> None:
    assert Client().get(question(asked))["Location"] == f"{reverse('account_login')}?next={question(asked)}"


def test_question_that_was_taken_back_says_so(cast: Cast, text: Manuscript, asked: CoWriter) -> None:
    address = reverse("room:leaving", args=[text.submission.key, asked.key])
    assert client_for(cast.writer).post(address).status_code == 302

    page = client_for(cast.other_writer).get(question(asked)).content.decode()

    assert "not open any more" in page


# Naming and leaving.


def test_writer_names_somebody_and_they_get_a_letter(cast: Cast, text: Manuscript) -> None:
    client = client_for(cast.writer)

    answer = client.post(at(text, "writers"), {"name": "Nia", "email": "nia@example.org"}, follow=True)

    assert "Nia gets a letter." in answer.content.decode()
    assert "no answer yet" in answer.content.decode()
    assert Letter.objects.get(kind="editing/co_writer_asked").to == "nia@example.org"


@pytest.mark.parametrize("place", ["room", "desk"])
@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "", "email": "nia@example.org"}, "Please say what they are called."),
        ({"name": "Nia", "email": "nia at home"}, "valid email address"),
        ({"name": "Nia", "email": "writer@example.org"}, "writes the story already"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    cast: Cast, text: Manuscript, place: str, sent: dict[str, str], sentence: str
) -> None:
    client = client_for(cast.writer if place == "room" else cast.editor)

    page = client.post(reverse(f"{place}:writers", args=[text.submission.key]), sent).content.decode()

    assert sentence in page
    assert all(f'value="{typed}"' in page for typed in sent.values() if typed)
    assert not CoWriter.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("owner", 200), ("writer", 404), ("bookkeeper", 404), (None, 302)]
)
def test_page_at_the_desk_is_the_editors(cast: Cast, text: Manuscript, who: str | None, status: int) -> None:
    client = client_for(getattr(cast, who) if who else None)

    assert client.get(reverse("desk:writers", args=[text.submission.key])).status_code == status


def test_editor_takes_a_question_back_but_lets_no_writer_go(cast: Cast, text: Manuscript, asked: CoWriter) -> None:
    client, address = client_for(cast.editor), reverse("desk:writer_removal", args=[text.submission.key, asked.key])
    assert "Who has said yes leaves only by themselves" in client.get(address).content.decode()
    client_for(cast.other_writer).post(question(asked), {"answer": "yes"})

    assert client.post(address).status_code == 404
    assert len(fresh(text).writers) == 2


def test_further_writer_leaves_by_themselves(cast: Cast, text: Manuscript, cora: Client) -> None:
    row = CoWriter.objects.get()
    address = reverse("room:leaving", args=[text.submission.key, row.key])
    assert client_for(cast.writer).post(address).status_code == 404
    assert "can go live without your yes" in cora.get(address).content.decode()

    answer = cora.post(address, follow=True)

    assert "You are no writer of" in answer.content.decode()
    assert cora.get(at(text, "approval")).status_code == 404
    assert "Left on" in client_for(cast.writer).get(at(text, "writers")).content.decode()


def test_further_writer_takes_the_story_back(cast: Cast, text: Manuscript, cora: Client) -> None:
    assert "each of you may take it back" in cora.get(at(text, "taking_back")).content.decode()

    answer = cora.post(at(text, "taking_back"), follow=True)

    assert "is taken back" in answer.content.decode()
    assert fresh(text).state == "stopped"
    assert cora.get(at(text, "approval"))["Location"] == "/write/"


def test_person_who_was_named_and_has_other_rights_keeps_to_their_own(cast: Cast, text: Manuscript) -> None:
    """An editor who wrote it too has it in the room, and at the desk no more."""
    make_co_writer(text, cast.writer, cast.other_editor)
    client = client_for(Person.objects.get(pk=cast.other_editor.pk))

    assert client.get(at(text, "approval")).status_code == 200
    assert client.get(reverse("desk:manuscript", args=[text.submission.key])).status_code == 404
    assert client.get(reverse("desk:publication", args=[text.submission.key])).status_code == 404
