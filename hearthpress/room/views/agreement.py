"""The agreement: read it, sign it with one's name, or say no."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.agreements.actions import TermsChanged, decline, sign
from hearthpress.agreements.enums import AgreementState
from hearthpress.agreements.models import Agreement
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.pay.actions import set_destination
from hearthpress.pay.forms import DestinationForm
from hearthpress.pay.models import PayDestination
from hearthpress.people.models import Person
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.forms.words import SignatureForm
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import Needed
from hearthpress.submissions.models import Submission
from hearthpress.submissions.questions import unanswered


@for_writers
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """The terms, what they pay first. Signing is a name typed under the terms that the page showed."""
    submission, offered = _own(request, key)
    if request.method == "GET":
        return _page(request, submission, offered)
    if offered.state != AgreementState.OFFERED:
        return _answered(request, submission, offered)
    form = SignatureForm(request.POST)
    place = _place_form(request.POST)
    if not (form.is_valid() & place.is_valid()) or form.asks_about(submission.writer.name):
        return _page(request, submission, offered, form=form, place=place)
    try:
        _sign(offered, form.cleaned_data, place.cleaned_data["address"])
    except TermsChanged:
        return _page(request, submission, offered, form=form, place=place, changed=True)
    except (SomebodyElseWon, NotAllowed):
        return _answered(request, *_own(request, key))
    messages.success(request, _("Signed. Thank you. An editor prepares the text next, and you see every change."))
    return redirect("room:agreement", key=key)


@for_writers
@require_http_methods(["GET", "POST"])
def refusal(request: HttpRequest, key: str) -> HttpResponse:
    """Say no to the terms: the story is the writer's again."""
    submission, offered = _own(request, key)
    if offered.state != AgreementState.OFFERED:
        return _answered(request, submission, offered)
    if request.method == "GET":
        return page(request, "refusal", {"submission": submission, "agreement": offered})
    try:
        decline(offered)
    except (SomebodyElseWon, NotAllowed):
        return _answered(request, *_own(request, key))
    messages.success(request, _("“%(title)s” is yours again.") % {"title": submission})
    return redirect("room:submission", key=key)


def _own(request: HttpRequest, key: str) -> tuple[Submission, Agreement]:
    submission = own_submission(who(request), key)
    if submission.agreement is None:
        raise Http404
    return submission, submission.agreement


def _answered(request: HttpRequest, submission: Submission, agreement: Agreement) -> HttpResponse:
    """A second press, or an answer after the date: what holds now is shown, and nothing is an error."""
    told = {
        AgreementState.SIGNED: _("You have signed this agreement."),
        AgreementState.DECLINED: _("You have said no to this agreement. The story is yours."),
        AgreementState.LAPSED: _("This agreement has lapsed. The story is yours."),
        AgreementState.ENDED: _("This agreement has ended. The story is yours."),
        AgreementState.GIVEN_BACK: _("This agreement has ended. The story is yours."),
        AgreementState.OFFERED: _("The agreement was changed in the same moment. Please try again."),
    }
    messages.info(request, told[AgreementState(agreement.state)])
    return redirect("room:agreement", key=submission.key)


def _place_form(data: Any = None) -> DestinationForm:
    form = DestinationForm(data, prefix="payment", use_required_attribute=False)
    form.fields["address"].required = False
    form.fields["address"].help_text = _("You can also do this later: pay that nobody has claimed waits for you.")
    return form


def _state_label(agreement: Agreement) -> str:
    return {
        AgreementState.OFFERED: _("Waiting for you"),
        AgreementState.SIGNED: _("Signed"),
        AgreementState.DECLINED: _("You said no"),
        AgreementState.LAPSED: _("Lapsed"),
        AgreementState.ENDED: _("Ended"),
        AgreementState.GIVEN_BACK: _("Ended"),
    }[AgreementState(agreement.state)]


def place_of(person: Person) -> PayDestination | None:
    """Where the person is paid now."""
    return PayDestination.objects.filter(person=person, ended_at=None).first()


@transaction.atomic
def _sign(offered: Agreement, typed: dict[str, str], address: str) -> None:
    sign(offered, typed["name"], typed["terms"])
    if address:
        set_destination(offered.writer, address)


def _page(request: HttpRequest, submission: Submission, agreement: Agreement, **context: Any) -> HttpResponse:
    context = {
        "submission": submission,
        "agreement": agreement,
        "paragraphs": agreement.terms.split("\n\n"),
        "form": SignatureForm(None, initial={"terms": agreement.terms_sha256}),
        "state_label": _state_label(agreement),
        "place": _place_form(),
        "place_now": place_of(who(request)),
        "offered": agreement.state == AgreementState.OFFERED,
        "to_answer": unanswered(submission, Needed.ACCEPTANCE),
        **context,
    }
    if context.get("changed"):
        context["form"].put("terms", agreement.terms_sha256)
    return page(request, "agreement", context)
