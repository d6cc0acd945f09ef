"""Reading mails: what people's programs send, and what nobody's does."""

import random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from hearthpress.mail import incoming
from hearthpress.mail.incoming import MAX_BYTES, IncomingMessage, read_mail
from tests.mail.mails import make_mail, raw, with_files

TO = "editors@example.org"


def read(**headers: str) -> IncomingMessage:
    return read_mail(make_mail(**{"to": TO, **headers}).as_bytes())


def test_mail_is_read_with_who_wrote_to_whom_about_what() -> None:
    message = read(In_Reply_To="<our-letter@example.org>", Cc="Grace <Grace@Example.org>")

    assert (message.sender, message.sender_name) == ("ada@example.org", "Ada Lovelace")
    assert message.recipients == (TO, "grace@example.org")
    assert (message.subject, message.text.strip()) == ("Your question", "It was raining.")
    assert (message.message_id, message.in_reply_to) == ("<one@example.org>", "<our-letter@example.org>")
    assert not message.automatic
    assert message.notes == ()


def test_answer_is_told_by_its_references_too() -> None:
    assert read(References="<first@example.org> <second@example.org>").in_reply_to == "<second@example.org>"


def test_names_in_other_alphabets_are_read() -> None:
    mail = raw("From: =?iso-2022-jp?B?GyRCOzNFRBsoQg==?= <h@example.org>", "Subject: =?utf-8?q?caf=C3=A9?=", "", "x")

    message = read_mail(mail)

    assert (message.sender, message.sender_name, message.subject) == ("h@example.org", "山田", "café")


def test_recipients_are_told_by_the_post_office_first() -> None:
    message = read_mail(make_mail(to=TO, Delivered_To="mailbox@example.org").as_bytes(), ["handed-over@example.org"])

    assert message.recipients == ("handed-over@example.org", "mailbox@example.org", TO)


def test_all_of_many_recipients_are_read() -> None:
    many = ", ".join(f"Reader {number} <reader{number}@example.org>" for number in range(90))

    assert len(read(Cc=many).recipients) == 91


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "nobody",
        "Ada <>",
        "Ada <ada@example.org",
        '"ada@example.org" <@>',
        "undisclosed: ;",
        "ada@example.org\x00",
        "a" * 300 + "@example.org",
        "(" * 3000,
    ],
)
def test_sender_that_is_not_told_clearly_is_nobody(sender: str) -> None:
    message = read_mail(raw(f"From: {sender}", "To: editors@example.org", "", "x"))

    assert message.sender in {"", "ada@example.org"}
    assert message.text == "x"


def test_address_in_the_name_of_another_is_not_the_sender() -> None:
    assert read(From='"ada@example.org" <eve@example.net>').sender == "eve@example.net"


def test_mail_from_two_is_from_nobody() -> None:
    mail = raw("From: ada@example.org", "From: eve@example.net", "To: editors@example.org", "", "x")

    assert read_mail(mail).sender == ""


def test_mail_in_latin_1_that_is_windows_in_truth_keeps_its_quotation_marks() -> None:
    mail = b'From: a@example.org\r\nContent-Type: text/plain; charset="iso-8859-1"\r\n\r\n\x93It\x92s raining\x94'

    assert read_mail(mail).text == "“It’s raining”"


@pytest.mark.parametrize("charset", ["x-no-such", "rot13", "idna", "zip", "undefined", '"; drop', "utf-8\x00"])
def test_mail_in_a_character_set_that_is_none_is_read_as_well_as_can_be(charset: str) -> None:
    mail = (
        b"From: a@example.org\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\nIt\xe2\x80\x99s raining"
    )

    assert read_mail(mail).text == "It’s raining"


def test_text_holds_nothing_that_a_database_refuses() -> None:
    message = read_mail(b"From: a@example.org\nSubject: a\x00\xffb\n\none\x00two\xed\xa0\x80")

    for words in (message.subject, message.text, message.new_text):
        assert "\x00" not in words
        assert words.encode().decode() == words
    assert message.text.startswith("onetwo")


def test_broken_lines_of_a_flowed_mail_are_put_together() -> None:
    mail = raw("Content-Type: text/plain; format=flowed; delsp=no", "", "It was ", "raining.", "", "All day.")

    assert read_mail(mail).text == "It was raining.\n\nAll day."


def test_quoted_letter_is_told_apart_and_kept() -> None:
    message = read_mail(make_mail("It was 1998.\n\nOn Tuesday Grace wrote:\n> Which year?\n", to=TO).as_bytes())

    assert message.new_text == "It was 1998."
    assert "> Which year?" in message.text


def test_mail_that_is_too_large_is_known_by_its_head() -> None:
    message = read_mail(make_mail(to=TO).as_bytes() + b"x" * MAX_BYTES)

    assert message.too_large
    assert (message.sender, message.subject, message.text) == ("ada@example.org", "Your question", "")
    assert message.notes == ("The mail is larger than 25 MB. It was not opened.",)


@pytest.mark.parametrize(
    "knot",
    [
        b"\n" * (2 * incoming.MAX_LINES + 1),
        b"\r" * (2 * incoming.MAX_LINES + 1),
        b"\n--b" * (incoming.MAX_SEPARATORS + 1),
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * (incoming.MAX_BOUNDARIES + 1),
        b"Content-Type: multipart/mixed; BOUNDARY*0*=b\n\n--b\n" * (incoming.MAX_BOUNDARIES + 1),
        b"Content-Type: message/rfc822\n\n" * 2000,
    ],
)
def test_mail_that_would_hold_up_a_parser_is_known_by_its_head(knot: bytes) -> None:
    message = read_mail(b"From: ada@example.org\nSubject: A knot\n" + knot)

    assert (message.sender, message.subject) == ("ada@example.org", "A knot")
    assert message.notes == ("The mail is put together in a way that we do not open.",)


def test_header_is_read_as_far_as_any_mail_needs_it() -> None:
    message = read_mail(b"From: ada@example.org\nSubject: " + b"=?utf-8?q?" * 100_000 + b"\n\nx")

    assert len(message.subject) <= 200
    assert message.text == "x"


MAIL = with_files(
    make_mail("It was raining.\n\nOn Tuesday Grace wrote:\n> Which year?\n", to=TO), ["a.docx"]
).as_bytes()
ALTERNATIVE = raw(
    "From: =?utf-8?b?w4Q=?= <ada@example.org>",
    "Auto-Submitted: no",
    "Content-Type: multipart/alternative; boundary*0=in; boundary*1=side",
    "",
    "--inside",
    "Content-Type: text/plain; charset=utf-16; format=flowed",
    "Content-Transfer-Encoding: base64",
    "",
    "//5hAA==",
    "--inside",
    "Content-Type: message/rfc822",
    "",
    "Subject: within",
    "Content-Disposition: attachment; filename*=utf-8''%e4%b8",
    "",
    "x",
    "--inside--",
)


@hypothesis(max_examples=300)
@given(st.binary(max_size=600))
def test_reading_what_is_no_mail_never_raises(data: bytes) -> None:
    check(read_mail(data))


@hypothesis(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([MAIL, ALTERNATIVE]), st.integers(0, 2**32), st.integers(1, 12))
def test_reading_what_was_a_mail_never_raises(mail: bytes, seed: int, times: int) -> None:
    data, chance = bytearray(mail), random.Random(seed)
    for _ in range(times):
        place, length = chance.randrange(len(data)), chance.choice([0, 1, 1, 3, 40])
        data[place : place + length] = chance.choice(
            [b"", b"\n", b"\xff", b"\x00", b'"', b"(", b"=?", b";", b"<", b"\n--inside\n", data[place : place + 80] * 2]
        )

    check(read_mail(bytes(data)))


def check(message: IncomingMessage) -> None:
    """All of it can be kept in a row, whatever the mail was."""
    names = [word for file in message.attachments for word in (file.name, file.media_type)]
    for words in [message.sender, message.sender_name, message.subject, message.text, message.html, *names]:
        assert "\x00" not in words
        assert words.encode().decode() == words
    assert all("\n" not in word for word in [message.sender_name, message.subject, *message.recipients, *names])
    assert all(isinstance(file.data, bytes) for file in message.attachments)
    assert len(message.message_id) <= 255
    assert len(message.sender) <= 254
