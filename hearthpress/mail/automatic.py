"""Whether a machine wrote a mail. Two machines that answer each other never stop (RFC 3834)."""

from email.message import EmailMessage

from hearthpress.mail.guarded import raw_values, tried

# Words of Precedence that no person sends, and headers that lists and older autoresponders write.
_BULK = {"bulk", "list", "junk", "auto_reply"}
_WRITTEN_BY_MACHINES = ("List-Id", "List-Post", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Loop")
_DAEMONS = ("mailer-daemon@", "postmaster@")


def is_automatic(mail: EmailMessage) -> bool:
    """Whether the mail is an automatic answer, a bounce or from a mailing list, as far as it says so."""
    return (
        _word(mail, "Auto-Submitted") not in {"", "no"}
        or _word(mail, "Precedence") in _BULK
        or any(raw_values(mail, header) for header in _WRITTEN_BY_MACHINES)
        or _is_bounce(mail)
    )


def _is_bounce(mail: EmailMessage) -> bool:
    """A bounce has the empty return path (RFC 3464, 2), or is at least from who writes them."""
    paths = raw_values(mail, "Return-Path")
    says_report = tried(mail.get_content_type, "") == "multipart/report"
    return (
        says_report
        or "<>" in {path.strip() for path in paths}
        or any(daemon in value.lower() for value in raw_values(mail, "From") for daemon in _DAEMONS)
    )


def _word(mail: EmailMessage, header: str) -> str:
    """The header's first word, without parameters and comments, in lower case."""
    values = raw_values(mail, header)
    return values[0].partition(";")[0].partition("(")[0].strip().lower() if values else ""
