import pytest

from hearthpress.mail.incoming import read_mail
from tests.mail.mails import make_mail

TO = "editors@example.org"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; owner=x"),
        ("Auto-Submitted", "AUTO-NOTIFIED (by a machine)"),
        ("Precedence", "Bulk"),
        ("Precedence", "list"),
        ("Return-Path", "<>"),
        ("List-Id", "A list <list.example.org>"),
        ("X-Autoreply", "yes"),
        ("From", "Mail Delivery System <MAILER-DAEMON@example.org>"),
        ("Content-Type", "multipart/report; report-type=delivery-status; boundary=b"),
    ],
)
def test_mail_of_a_machine_is_known(header: str, value: str) -> None:
    text = None if header == "Content-Type" else "I am away."
    mail = make_mail(text, **{"to": TO, header.replace("-", "_"): value})

    assert read_mail(mail.as_bytes()).automatic


@pytest.mark.parametrize(
    ("header", "value"),
    [("Auto-Submitted", "no"), ("Precedence", "normal"), ("Return-Path", "<ada@example.org>"), ("Subject", "Re: bulk")],
)
def test_mail_of_a_person_is_not_taken_for_a_machines(header: str, value: str) -> None:
    mail = make_mail(**{"to": TO, header.replace("-", "_"): value})

    assert not read_mail(mail.as_bytes()).automatic
