"""Calls at the desk: drafted, changed, seen beforehand, opened and closed in their own zone; and the circle."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains

from hearthpress.agreements.models import RateCard
from hearthpress.common import clock
from hearthpress.submissions import actions as submissions
from hearthpress.submissions.enums import CallKind, CallState, Needed, QuestionKind
from hearthpress.submissions.models import Call, CircleMember, Question, Waiting
from tests.factories import (
    Cast,
    client_for,
    make_accepted,
    make_call,
    make_draft,
    make_manuscript,
    make_submission,
)

pytestmark = pytest.mark.django_db

TEXT = "/desk/calls/write-for-us/text/"
QUESTIONS = "/desk/calls/write-for-us/questions/"
NOON = datetime(2026, 10, 1, 16, tzinfo=UTC)  # in New York


@pytest.fixture
def owner(cast: Cast) -> Client:
    return client_for(cast.owner)


@pytest.fixture
def draft(cast: Cast) -> Call:
    return make_call(slug="autumn", title="Autumn", state=CallState.DRAFT, rate_card=cast.call.rate_card)


def fields(*forms: Any) -> dict[str, Any]:
    """What a browser would send if nobody changed anything."""
    values = {field.html_name: field.value() for form in forms for field in form}
    return {
        name: f"{value:%Y-%m-%dT%H:%M}" if isinstance(value, datetime) else value
        for name, value in values.items()
        if value is not None and value is not False
    }


def text_form(owner: Client, path: str = TEXT) -> dict[str, Any]:
    context = owner.get(path).context
    return fields(*filter(None, (context["form"], context["rate"])))


def question_form(owner: Client) -> dict[str, Any]:
    forms = owner.get(QUESTIONS).context["forms"]
    return fields(forms.management_form, *forms.forms)


def ask(cast: Cast, label: str = "Where were you?", **values: Any) -> Question:
    return Question.objects.create(call=cast.call, label=label, **values)


def stands(call: Call) -> CallState:
    return Call.objects.get(pk=call.pk).stands


def test_text_without_another_rate_keeps_its_rate_card(cast: Cast, owner: Client) -> None:
    owner.post(TEXT, {**text_form(owner), "guidelines": "Two true stories.", "reply_days": "20"})

    call = Call.objects.get()
    assert (call.guidelines, call.reply_days, call.rate_card_id) == ("Two true stories.", 20, cast.call.rate_card_id)


def test_another_rate_is_another_card_and_changes_no_agreement(cast: Cast, owner: Client) -> None:
    agreement = make_manuscript(cast.writer, cast.editor, cast.call).submission.agreement
    before = agreement.rate_card

    owner.post(TEXT, {**text_form(owner), "rate-per_thousand": "7.25"})

    agreement.refresh_from_db()
    assert agreement.rate_card == before
    assert Call.objects.get().rate_card.per_thousand == 725
    assert RateCard.objects.get(pk=cast.call.rate_card_id).per_thousand == 600


@pytest.mark.parametrize(("typed", "kept"), [("25", 2500), ("12.50", 1250), ("", 0)])
def test_kill_fee_is_part_of_the_rate(cast: Cast, owner: Client, typed: str, kept: int) -> None:
    RateCard.objects.update(kill_fee=700)

    owner.post(TEXT, {**text_form(owner), "rate-kill_fee": typed})

    card = Call.objects.get().rate_card
    assert (card.kill_fee, card.per_thousand, card.cap) == (kept, 600, 10000)


@pytest.mark.parametrize(
    ("name", "value"),
    [("rate-per_thousand", ""), ("rate-cap", "0"), ("rate-window_days", "0"), ("rate-per_thousand", "6.005")],
)
def test_rate_that_cannot_be_is_told(owner: Client, name: str, value: str) -> None:
    answer = owner.post(TEXT, {**text_form(owner), name: value})

    assert answer.context["rate"].errors
    assert RateCard.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"reply_days": "0"}, "reply_days"),
        ({"pieces": "0"}, "pieces"),
        ({"min_words": "500", "max_words": "400"}, "max_words"),
        ({"cap": "0"}, "cap"),
        ({"cap_per_person": "-1"}, "cap_per_person"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_text_that_cannot_be_is_told_and_kept_in_its_boxes(owner: Client, typed: dict[str, str], field: str) -> None:
    answer = owner.post(TEXT, {**text_form(owner), "guidelines": "Typed anew.", **typed})

    assert list(answer.context["form"].errors) == [field]
    assert "Typed anew." in answer.content.decode()
    assert Call.objects.get().guidelines == "One true story."


def test_text_keeps_what_time_did_to_the_call_meanwhile(cast: Cast, owner: Client) -> None:
    data = text_form(owner)
    submissions.close_call(cast.call, cast.owner)

    owner.post(TEXT, {**data, "guidelines": "Two true stories."})

    assert stands(cast.call) == CallState.CLOSED


def test_call_is_drafted_with_the_limits_that_were_typed(cast: Cast, owner: Client) -> None:
    path = "/desk/calls/new/stories/"
    typed = {"title": "Winter", "guidelines": "Snow.", "rights": "Yours.", "what_happens": "We read.", "cap": "300"}

    answer = owner.post(path, {**text_form(owner, path), **typed, "max_words": "1200", "anonymous": "on"})

    call = Call.objects.get(slug="winter")
    assert answer["Location"] == "/desk/calls/winter/"
    assert (call.state, call.cap, call.max_words, call.anonymous) == (CallState.DRAFT, 300, 1200, True)
    assert call.rate_card == cast.call.rate_card
    assert Client().get("/write-for-us/winter/").status_code == 404


@pytest.mark.parametrize(("title", "slug"), [("Autumn", "autumn-2"), ("New", "new-2"), ("冬", "call")])
def test_new_call_has_an_address_of_its_own(owner: Client, draft: Call, title: str, slug: str) -> None:
    path = "/desk/calls/new/stories/"
    typed = {"title": title, "guidelines": "Snow.", "rights": "Yours.", "what_happens": "We read."}

    owner.post(path, {**text_form(owner, path), **typed})

    assert Call.objects.filter(slug=slug).exists()


def test_application_is_drafted_without_pay_and_rights(cast: Cast, owner: Client) -> None:
    path = "/desk/calls/new/writers/"
    typed = {"title": "Join us", "guidelines": "Regulars.", "what_happens": "We read."}

    owner.post(path, {**text_form(owner, path), **typed})

    call = Call.objects.get(slug="join-us")
    assert (call.kind, call.rights) == (CallKind.WRITERS, "")
    assert owner.get(path).context["rate"] is None


def test_preview_is_the_page_that_readers_will_see(cast: Cast, owner: Client, draft: Call) -> None:
    preview = owner.get("/desk/calls/autumn/preview/").content.decode()
    submissions.open_call(draft, cast.owner)

    page = Client().get("/write-for-us/autumn/").content.decode()

    assert "One true story." in preview
    body = page.partition("<main")[2].partition("</main>")[0]
    now = owner.get("/desk/calls/autumn/preview/").content.decode().partition("<main")[2].partition("</main>")[0]
    assert now == body


def test_anonymous_reading_stays_what_writers_were_promised(cast: Cast, owner: Client) -> None:
    Call.objects.update(anonymous=True)
    make_submission(cast.writer, Call.objects.get())

    owner.post(TEXT, {name: value for name, value in text_form(owner).items() if name != "anonymous"})

    assert Call.objects.get().anonymous


def test_call_is_opened_now(cast: Cast, owner: Client, draft: Call) -> None:
    answer = owner.post("/desk/calls/autumn/opening/", {"when": "now", "opens": "", "closes": ""})

    assert answer["Location"] == "/desk/calls/autumn/"
    assert stands(draft) == CallState.OPEN


def test_call_is_announced_at_a_time_of_its_own_zone(cast: Cast, owner: Client, draft: Call) -> None:
    Call.objects.filter(pk=draft.pk).update(time_zone="Asia/Kolkata")
    with clock.at(NOON):
        owner.post(
            "/desk/calls/autumn/opening/",
            {"when": "later", "opens": "2026-10-05T09:00", "closes": "2026-10-31T23:59"},
        )

    draft.refresh_from_db()
    assert (draft.opens_at, draft.closes_at) == (
        datetime(2026, 10, 5, 3, 30, tzinfo=UTC),
        datetime(2026, 10, 31, 18, 29, tzinfo=UTC),
    )


def test_page_of_an_announced_call_begins_with_the_times_that_it_has(cast: Cast, owner: Client, draft: Call) -> None:
    with clock.at(NOON):
        submissions.announce_call(draft, cast.owner, NOON + timedelta(days=4), NOON + timedelta(days=30))
        form = owner.get("/desk/calls/autumn/opening/").context["form"]

        owner.post("/desk/calls/autumn/opening/", {**fields(form), "closes": "2026-11-05T12:00"})

    draft.refresh_from_db()
    assert draft.opens_at == NOON + timedelta(days=4)
    assert draft.closes_at == datetime(2026, 11, 5, 17, tzinfo=UTC)


CHANGES = [
    # Clocks are turned back: half past one comes twice (daylight time is four hours behind UTC, standard time five).
    ("2026-11-01T01:30", "this time comes twice", ["2026-11-01T05:30:00+00:00", "2026-11-01T06:30:00+00:00"]),
    # Clocks are turned on: half past two never comes.
    ("2027-03-14T02:30", "this time never comes", ["2027-03-14T06:30:00+00:00", "2027-03-14T07:30:00+00:00"]),
]


@pytest.mark.parametrize("night", CHANGES)
def test_closing_on_a_night_when_the_clocks_change_is_asked_about(
    owner: Client, draft: Call, night: tuple[str, str, list[str]]
) -> None:
    typed, said, meant = night
    Call.objects.filter(pk=draft.pk).update(time_zone="America/New_York")
    data = {"when": "now", "opens": "", "closes": typed}
    with clock.at(NOON):
        asked = owner.post("/desk/calls/autumn/opening/", data)
        page = asked.content.decode()
        assert said in page
        assert all(f'value="{moment}"' in page for moment in [typed, *meant])
        assert stands(draft) == CallState.DRAFT

        owner.post("/desk/calls/autumn/opening/", {**data, "which_closes": meant[1]})

    draft.refresh_from_db()
    assert (draft.state, draft.closes_at) == (CallState.OPEN, datetime.fromisoformat(meant[1]))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"when": "later", "opens": ""}, "opens"),
        ({"when": "later", "opens": "2026-09-30T12:00"}, "opens"),
        ({"when": "later", "opens": "2026-10-05T12:00", "closes": "2026-10-05T12:00"}, "closes"),
        ({"when": "now", "closes": "2026-10-01T11:59"}, "closes"),
        ({"when": "now", "closes": "soon"}, "closes"),
        ({"when": "never"}, "when"),
    ],
)
def test_times_that_cannot_be_are_told(owner: Client, draft: Call, data: dict[str, str], field: str) -> None:
    with clock.at(NOON):
        answer = owner.post("/desk/calls/autumn/opening/", data)

    assert list(answer.context["form"].errors) == [field]
    assert stands(draft) == CallState.DRAFT


def test_call_is_closed_until_it_opens_again_by_itself(cast: Cast, owner: Client) -> None:
    Call.objects.update(opens_at=NOON - timedelta(days=9))
    with clock.at(NOON):
        owner.post("/desk/calls/write-for-us/closing/", {"when": "later", "opens": "2026-12-01T09:00", "closes": ""})
        call = Call.objects.get()

        assert (call.stands, call.opens_at) == (CallState.ANNOUNCED, datetime(2026, 12, 1, 14, tzinfo=UTC))


def test_call_is_extended(cast: Cast, owner: Client) -> None:
    Call.objects.update(opens_at=NOON - timedelta(days=9), closes_at=NOON + timedelta(days=1))
    path = "/desk/calls/write-for-us/extension/"
    with clock.at(NOON):
        form = owner.get(path).context["form"]
        assert form["closes"].value().isoformat() == "2026-10-02T12:00:00"

        owner.post(path, {"closes": "2026-10-09T23:59"})

    assert Call.objects.get().closes_at == datetime(2026, 10, 10, 3, 59, tzinfo=UTC)


@pytest.mark.parametrize("noun", ["opening", "closing", "extension"])
def test_old_page_tells_how_the_call_stands_now(cast: Cast, owner: Client, noun: str) -> None:
    if noun != "opening":
        submissions.close_call(cast.call, cast.owner)

    answer = owner.post(f"/desk/calls/write-for-us/{noun}/", {"when": "now", "opens": "", "closes": ""}, follow=True)

    assert "stands now" in answer.content.decode()


def test_draft_is_deleted(owner: Client, draft: Call) -> None:
    owner.post("/desk/calls/autumn/deletion/")

    assert not Call.objects.filter(pk=draft.pk).exists()


def test_call_with_submissions_is_not_deleted_and_that_is_said(cast: Cast, owner: Client) -> None:
    make_draft(cast.writer, cast.call)

    answer = owner.post("/desk/calls/write-for-us/deletion/", follow=True)

    assert "Writers have sent something for this call, or have begun to." in answer.content.decode()
    assert Call.objects.exists()


def test_questions_are_added_changed_and_put_in_order(cast: Cast, owner: Client) -> None:
    ask(cast, position=1)
    fresh = {"label": "Which town?", "kind": "choice", "choices": "Oslo\n Bergen \n\nOslo", "position": "0"}

    owner.post(QUESTIONS, {**question_form(owner), **{f"questions-1-{name}": value for name, value in fresh.items()}})

    assert list(Question.objects.values_list("label", "choices")) == [
        ("Which town?", ["Oslo", "Bergen"]),
        ("Where were you?", []),
    ]


def test_page_of_questions_that_is_sent_as_it_is_adds_none(cast: Cast, owner: Client) -> None:
    ask(cast)

    owner.post(QUESTIONS, question_form(owner))

    assert Question.objects.count() == 1


def test_choice_without_two_answers_is_told(cast: Cast, owner: Client) -> None:
    fresh = {"questions-0-label": "Which town?", "questions-0-kind": "choice", "questions-0-choices": "Oslo"}

    answer = owner.post(QUESTIONS, {**question_form(owner), **fresh})

    assert answer.context["forms"].forms[0].errors["choices"]


def test_answered_question_is_retired_and_keeps_its_kind(cast: Cast, owner: Client) -> None:
    question = ask(cast, needed=Needed.NOW)
    draft = make_draft(cast.writer, cast.call)
    submissions.keep_answers(draft, {question.pk: "At home."})

    owner.post(QUESTIONS, {**question_form(owner), "questions-0-kind": "file", "questions-0-gone": "on"})

    question.refresh_from_db()
    assert question.retired_at is not None
    assert question.kind == QuestionKind.TEXT
    assert draft.question_answers.get().text == "At home."


def test_editor_sees_calls_and_changes_none(cast: Cast, draft: Call) -> None:
    editor = client_for(cast.editor)

    assert [editor.get(path).status_code for path in ("/desk/calls/", "/desk/calls/autumn/")] == [200, 200]
    assert "Delete it" not in editor.get("/desk/calls/autumn/").content.decode()
    for noun in ("text", "questions", "preview", "opening", "closing", "extension", "deletion"):
        assert editor.get(f"/desk/calls/autumn/{noun}/").status_code == 404
    assert editor.post("/desk/calls/autumn/opening/", {"when": "now"}).status_code == 404
    assert stands(draft) == CallState.DRAFT


@pytest.mark.parametrize("who", ["writer", "bookkeeper"])
@pytest.mark.parametrize("path", ["/desk/calls/", "/desk/calls/write-for-us/", TEXT, "/desk/circle/"])
def test_calls_at_the_desk_are_there_for_nobody_else(cast: Cast, who: str, path: str) -> None:
    assert client_for(getattr(cast, who)).get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_list_asks_as_much_for_three_calls_as_for_one(cast: Cast, owner: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            owner.get("/desk/calls/")
        return len(captured)

    queries()
    one = queries()
    for number in range(3):
        call = make_call(slug=f"more-{number}", rate_card=cast.call.rate_card)
        make_submission(cast.writer, call)
        Waiting.objects.create(call=call, address="reader@example.net")

    assert queries() == one


def test_list_counts_what_came_since_the_call_opened(cast: Cast, owner: Client) -> None:
    Call.objects.update(opens_at=clock.now() - timedelta(days=2), cap=40)
    with clock.at(clock.now() - timedelta(days=1)):
        make_submission(cast.writer, Call.objects.get())
    submissions.withdraw(make_submission(cast.writer, Call.objects.get(), title="Back"), cast.writer)
    make_draft(cast.other_writer, Call.objects.get())

    call = owner.get("/desk/calls/").context["rows"][0].call

    assert (call.sent, call.begun, call.wait) == (1, 1, 0)


def test_circle_shows_who_is_in_it_and_how_they_came(cast: Cast) -> None:
    Call.objects.update(kind=CallKind.WRITERS)
    application = make_accepted(cast.writer, cast.editor, Call.objects.get())
    editor = client_for(cast.editor)

    editor.post("/desk/circle/", {"address": "new@example.org"})

    page = editor.get("/desk/circle/").content.decode()
    assert "Wilma Writer" in page
    assert f"/desk/{application.key}/" in page
    assert "by hand: Edith Editor" in page


def taken_in(cast: Cast) -> None:
    """One by an application under a pen name, one by hand who has sent something under another before."""
    other = make_call(slug="stories", rate_card=cast.call.rate_card)
    Call.objects.filter(pk=cast.call.pk).update(kind=CallKind.WRITERS)
    cast.call.refresh_from_db()
    make_accepted(cast.writer, cast.editor, cast.call, byline_kind="pen", byline_name="Ada Quill")
    make_submission(cast.other_writer, other, byline_kind="pen", byline_name="Ben Nib")
    submissions.take_into_circle(cast.other_writer.email, cast.editor)


def test_circle_shows_an_editor_no_more_than_how_its_members_sign(cast: Cast) -> None:
    taken_in(cast)

    page = client_for(cast.editor).get("/desk/circle/").content.decode()

    assert "Ada Quill" in page
    assert "No name yet" in page
    for secret in ("Wilma", "Oscar", cast.writer.email, cast.other_writer.email, "Ben Nib"):
        assert secret not in page


def test_circle_shows_how_a_member_has_signed_since(cast: Cast) -> None:
    submissions.take_into_circle(cast.other_writer.email, cast.editor)
    make_submission(cast.other_writer, cast.call, byline_kind="pen", byline_name="Ben Nib")

    assert "Ben Nib" in client_for(cast.editor).get("/desk/circle/").content.decode()


def test_circle_shows_the_owner_who_its_members_are(cast: Cast) -> None:
    taken_in(cast)

    page = client_for(cast.owner).get("/desk/circle/").content.decode()

    for known in ("Ada Quill", "Wilma Writer", "Oscar Writer", cast.writer.email, cast.other_writer.email):
        assert known in page


def test_taking_in_by_address_tells_nobody_whose_it_is(cast: Cast) -> None:
    taken_in(cast)
    editor = client_for(cast.editor)

    addresses = ("new@example.org", cast.bookkeeper.email, cast.other_writer.email)
    answers = [editor.post("/desk/circle/", {"address": one}, follow=True).content.decode() for one in addresses]

    assert all("Whoever reads that address is in the circle." in answer for answer in answers)
    assert not any(name in answer for answer in answers for name in ("Bea Books", "Oscar", "Ben Nib", *addresses))


def test_membership_is_ended(cast: Cast) -> None:
    member = submissions.join_circle(cast.writer, cast.editor)

    client_for(cast.editor).post(f"/desk/circle/{member.pk}/departure/")

    assert CircleMember.objects.get().ended_at is not None


def test_circle_asks_as_much_for_three_members_as_for_one(cast: Cast) -> None:
    editor = client_for(cast.editor)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            editor.get("/desk/circle/")
        return len(captured)

    submissions.join_circle(cast.writer, cast.editor)
    queries()
    one = queries()
    for person in (cast.other_writer, cast.bookkeeper):
        submissions.join_circle(person, cast.editor)

    assert queries() == one


@pytest.mark.parametrize("name", ["guidelines", "rights", "what_happens"])
def test_passage_without_its_end_is_told_beside_its_field_and_kept(owner: Client, draft: Call, name: str) -> None:
    typed = {**text_form(owner), name: "GENTLE: a loss\n\nWords."}

    answer = owner.post(TEXT, typed)

    assert answer.context["form"].errors[name] == [
        "A passage that can be skipped begins and does not end: its GENTLE END is missing."
    ]
    assertContains(answer, "GENTLE: a loss")


def test_passage_without_its_end_that_was_kept_before_is_read_as_words(cast: Cast) -> None:
    Call.objects.filter(pk=cast.call.pk).update(guidelines="GENTLE: a loss\n\nWords.")

    assertContains(client_for(None).get(cast.call.get_absolute_url()), "GENTLE: a loss")
