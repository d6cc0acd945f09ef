import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from hearthpress.sample import letterbox, post_office
from hearthpress.sample.letterbox import keep, letter, letters
from hearthpress.sample.post_office import open_office


def make_message(
    to: str = "tess@example.org", subject: str = "Your code", text: str = "Your code is 123456."
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "editors@example.org", to, subject
    message.set_content(text)
    return message


def send(port: int, *messages: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for message in messages:
            smtp.send_message(message)


def test_letter_that_was_sent_lies_in_the_box(tmp_path: Path) -> None:
    with open_office(tmp_path) as port:
        send(port, make_message(), make_message("tom@example.net", "Für Sie", "Grüße — “ja”"))

    found = letters(tmp_path)

    assert [(each.to, each.subject, each.text.strip()) for each in found] == [
        ("tom@example.net", "Für Sie", "Grüße — “ja”"),
        ("tess@example.org", "Your code", "Your code is 123456."),
    ]
    assert letter(tmp_path, found[0].key) == found[0]


def test_letter_to_the_refused_domain_comes_back(tmp_path: Path) -> None:
    with open_office(tmp_path) as port, pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(port, make_message("nobody@Bounces.example"))

    assert refused.value.recipients["nobody@Bounces.example"][0] == 550
    assert letters(tmp_path) == []


def test_letter_that_is_too_large_is_refused(tmp_path: Path) -> None:
    text = "A long letter.\n" * (post_office.LARGEST // 10)

    with open_office(tmp_path) as port, pytest.raises(smtplib.SMTPResponseException) as refused:
        send(port, make_message(text=text))

    assert refused.value.smtp_code == 552
    assert letters(tmp_path) == []


def test_box_keeps_only_the_newest_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letterbox, "KEPT", 3)

    for number in range(5):
        keep(tmp_path, make_message(subject=str(number)).as_bytes())

    assert [each.subject for each in letters(tmp_path)] == ["4", "3", "2"]


def test_letters_to_one_address_are_found(tmp_path: Path) -> None:
    for to in ("tess@example.org", "tom@example.net", "Tess@example.org"):
        keep(tmp_path, make_message(to).as_bytes())

    assert [each.to for each in letters(tmp_path, " tess@example.org ")] == ["Tess@example.org", "tess@example.org"]


@pytest.mark.parametrize("key", ["", "..", "../secret-key", "0" * 19, "0" * 19 + "-" + "a" * 12 + "/x"])
def test_key_leads_to_no_other_file(tmp_path: Path, key: str) -> None:
    (tmp_path / f"{'0' * 19}.eml").write_bytes(make_message().as_bytes())

    assert letter(tmp_path, key) is None
