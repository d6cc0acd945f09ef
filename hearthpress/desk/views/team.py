"""The owner invites people, changes their role and takes it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.desk.access import for_owner, who
from hearthpress.desk.page import page
from hearthpress.desk.team import change_role, role_in_words, team
from hearthpress.people.actions import LastOwner, end_role, give_role, person_for
from hearthpress.people.enums import Role
from hearthpress.people.forms import InvitationForm
from hearthpress.people.models import Membership


@require_http_methods(["GET", "POST"])
@for_owner
def members(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None, initial={"role": Role.EDITOR})
    if form.is_valid():
        _invite(request, form)
        return redirect("desk:team")
    return page(request, "team", "team", {"team": team(), "form": form, "roles": Role})


@require_http_methods(["GET", "POST"])
@for_owner
def member(request: HttpRequest, number: int) -> HttpResponse:
    """Another role for somebody."""
    membership = _current(number)
    role = request.POST.get("role", "")
    if request.method == "POST" and role in Role.values:
        return _changed(request, membership, Role(role))
    context = {"membership": membership, "roles": [role for role in Role if role != membership.role]}
    return page(request, "member", "team", context)


@require_http_methods(["GET", "POST"])
@for_owner
def removal(request: HttpRequest, number: int) -> HttpResponse:
    membership = _current(number)
    if request.method != "POST":
        return page(request, "removal", "team", {"membership": membership, "role": role_in_words(membership.role)})
    try:
        end_role(membership, who(request))
    except LastOwner:
        messages.warning(request, _last_owner())
    else:
        said = _("%(name)s is no longer %(role)s.")
        messages.success(request, said % {"name": membership.person, "role": role_in_words(membership.role)})
    return _back(request, membership)


def _current(number: int) -> Membership:
    found = Membership.objects.filter(ended_at=None, pk=number).select_related("person").first()
    if found is None:
        raise Http404
    return found


def _invite(request: HttpRequest, form: InvitationForm) -> None:
    person = person_for(form.cleaned_data["email"])
    role = Role(form.cleaned_data["role"])
    if not person.is_active:
        messages.warning(request, _("The account of %(email)s was closed.") % {"email": person.email})
    elif role in person.roles:
        said = _("%(name)s has this role already.")
        messages.info(request, said % {"name": person})
    else:
        give_role(person, role, who(request))
        said = _("A letter to %(email)s is on its way. They sign in with that address.")
        messages.success(request, said % {"email": person.email})


def _changed(request: HttpRequest, membership: Membership, role: Role) -> HttpResponse:
    try:
        change_role(membership, role, who(request))
    except LastOwner:
        messages.warning(request, _last_owner())
    except PermissionDenied:
        messages.warning(request, _("You are no longer the owner."))
    else:
        said = _("%(name)s has another role now: %(role)s. A letter tells them.")
        messages.success(request, said % {"name": membership.person, "role": role.label})
    return _back(request, membership)


def _back(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Who has just given up their own role may no longer see this page."""
    return redirect("home" if membership.person_id == who(request).pk else "desk:team")


def _last_owner() -> str:
    return _("A magazine always has an owner. Make somebody else owner first.")
