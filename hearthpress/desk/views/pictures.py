"""Pictures of texts that are not published, for editors. The public address shows only those of live stories."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearthpress.desk.access import for_editors
from hearthpress.editing.models import Picture
from hearthpress.editing.pictures import stored_name


@require_safe
@for_editors
def picture(request: HttpRequest, digest: str, width: int) -> HttpResponse:
    found = Picture.objects.filter(sha256=digest).first()
    if found is None or width not in found.widths:
        raise Http404
    with default_storage.open(stored_name(digest, width)) as file:
        return HttpResponse(file.read(), content_type="image/webp")
