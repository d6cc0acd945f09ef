"""The circle of regular writers."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.circle import circle_members
from hearthpress.desk.forms.plain_words import PlainWords
from hearthpress.desk.page import page
from hearthpress.submissions.actions import leave_circle, take_into_circle
from hearthpress.submissions.models import CircleMember


class TakingInForm(PlainWords, forms.Form):
    address = forms.EmailField(label=gettext_lazy("Their e-mail address"), max_length=254)


@require_http_methods(["GET", "POST"])
@for_editors
def circle(request: HttpRequest) -> HttpResponse:
    """Who is in it, since when; and taking somebody in by hand."""
    form = TakingInForm(request.POST or None)
    if form.is_valid():
        take_into_circle(form.cleaned_data["address"], who(request))
        # The same whoever it is, and whether they were in it: whose address it is, nobody learns by typing it.
        messages.success(request, _("Whoever reads that address is in the circle."))
        return redirect("desk:circle")
    return page(request, "circle", "calls", {"members": circle_members(who(request)), "form": form})


@require_POST
@for_editors
def departure(request: HttpRequest, number: int) -> HttpResponse:
    """They are in the circle no more. Nothing that they sent changes, and no letter is written."""
    member = get_object_or_404(CircleMember, pk=number)
    leave_circle(member)
    messages.success(request, _("They are in the circle no more."))
    return redirect("desk:circle")
