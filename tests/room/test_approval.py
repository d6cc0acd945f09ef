"""The writer's yes: all that it covers is shown, it is to one hash, and an old page never approves a newer text."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from hearthpress.common import clock
from hearthpress.documents.notation import from_notation
from hearthpress.editing import actions as editing
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Approval, ApprovalRequest, Manuscript, ManuscriptEvent, Revision
from hearthpress.editing.pictures import add_picture
from hearthpress.mail.models import Letter
from hearthpress.submissions.actions import withdraw
from tests.factories import client_for, edited, make_manuscript, make_story, make_subject
from tests.together import at_once

pytestmark = pytest.mark.django_db

TEXT = """The kettle was on when she rang.

> “I keep that hour,” she wrote.

RELATED: The Coat on the Hook"""


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def client(cast):
    return client_for(cast.writer)


def ask(manuscript, editor, **changes):
    manuscript = fresh(manuscript)
    editing.keep_version(manuscript, editor, edited(manuscript, **changes))
    editing.ask_for_approval(manuscript, editor)
    return manuscript


def fresh(manuscript):
    return Manuscript.objects.select_related("submission__writer", "revision", "editor").get(pk=manuscript.pk)


@pytest.fixture
def asked(cast):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    return ask(manuscript, cast.editor, headline="The Kettle Sang", standfirst="An hour on the telephone.")


def path(manuscript, name="room:approval"):
    return reverse(name, args=[manuscript.submission.key])


def test_page_shows_all_that_the_hash_covers(cast, client):
    other = make_story(cast.other_writer, cast.editor, cast.call, title="The Coat on the Hook")
    subject = make_subject()
    picture = BytesIO()
    Image.new("RGB", (1200, 800), "navy").save(picture, "JPEG")
    stored = add_picture(picture.getvalue(), cast.editor)
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call, text=TEXT)
    document = manuscript.revision.content["document"]
    for block in document["content"]:
        if block["type"] == "quote":
            said = {"speaker": "Ines", "source": "Instagram", "date": "2 May 2026", "permission": "By letter"}
            block["attrs"].update(said, permalink="https://www.example.com/p/1")
        if block["type"] == "related":
            block["attrs"]["story"] = other.key
    ask(
        manuscript,
        cast.editor,
        document=document,
        headline="The Kettle Sang",
        standfirst="An hour on the telephone.",
        slug="the-kettle-sang",
        content_note="This story speaks of a loss.",
        subjects=[subject.slug],
        picture={"sha256": stored.sha256, "alt": "A blue room", "caption": "The kitchen", "credit": "Photo: W."},
    )

    page = client.get(path(manuscript)).content.decode()

    covered = ["The Kettle Sang", "An hour on the telephone.", "Wilma Writer", "Keeping", "/stories/the-kettle-sang/"]
    covered += ["This story speaks of a loss.", "Pregnancy loss", "A blue room", "The kitchen", "Photo: W."]
    covered += ["Ines", "Instagram", "2 May 2026", "By letter", "https://www.example.com/p/1"]
    covered += [other.get_absolute_url(), fresh(manuscript).revision.sha256]
    assert [shown for shown in covered if shown not in page] == []


@pytest.fixture
def pictured(cast, asked):
    """A text with a picture in a passage that readers can skip, and another picture that the text does not show."""
    digests = []
    for colour in ("navy", "teal"):
        out = BytesIO()
        Image.new("RGB", (1200, 800), colour).save(out, "JPEG")
        digests.append(add_picture(out.getvalue(), cast.editor).sha256)
    line = f"PICTURE: {digests[0]} | A blue room | The kitchen | Photo: W."
    text = f"Words.\n\nGENTLE: the <loss> of a child\n\n{line}\n\nGENTLE END\n\nGENTLE:\n\nMore.\n\nGENTLE END"
    return ask(asked, cast.editor, document=from_notation(text)), *digests


def within(manuscript, digest, width=960):
    return reverse("room:approval_picture_within", args=[manuscript.submission.key, digest, width])


def test_page_covers_pictures_within_the_text_and_passages_that_can_be_skipped(client, pictured):
    manuscript, digest, _other = pictured

    page = client.get(path(manuscript)).content.decode()

    covered = page.split('id="covers"')[1]
    said = ["A blue room", "The kitchen", "Photo: W.", digest[:12], "the &lt;loss&gt; of a child", "is not said"]
    assert [words for words in said if words not in covered] == []
    assert page.index('id="covers"') < page.index('id="answer"')


def test_pictures_within_the_text_are_shown_to_the_writer_alone(cast, client, pictured):
    manuscript, digest, other = pictured

    allowed = client.get(within(manuscript, digest))
    not_in_the_text = client.get(within(manuscript, other)).status_code
    no_such_width = client.get(within(manuscript, digest, 961)).status_code
    somebody_else = client_for(cast.other_writer).get(within(manuscript, digest)).status_code
    anonymous = client_for(None).get(within(manuscript, digest))

    assert allowed["Content-Type"] == "image/webp"
    assert allowed["Cache-Control"] == "private, no-store"
    assert Image.open(BytesIO(b"".join(allowed.streaming_content))).width == 960
    assert (not_in_the_text, no_such_width, somebody_else, anonymous.status_code) == (404, 404, 404, 302)
    assert client_for(None).get(f"/pictures/{digest}-960.webp").status_code == 404


def test_page_shows_what_changed_since_the_writers_own_text(client, asked):
    page = client.get(path(asked)).content.decode()

    assert "What changed since the text that you sent" in page
    assert "<ins> Sang</ins>" in page
    assert "since you last read it" not in page


def test_page_shows_words_put_in_and_taken_out(cast, client, asked):
    document = asked.revision.content["document"]
    document["content"][0]["content"][0]["text"] = "The kettle was singing when she rang, and I let it whistle."
    ask(asked, cast.editor, document=document)

    page = client.get(path(asked)).content.decode()

    assert "<del>on" in page
    assert "<ins>singing" in page


def test_page_shows_what_changed_since_it_was_last_read(cast, client, asked):
    client.post(path(asked, "room:change"), {"words": "Not that headline."})
    ask(asked, cast.editor, headline="She Rang", standfirst="An hour on the telephone.")

    page = client.get(path(asked)).content.decode()

    assert "What changed since you last read it" in page
    assert "<del>The Kettle Sang</del>" in page
    assert "<del>The Kettle</del>" in page
    assert "<ins>She Rang</ins>" in page


def test_what_was_read_last_is_what_was_asked_about_whatever_the_clock_says(cast, client, asked):
    client.post(path(asked, "room:change"), {"words": "Not that headline."})
    asked = fresh(asked)
    with clock.at(clock.now() - timedelta(hours=1)):
        editing.save(asked, cast.editor, edited(asked, headline="Nobody Was Asked"))
    ask(asked, cast.editor, headline="She Rang")

    page = client.get(path(asked)).content.decode()

    assert "<del>The Kettle Sang</del>" in page
    assert "Nobody Was Asked" not in page


def test_yes_is_to_the_hash_that_was_shown(cast, client, asked):
    response = client.post(path(asked), {"shown_sha256": asked.revision.sha256, "asked": asked.request_id}, follow=True)

    approval = Approval.objects.get()
    assert (approval.sha256, approval.person) == (asked.revision.sha256, cast.writer)
    assert fresh(asked).state == ManuscriptState.APPROVED
    assert "You said yes to this text" in response.content.decode()


def test_yes_to_an_older_text_shows_the_newest_instead(cast, client, asked):
    old = asked.revision.sha256
    newest = ask(asked, cast.editor, headline="A Newer Headline")

    response = client.post(path(asked), {"shown_sha256": old, "asked": asked.request_id})

    page = response.content.decode()
    assert "The text was changed while you were reading" in page
    assert f'value="{newest.revision.sha256}"' in page
    assert "A Newer Headline" in page
    assert not Approval.objects.exists()


def test_yes_to_a_text_that_was_opened_again_is_told_so(cast, client, asked):
    old = asked.revision.sha256
    editing.save(asked, cast.editor, edited(asked, headline="Not ready"))

    response = client.post(path(asked), {"shown_sha256": old, "asked": asked.request_id}, follow=True)

    assert "opened again in the meantime" in response.content.decode()
    assert "Not ready" not in response.content.decode()
    assert not Approval.objects.exists()


@pytest.mark.parametrize("shown", ["", "0" * 64])
def test_yes_to_no_hash_approves_nothing(client, asked, shown):
    client.post(path(asked), {"shown_sha256": shown, "asked": asked.request_id})

    assert not Approval.objects.exists()


def test_yes_that_does_not_say_which_request_it_answers_draws_the_page_again(client, asked):
    response = client.post(path(asked), {"shown_sha256": asked.revision.sha256})

    page = response.content.decode()
    assert response.status_code == 200
    assert "nothing has been approved" in page
    assert f'name="asked" value="{asked.request_id}"' in page
    assert not Approval.objects.exists()


def test_second_press_is_told_that_it_was_approved(client, asked):
    client.post(path(asked), {"shown_sha256": asked.revision.sha256, "asked": asked.request_id})

    response = client.post(path(asked), {"shown_sha256": asked.revision.sha256, "asked": asked.request_id}, follow=True)

    assert "You have said yes to this text already." in response.content.decode()
    assert Letter.objects.filter(kind="editing/approved").count() == 1


def test_page_says_who_hopes_for_an_answer_by_when_and_why(cast, client):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    due = clock.today("America/New_York") + timedelta(days=10)
    editing.ask_for_approval(manuscript, cast.editor, due, "I kept <every> word of the end.")

    page = client.get(path(manuscript)).content.decode()

    assert f"Edith Editor hopes for your answer by {due:%A}, {due:%B} {due.day}, {due.year}." in page
    assert "Take the time you need: nothing goes live without your yes." in page
    assert "I kept &lt;every&gt; word of the end." in page


def test_page_is_as_kind_once_the_day_has_passed(cast, client):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript))
    editing.ask_for_approval(manuscript, cast.editor, clock.today("America/New_York") + timedelta(days=2))

    with clock.at(clock.now() + timedelta(days=4)):
        page = client.get(path(manuscript)).content.decode()

    assert "Edith Editor had hoped for your answer by" in page
    assert "It is not too late: take the time you need." in page


def test_page_of_a_request_without_a_day_names_none(client, asked):
    assert "hopes for your answer" not in client.get(path(asked)).content.decode()


def form_of(client, manuscript):
    """What a browser would send for the yes."""
    page = client.get(path(manuscript)).content.decode()
    fields = re.findall(r'<input type="hidden" name="(shown_sha256|asked)" value="([^"]*)">', page)
    assert len(fields) == 2
    return dict(fields)


def everything():
    """All that a yes could change, to compare before and after."""
    tables = [Manuscript, ManuscriptEvent, Revision, Approval, ApprovalRequest, Letter]
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize(("who", "status"), [("other_writer", 404), ("editor", 404), ("owner", 404), (None, 302)])
def test_yes_from_another_session_is_refused_with_nothing_changed(cast, client, asked, who, status):
    form, before = form_of(client, asked), everything()

    response = client_for(getattr(cast, who) if who else None).post(path(asked), form)

    assert response.status_code == status
    assert everything() == before


def test_yes_without_the_token_of_its_session_is_refused(cast, client, asked):
    form, before = form_of(client, asked), everything()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.writer)

    assert strict.post(path(asked), form).status_code == 403
    assert everything() == before


def test_yes_to_what_was_changed_and_asked_about_anew_is_refused_with_nothing_changed(cast, client, asked):
    form = form_of(client, asked)
    ask(asked, cast.editor, headline="A Newer Headline")
    before = everything()

    client.post(path(asked), form)
    client.post(path(asked), {**form, "asked": str(fresh(asked).request_id)})

    assert everything() == before


def test_yes_that_is_replayed_is_refused_with_nothing_changed(cast, client, asked):
    form = form_of(client, asked)
    client.post(path(asked), form)
    editing.save(fresh(asked), cast.editor, edited(fresh(asked), headline="A Newer Headline"))
    before = everything()

    client.post(path(asked), form)

    assert everything() == before


def test_yes_that_is_replayed_does_not_answer_a_new_question_about_the_same_words(cast, client, asked):
    form, words = form_of(client, asked), asked.revision.content
    client.post(path(asked), form)
    ask(asked, cast.editor, headline="A Newer Headline")
    ask(asked, cast.editor, headline=words["headline"])
    before = everything()

    client.post(path(asked), form)

    assert everything() == before
    assert fresh(asked).revision.sha256 == form["shown_sha256"]
    client.post(path(asked), form_of(client, asked))
    assert fresh(asked).state == ManuscriptState.APPROVED


@pytest.mark.django_db(transaction=True)
def test_double_click_says_yes_once(cast, client, asked):
    form, other = form_of(client, asked), client_for(cast.writer)

    answers = at_once(lambda: client.post(path(asked), form), lambda: other.post(path(asked), form))

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Approval.objects.count() == Letter.objects.filter(kind="editing/approved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_yes_and_an_editors_change_at_once_have_one_winner(cast, asked):
    client, shown = client_for(cast.writer), asked.revision.sha256
    by_editor = fresh(asked)

    said, saved = at_once(
        lambda: client.post(path(asked), {"shown_sha256": shown, "asked": asked.request_id}),
        lambda: editing.save(by_editor, cast.editor, edited(by_editor, headline="Sneaked in")),
    )

    now = fresh(asked)
    assert said.status_code in (200, 302)
    approved_newest = now.state == ManuscriptState.APPROVED
    assert approved_newest == (now.revision.sha256 == shown)
    assert approved_newest == isinstance(saved, Exception)


def test_change_needs_words_and_keeps_the_page(client, asked):
    response = client.post(path(asked, "room:change"), {"words": " "})

    assert response.status_code == 200
    assert "Please say what should be different" in response.content.decode()
    assert fresh(asked).state == ManuscriptState.ASKED


def test_change_keeps_words_that_are_too_long(client, asked):
    response = client.post(path(asked, "room:change"), {"words": "w" * 5001})

    assert "w" * 5001 in response.content.decode()
    assert fresh(asked).state == ManuscriptState.ASKED


def test_change_sends_the_words_to_the_editor(cast, client, asked):
    client.post(path(asked, "room:change"), {"words": "The son, not the daughter."})

    letter = Letter.objects.get(kind="editing/change_asked")
    assert letter.to == cast.editor.email
    assert "The son, not the daughter." in letter.text
    assert fresh(asked).state == ManuscriptState.EDITING


def test_change_to_a_text_opened_again_is_told_so(cast, client, asked):
    editing.save(asked, cast.editor, edited(asked, headline="Not ready"))

    response = client.post(path(asked, "room:change"), {"words": "The son."}, follow=True)

    assert "opened again in the meantime" in response.content.decode()


def test_text_under_edit_is_not_shown_before_it_is_asked_for(cast, client):
    manuscript = make_manuscript(cast.writer, cast.editor, cast.call)
    editing.save(manuscript, cast.editor, edited(manuscript, headline="Half a thought"))

    page = client.get(path(manuscript)).content.decode()

    assert "Half a thought" not in page
    assert "An editor is preparing the text." in page


def test_story_taken_back_has_nothing_to_approve(cast, client, asked):
    withdraw(asked.submission, cast.writer)

    response = client.post(path(asked), {"shown_sha256": asked.revision.sha256, "asked": asked.request_id})

    assert response["Location"] == reverse("room:submission", args=[asked.submission.key])
