"""The photos that go with a story: add them, say what must be said of each, take them off; and their writer's view."""

from collections import defaultdict

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hearthpress.common.pictures import MAX_BYTES, NotAPicture
from hearthpress.common.states import SomebodyElseWon
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.forms.photos import AddPhotosForm, PhotoForm, said_of_photos
from hearthpress.room.too_late import given_back, sent_already
from hearthpress.room.with_it import photos_of
from hearthpress.submissions.actions import TooMany, attach_photo
from hearthpress.submissions.doors import own_attachment, own_submission
from hearthpress.submissions.enums import WITH_WRITER, AttachmentKind, SubmissionState
from hearthpress.submissions.models import Submission

# An accepted story may still get the photos that were asked for.
MAY_ADD = WITH_WRITER | {SubmissionState.ACCEPTED}


@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, key: str) -> HttpResponse:
    """All photos of one story in one form, so that no button loses what was typed beside another photo."""
    if request.method == "POST" and not request.user.is_authenticated:
        return given_back(request, said_of_photos(request.POST))
    return _photos(request, key)


@for_writers
def _photos(request: HttpRequest, key: str) -> HttpResponse:
    found = own_submission(who(request), key)
    if found.state not in MAY_ADD:
        return sent_already(request, found)
    if request.method == "GET":
        return _photos_page(request, found, [PhotoForm(photo) for photo in photos_of(found)])
    forms = [form for photo in photos_of(found) if (form := PhotoForm(photo, request.POST)).was_posted]
    try:
        _keep(request, found, forms)
    except SomebodyElseWon:
        return sent_already(request, own_submission(who(request), key))
    return _kept(request, found, forms)


@for_writers
@require_GET
def photo(request: HttpRequest, key: str, photo: str) -> FileResponse:
    """A photo for its own writer, as it is kept. It is nobody else's to see here, and no cache's."""
    found = own_attachment(who(request), key, photo)
    if found.kind != AttachmentKind.PHOTO:
        raise Http404
    try:
        file = default_storage.open(found.stored_as)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp")


def _keep(request: HttpRequest, found: Submission, forms: list[PhotoForm]) -> None:
    """Keep what was said, take off what is to go, add what was chosen. Raises SomebodyElseWon."""
    for form in forms:
        form.is_valid()
        form.save()
    for sentence, names in _add(found, request.FILES.getlist("photos")).items():
        messages.error(request, f"{', '.join(names)}: {sentence}")


def _add(found: Submission, files: list[UploadedFile]) -> dict[str, list[str]]:
    """Keep each photo. What could not be kept: the names by what is wrong. Raises SomebodyElseWon."""
    trouble: dict[str, list[str]] = defaultdict(list)
    for file in files:
        name = file.name or ""
        try:
            attach_photo(found, name, file.read(MAX_BYTES + 1))
        except (NotAPicture, TooMany) as error:
            trouble[str(error)].append(name)
    return trouble


def _kept(request: HttpRequest, found: Submission, forms: list[PhotoForm]) -> HttpResponse:
    """The form again where something in it is wrong; else on."""
    if any(form.errors for form in forms):
        typed = {form.photo.pk: form for form in forms}
        return _photos_page(request, found, [typed.get(one.pk) or PhotoForm(one) for one in photos_of(found)])
    if "back" in request.POST:
        return redirect("room:submission", key=found.key)
    messages.success(request, _("Saved."))
    return redirect("room:photos", key=found.key)


def _photos_page(request: HttpRequest, found: Submission, forms: list[PhotoForm]) -> HttpResponse:
    context = {"submission": found, "forms": forms, "add": AddPhotosForm()}
    return page(request, "photos", context)
