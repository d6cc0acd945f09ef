"""The owner changes the magazine, its call and its subjects."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.agreements.models import RateCard
from hearthpress.care.models import HelpLine, Subject
from hearthpress.common import clock
from hearthpress.desk.access import for_owner
from hearthpress.desk.forms.owner import CallForm, HelpLines, MagazineForm, RateForm, Sections, SubjectForm
from hearthpress.desk.page import page
from hearthpress.desk.subjects import described_subjects, keep_subject
from hearthpress.desk.zone import zone_name
from hearthpress.masthead.models import Masthead, Section
from hearthpress.submissions.models import Call


@require_http_methods(["GET", "POST"])
@for_owner
def magazine(request: HttpRequest) -> HttpResponse:
    data = request.POST or None
    form = MagazineForm(data, instance=Masthead.current())
    sections = Sections(data, queryset=Section.objects.all(), prefix="sections", initial=[_next_place()])
    if all([form.is_valid(), sections.is_valid()]):
        with transaction.atomic():
            form.save()
            sections.save()
        messages.success(request, _("Saved."))
        return redirect("desk:magazine")
    return page(request, "magazine", "magazine", {"form": form, "section_forms": sections})


@require_http_methods(["GET", "POST"])
@for_owner
def call(request: HttpRequest) -> HttpResponse:
    """What the open call says and pays. Another rate is another rate card; what was signed stays as it was signed."""
    found = _call()
    data = request.POST or None
    form = CallForm(data, instance=found)
    rate = RateForm(data, card=found.rate_card, prefix="rate")
    if all([form.is_valid(), rate.is_valid()]):
        _keep_call(form, rate)
        messages.success(request, _("Saved."))
        return redirect("desk:call")
    return page(request, "call", "call", {"form": form, "rate": rate, "call": found, "zone": zone_name()})


@require_safe
@for_owner
def subjects(request: HttpRequest) -> HttpResponse:
    return page(request, "subjects", "subjects", {"subjects": described_subjects()})


@require_http_methods(["GET", "POST"])
@for_owner
def subject(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A subject with its help lines; a new one when no `slug` is given."""
    found = get_object_or_404(Subject, slug=slug) if slug else Subject()
    data = request.POST or None
    form = SubjectForm(data, instance=found)
    its_lines = found.help_lines.all() if found.pk else HelpLine.objects.none()
    lines = HelpLines(data, queryset=its_lines, prefix="lines")
    if all([form.is_valid(), lines.is_valid()]):
        keep_subject(form, lines)
        messages.success(request, _("Saved."))
        return redirect("desk:subjects")
    return page(request, "subject", "subjects", {"form": form, "lines": lines, "subject": found if slug else None})


def _next_place() -> dict[str, int]:
    last = Section.objects.order_by("-position").values_list("position", flat=True).first()
    return {"position": 0 if last is None else last + 1}


def _call() -> Call:
    """The call that writers see; when none is open, the newest. Raises Http404."""
    calls = Call.objects.select_related("rate_card")
    found = calls.open().first() or calls.order_by("-opens_at", "-pk").first()
    if found is None:
        raise Http404
    return found


def _keep_call(form: Any, rate: RateForm) -> None:
    card = rate.card
    with transaction.atomic():
        if any(getattr(card, name) != value for name, value in rate.rate.items()):
            said = _("%(call)s, from %(day)s")
            name = said % {"call": form.instance.title, "day": clock.now().date().isoformat()}
            form.instance.rate_card = RateCard.objects.create(name=name[:80], currency=card.currency, **rate.rate)
        form.save()
