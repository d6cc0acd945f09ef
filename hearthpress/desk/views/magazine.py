"""The owner changes the magazine and its subjects."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.care.models import HelpLine, Subject
from hearthpress.desk.access import for_owner
from hearthpress.desk.forms.owner import HelpLines, MagazineForm, Sections, SubjectForm
from hearthpress.desk.page import page
from hearthpress.desk.subjects import described_subjects, keep_subject
from hearthpress.masthead.models import Masthead, Section


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
