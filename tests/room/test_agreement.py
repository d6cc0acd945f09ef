"""The agreement's page: what it pays first, a typed name, the hash of what was shown, and no in a click."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from hearthpress.agreements.actions import remind_and_lapse
from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement, RateCard
from hearthpress.common import clock
from hearthpress.editing.models import Manuscript
from hearthpress.mail.models import Letter
from hearthpress.pay.actions import set_destination
from hearthpress.pay.models import PayDestination
from hearthpress.submissions.enums import SubmissionState
from tests.factories import client_for, make_accepted, make_submission
from tests.together import at_once

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


@pytest.fixture
def accepted(cast):
    with clock.at(NOW):
        return make_accepted(cast.writer, cast.editor, cast.call)


@pytest.fixture
def client(cast):
    return client_for(cast.writer)


def path(submission):
    return reverse("room:agreement", args=[submission.key])


def signature(submission, **typed):
    return {"name": "Wilma Writer", "terms": submission.agreement.terms_sha256, "payment-address": "", **typed}


def test_page_says_what_it_pays_before_the_terms(client, accepted):
    page = client.get(path(accepted)).content.decode()

    assert page.index("$6.00 for every 1,000 reader-days") < page.index("Your story stays yours.")
    assert f'value="{accepted.agreement.terms_sha256}"' in page


def test_page_shows_the_frozen_rate_whatever_the_card_says_now(client, accepted):
    RateCard.objects.update(per_thousand=1)

    page = client.get(path(accepted)).content.decode()

    assert "$6.00 for every 1,000 reader-days" in page
    assert "$0.01" not in page


def test_signing_keeps_name_time_and_hash(client, accepted):
    with clock.at(NOW + timedelta(hours=1)):
        response = client.post(path(accepted), signature(accepted), follow=True)

    agreement = Agreement.objects.get()
    page = response.content.decode()
    assert (agreement.state, agreement.signed_name) == (AgreementState.SIGNED, "Wilma Writer")
    assert "Nov. 25, 2026, 11 a.m." in page
    assert agreement.terms_sha256 in page
    assert Manuscript.objects.filter(submission=accepted).exists()


def test_signed_letter_is_a_copy_of_what_was_signed(client, accepted):
    client.post(path(accepted), signature(accepted))

    letter = Letter.objects.get(kind="agreements/signed")
    assert accepted.agreement.terms in letter.text
    assert accepted.agreement.terms_sha256 in letter.text
    assert "as Wilma Writer" in letter.text
    assert f"/write/{accepted.key}/" in letter.text


def test_signing_with_an_address_says_where_to_pay(cast, client, accepted):
    client.post(path(accepted), signature(accepted, **{"payment-address": " wilma@example.org "}))

    assert PayDestination.objects.get(person=cast.writer).address == "wilma@example.org"


def test_page_shows_where_pay_goes_already(cast, client, accepted):
    set_destination(cast.writer, "wilma@example.org")

    page = client.get(path(accepted)).content.decode()

    assert "wilma@example.org" in page


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"name": " "}, "Please type your full name."),
        ({"name": "n" * 121}, "to 120 characters"),
        ({"payment-address": "not an address"}, "valid email address"),
        ({"payment-address": "=cmd@example.org"}, ""),
    ],
)
def test_wrong_signature_is_said_beside_the_field_and_nothing_is_signed(client, accepted, typed, beside):
    response = client.post(path(accepted), signature(accepted, **typed))

    page = response.content.decode()
    assert response.status_code == 200
    assert beside in page
    assert 'class="field wrong"' in page
    assert next(iter(typed.values())).strip() in page
    assert Agreement.objects.get().state == AgreementState.OFFERED
    assert not PayDestination.objects.exists()


def test_another_name_is_asked_about_first_and_nothing_typed_is_lost(client, accepted):
    typed = {"name": "Wilhelmina Writer", "payment-address": "wilma@example.org"}

    page = client.post(path(accepted), signature(accepted, **typed)).content.decode()

    assert "You typed “Wilhelmina Writer”; in your details you are “Wilma Writer”." in page
    assert 'value="wilma@example.org"' in page
    assert Agreement.objects.get().state == AgreementState.OFFERED


def test_another_name_is_signed_at_the_second_press(client, accepted):
    typed = {"name": "Wilhelmina Writer"}
    asked = client.post(path(accepted), signature(accepted, **typed))

    client.post(path(accepted), signature(accepted, **typed, confirmed=asked.context["form"]["confirmed"].value()))

    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.signed_name) == (AgreementState.SIGNED, "Wilhelmina Writer")


def test_a_third_name_is_asked_about_again(client, accepted):
    client.post(path(accepted), signature(accepted, name="Wilma Wrighter", confirmed="Wilhelmina Writer"))

    assert Agreement.objects.get().state == AgreementState.OFFERED


def test_same_name_in_other_letters_is_not_asked_about(client, accepted):
    client.post(path(accepted), signature(accepted, name="wilma  WRITER"))

    assert Agreement.objects.get().state == AgreementState.SIGNED


def test_terms_that_the_page_did_not_show_are_not_signed(client, accepted):
    response = client.post(path(accepted), signature(accepted, terms="0" * 64))

    page = response.content.decode()
    assert "These are not the terms that your page showed." in page
    assert f'value="{accepted.agreement.terms_sha256}"' in page
    assert 'value="Wilma Writer"' in page
    assert Agreement.objects.get().state == AgreementState.OFFERED


def test_terms_changed_in_the_database_are_not_signed(client, accepted):
    Agreement.objects.update(terms="You owe us a house.")

    client.post(path(accepted), signature(accepted))

    assert Agreement.objects.get().state == AgreementState.OFFERED


def test_second_press_is_told_that_it_is_signed(client, accepted):
    client.post(path(accepted), signature(accepted))

    response = client.post(path(accepted), signature(accepted), follow=True)

    assert "You have signed this agreement." in response.content.decode()
    assert Letter.objects.filter(kind="agreements/signed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_double_click_signs_once(cast, accepted):
    clients = [client_for(cast.writer), client_for(cast.writer)]

    outcomes = at_once(*(lambda one=one: one.post(path(accepted), signature(accepted)) for one in clients))

    assert [outcome["Location"] for outcome in outcomes] == [path(accepted)] * 2
    assert Letter.objects.filter(kind="agreements/signed").count() == 1


def test_saying_no_is_one_page_and_one_button(client, accepted):
    question = client.get(reverse("room:refusal", args=[accepted.key]))

    response = client.post(reverse("room:refusal", args=[accepted.key]), follow=True)

    accepted.refresh_from_db()
    assert question.status_code == 200
    assert Agreement.objects.get().state == AgreementState.DECLINED
    assert accepted.state == SubmissionState.WITHDRAWN
    assert "is yours again" in response.content.decode()


def test_saying_no_after_signing_is_told_what_holds(client, accepted):
    client.post(path(accepted), signature(accepted))

    response = client.post(reverse("room:refusal", args=[accepted.key]), follow=True)

    assert "You have signed this agreement." in response.content.decode()
    assert Agreement.objects.get().state == AgreementState.SIGNED


def test_signing_after_it_lapsed_is_told_kindly(client, accepted):
    with clock.at(NOW + timedelta(days=15)):
        remind_and_lapse()

    response = client.post(path(accepted), signature(accepted), follow=True)

    assert "This agreement has lapsed. The story is yours." in response.content.decode()


def test_reminder_and_lapse_are_told_by_letter(cast, accepted):
    with clock.at(NOW + timedelta(days=11)):
        remind_and_lapse()
        remind_and_lapse()
    with clock.at(NOW + timedelta(days=14)):
        remind_and_lapse()

    reminder, lapsed = (Letter.objects.get(kind=f"agreements/{name}") for name in ("reminder", "lapsed"))
    assert "until December 9, 2026" in reminder.text
    assert f"/write/{accepted.key}/agreement/" in reminder.text
    assert "yours again" in lapsed.subject
    assert not Letter.objects.filter(kind="submissions/withdrawn").exists()


def test_acceptance_letter_leads_to_the_agreement(cast, accepted):
    letter = Letter.objects.get(kind="submissions/accept")

    assert "We would like to publish it." in letter.text
    assert "by December 9, 2026" in letter.text
    assert f"/write/{accepted.key}/agreement/" in letter.text


def test_piece_without_an_agreement_has_no_such_page(cast, client):
    submission = make_submission(cast.writer, cast.call)

    assert client.get(path(submission)).status_code == 404
