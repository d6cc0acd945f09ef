"""One kind of decision for many stories: what can be prepared is, the rest is named, and nothing typed is lost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hearthpress.submissions import actions
from hearthpress.submissions.enums import DecisionKind
from hearthpress.submissions.models import Conflict, Decision, LetterTemplate, Reading, Submission
from tests.factories import Cast, client_for, make_call, make_subject, make_submission, release_and_tell

pytestmark = pytest.mark.django_db
PATH = "/desk/decisions/new/"


@pytest.fixture
def editor(cast: Cast) -> Client:
    return client_for(cast.editor)


@pytest.fixture
def stories(cast: Cast) -> list[Submission]:
    return [make_submission(cast.writer, cast.call, title=title) for title in ("One", "Two", "Three")]


def text(answer: Any) -> str:
    return answer.content.decode()


def send(client: Client, stories: list[Submission], **typed: Any) -> Any:
    fields = {"kind": "decline", "words": "With thanks for “{title}”.", "story": [story.key for story in stories]}
    return client.post(PATH, {**fields, **typed}, follow=True)


def prepared() -> dict[str, str]:
    pending = Decision.objects.filter(state="prepared")
    return {row.submission.title: row.letter_words for row in pending.select_related("submission")}


def test_kind_is_chosen_before_the_words(stories: list[Submission], editor: Client) -> None:
    answer = editor.get(PATH, {"story": [story.key for story in stories]})

    assert [story.title for story in answer.context["stories"]] == ["One", "Two", "Three"]
    assert answer.context["kinds"] == ["accept", "decline", "revise"]


def test_all_are_prepared_with_their_own_titles_lines_and_words(stories: list[Submission], editor: Client) -> None:
    one, two, three = (story.key for story in stories)
    own = {f"{one}-personal": "The hat.", f"{two}-words": "Other words.", f"{three}-leave_out": "on"}

    answer = send(editor, stories, **own)

    assert prepared() == {"One": "The hat.\n\nWith thanks for “One”.", "Two": "Other words."}
    assert "2 decisions are prepared." in text(answer)
    assert answer.redirect_chain[-1][0] == "/desk/outbox/"


def test_story_of_loss_without_a_line_waits_while_the_others_are_prepared(
    stories: list[Submission], editor: Client
) -> None:
    stories[1].subjects.add(make_subject(of_loss=True))

    answer = send(editor, stories)
    again = send(editor, stories[1:2], **{f"{stories[1].key}-personal": "Your brother's hat."})

    assert [piece.story.title for piece in answer.context["pieces"]] == ["Two"]
    assert "2 decisions are prepared." in text(answer)
    assert "Please write a line for this writer alone" in text(answer)
    assert "With thanks for “{title}”." in text(answer)
    assert again.redirect_chain
    assert prepared()["Two"] == "Your brother's hat.\n\nWith thanks for “Two”."


def test_wrong_words_prepare_nothing_and_lose_nothing(stories: list[Submission], editor: Client) -> None:
    answer = send(editor, stories, words="", **{f"{stories[0].key}-personal": "The hat."})

    assert prepared() == {}
    assert "The hat." in text(answer)


def test_stories_that_cannot_be_decided_about_are_named_with_the_reason(cast: Cast, editor: Client) -> None:
    unseen = make_call(title="Unseen", slug="unseen", anonymous=True, rate_card=cast.call.rate_card)
    going, told, known, veiled, gone, free = (
        make_submission(cast.writer, call, title=title)
        for title, call in [
            ("Going", cast.call),
            ("Told", cast.call),
            ("Known", cast.call),
            ("Wilma's own", unseen),
            ("Gone", cast.call),
            ("Free", cast.call),
        ]
    )
    mine = make_submission(cast.editor, cast.call, title="Mine")
    actions.release(actions.prepare_decision(going, cast.editor, "accept", "Yes."), cast.editor)
    release_and_tell(actions.prepare_decision(told, cast.editor, "decline", "No."), cast.editor)
    Conflict.objects.create(submission=known, editor=cast.editor)
    actions.withdraw(gone, cast.writer)

    page = text(send(editor, [going, told, known, veiled, gone, free, mine], words=""))

    assert "Going</a>: A decision is going out already." in page
    assert "Told</a>: It is not with us to decide now." in page
    assert "Known</a>: You have said that others should judge it." in page
    assert "[name]&#x27;s own</a>: You read it without its writer’s name." in page
    assert "A story</a>: Its writer took it back." in page
    assert "Free" in page
    assert not [said for said in ("Wilma's own", "Gone", "Mine") if said in page]


def test_decision_of_another_editor_is_replaced_only_after_it_was_seen(
    cast: Cast, stories: list[Submission], editor: Client
) -> None:
    actions.prepare_decision(stories[0], cast.other_editor, DecisionKind.ACCEPT, "Yes.")

    answer = send(editor, stories)
    piece = answer.context["pieces"][0]
    send(editor, stories[:1], **{f"{piece.prefix}-replaces": piece["replaces"].value()})

    assert answer.status_code == 409
    assert "Another decision was prepared or taken back meanwhile." in text(answer)
    assert "Prepared already, by Otto Editor: Accept." in text(answer)
    assert prepared()["One"] == "With thanks for “One”."


def test_chosen_words_keep_what_was_typed_for_each(stories: list[Submission], editor: Client) -> None:
    ours = LetterTemplate.objects.create(name="All", kind="decline", words="For “{title}”.")
    typed = {f"{stories[0].key}-personal": "The hat.", f"{stories[1].key}-leave_out": "on"}

    answer = send(editor, stories, words="Mine.", template=ours.pk, use="words", **typed)

    assert answer.context["form"]["words"].value() == "Mine.\n\nFor “{title}”."
    assert answer.context["pieces"][0]["personal"].value() == "The hat."
    assert "checked" in str(answer.context["pieces"][1]["leave_out"])
    assert prepared() == {}


def test_words_for_one_call_fit_no_stories_of_several(cast: Cast, stories: list[Submission], editor: Client) -> None:
    LetterTemplate.objects.create(name="Call", kind="decline", words="For this call.", call=cast.call)
    other = make_submission(cast.writer, make_call(slug="other", title="Other", rate_card=cast.call.rate_card))

    fits = editor.get(PATH, {"story": [stories[0].key], "kind": "decline"}).context["form"].initial["words"]
    both = editor.get(PATH, {"story": [stories[0].key, other.key], "kind": "decline"}).context["form"]

    assert fits == "For this call."
    assert both.initial["words"] != "For this call."


def test_story_that_answers_the_chosen_call_already_is_told_so(
    cast: Cast, stories: list[Submission], editor: Client
) -> None:
    elsewhere = make_call(title="Elsewhere", slug="elsewhere", rate_card=cast.call.rate_card)
    there = make_submission(cast.writer, elsewhere, title="There")

    answer = send(editor, [stories[0], there], kind="pass", to_call=elsewhere.pk)

    assert prepared() == {"One": "With thanks for “One”."}
    assert "It answers that call already." in text(answer)


@pytest.mark.parametrize("keys", [[], [""], ["nothere"], ["\x00"], ["x"] * 400])
def test_no_stories_lead_back_to_the_queue(editor: Client, keys: list[str]) -> None:
    answers = [editor.get(PATH, {"story": keys}), editor.post(PATH, {"story": keys, "kind": "decline"})]

    assert [answer["Location"] for answer in answers] == ["/desk/", "/desk/"]


def test_page_asks_the_database_as_often_for_three_stories_as_for_one(
    stories: list[Submission], editor: Client
) -> None:
    counts = []
    for some in (stories[:1], stories):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            editor.get(PATH, {"story": [story.key for story in some], "kind": "decline"})
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_page_leads_back_to_the_place_in_the_queue(stories: list[Submission], editor: Client) -> None:
    asked = {"story": [stories[0].key], "back": "due=late&find=hat"}

    pages = [text(editor.get(PATH, asked)), text(editor.get(PATH, {**asked, "kind": "decline"}))]
    nothing = editor.get(PATH, {"back": "due=late"})

    assert all('href="/desk/?find=hat&amp;due=late"' in page for page in pages)
    assert all('name="back" value="find=hat&amp;due=late"' in page for page in pages)
    assert nothing["Location"] == "/desk/?due=late"


@pytest.mark.parametrize(
    ("kind", "heading"), [("decline", "3 letters that say no"), ("revise", "3 letters that ask for changes")]
)
def test_heading_says_what_the_letters_say(stories: list[Submission], editor: Client, kind: str, heading: str) -> None:
    page = editor.get(PATH, {"story": [story.key for story in stories], "kind": kind})

    assert f"<h1>{heading}</h1>" in text(page)


def test_note_is_quoted_in_the_words_of_its_own_story(cast: Cast, stories: list[Submission], editor: Client) -> None:
    one, two, _three = stories
    actions.leave_reading(one, cast.other_editor, "no", "The hat is missing.")
    note = Reading.objects.get()
    typed = {f"{two.key}-personal": "The hat."}

    page = text(editor.get(PATH, {"story": [one.key], "kind": "decline"}))
    first = send(editor, stories, quote=note.pk, **typed)
    second = send(editor, stories, quote=note.pk, **{f"{one.key}-words": "Mine."})

    assert "Quote Otto Editor’s note on “One”" in page
    pieces = first.context["pieces"]
    assert pieces[0]["words"].value() == (
        "With thanks for “{title}”.\n\nOne of us wrote when reading it:\n\n“The hat is missing.”"
    )
    assert [pieces[1]["words"].value(), pieces[1]["personal"].value()] == [None, "The hat."]
    assert first.context["form"]["words"].value() == "With thanks for “{title}”."
    assert second.context["pieces"][0]["words"].value().startswith("Mine.\n\nOne of us")
    assert prepared() == {}
