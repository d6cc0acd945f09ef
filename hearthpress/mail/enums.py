from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """What becomes of a letter.

    One that a killed worker left in SENDING is swept back to WAITING and keeps its Message-ID. One that came back waits
    again when somebody asks for another try.
    """

    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    BOUNCED = "bounced", _("Came back")
