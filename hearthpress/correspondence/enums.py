"""What is said about a submission, by whom and to whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    TO_WRITER = "to_writer", _("To the writer")
    FROM_WRITER = "from_writer", _("From the writer")
    REMARK = "remark", _("Among editors")
    STRANGER = "stranger", _("From an address that we do not know")
    AUTOMATIC = "automatic", _("An automatic answer")


# The whole of what a writer is ever shown. A kind that is not named here stays among editors.
SHOWN_TO_WRITER = frozenset({MessageKind.TO_WRITER, MessageKind.FROM_WRITER})
# What is told as new, to whoever may see it. That somebody is on holiday is no news.
NEWS = frozenset(MessageKind) - {MessageKind.AUTOMATIC}
