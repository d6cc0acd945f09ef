"""The photos that a writer sent with a story, offered where its picture is chosen."""

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from hearthpress.common.pictures import NotAPicture
from hearthpress.editing.pictures import add_picture
from hearthpress.people.models import Person
from hearthpress.submissions.actions.attaching import attached_bytes, undescribed
from hearthpress.submissions.doors import desk_attachment, desk_submission
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Attachment

CHOSEN = "sent_photo"


def photos_to_use(editor: Person, key: str) -> list[Attachment]:
    """Those of which all is said: who took them, what they show, that those on them agree. Raises Http404."""
    submission = desk_submission(editor, key)
    if submission.concealed:
        return []
    photos = submission.attachments.filter(kind=AttachmentKind.PHOTO)
    return list(photos.exclude(pk__in=undescribed(submission)))


def use_chosen(editor: Person, key: str, data: QueryDict, before: Mapping[str, str]) -> str:
    """Make the photo that was chosen the picture, with its writer's words where no others were typed.

    `before` are the words of the picture that it takes the place of. What is wrong, as a sentence; "" when nothing is.
    """
    chosen = data.get(CHOSEN)
    if not chosen:
        return ""
    if chosen not in {photo.key for photo in photos_to_use(editor, key)}:
        return _("That photo is not here any more. Please choose it again.")
    photo = desk_attachment(editor, key, chosen)
    try:
        data["picture_sha256"] = add_picture(attached_bytes(photo), editor).sha256
    except (FileNotFoundError, NotAPicture):
        return _("This photo could not be opened. Please ask its writer to send it again.")
    for name in ("alt", "credit"):
        if data.get(name, "") in ("", before.get(name, "")):
            data[name] = getattr(photo, name)
    return ""
