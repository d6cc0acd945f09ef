"""What is in a mail: its text, its files, and what is said about the rest."""

from email.message import EmailMessage

import pytest

from hearthpress.mail.contents import MAX_TEXT
from hearthpress.mail.html import MAX_HTML
from hearthpress.mail.incoming import IncomingMessage, read_mail
from tests.mail.mails import make_mail, raw, with_files

TO = "editors@example.org"


def read(mail: EmailMessage) -> IncomingMessage:
    return read_mail(mail.as_bytes())


def names(message: IncomingMessage) -> list[str]:
    return [file.name for file in message.attachments]


def test_files_are_kept_with_name_media_type_and_bytes() -> None:
    message = read(with_files(make_mail(to=TO), ["story.docx"], "application/msword"))

    (file,) = message.attachments
    assert (file.name, file.media_type, file.data) == ("story.docx", "application/msword", b"the bytes of story.docx")
    assert message.text == "It was raining."


def test_thirty_files_are_twenty_and_the_names_of_ten() -> None:
    message = read(with_files(make_mail(to=TO), [f"photo-{number}.jpg" for number in range(30)], "image/jpeg"))

    assert names(message) == [f"photo-{number}.jpg" for number in range(20)]
    (note,) = message.notes
    assert "10 more files than the 20" in note
    assert all(f"photo-{number}.jpg" in note for number in range(20, 30))


def test_one_file_too_many_is_named() -> None:
    (note,) = read(with_files(make_mail(to=TO), [f"{number}.txt" for number in range(21)])).notes

    assert note == "One more file than the 20 that we take was attached. It was left out: 20.txt."


@pytest.mark.parametrize(
    ("name", "media_type"), [("winmail.dat", "application/ms-tnef"), ("WINMAIL.DAT", "application/octet-stream")]
)
def test_what_outlook_packed_is_not_opened_and_said_so(name: str, media_type: str) -> None:
    message = read(with_files(make_mail(to=TO), [name, "story.docx"], media_type if "tnef" in media_type else "a/b"))
    if "tnef" not in media_type:
        assert names(message) == ["story.docx"]

    (note,) = message.notes
    assert "winmail.dat, which only Outlook can open" in note


def test_mail_without_text_is_its_html_without_the_marks() -> None:
    mail = make_mail(None, to=TO)
    mail.set_content(
        "<html><head><title>T</title><style>p { color: red }</style></head><body><p>It was <b>raining</b>.</p>"
        "<div>All&nbsp;day &amp; night.<br>Yes.</div><script>alert(1)</script><img src='https://example.org/p.gif'>",
        subtype="html",
    )

    message = read(mail)

    assert [line.replace("\xa0", " ").replace("*", "") for line in message.text.split("\n") if line] == [
        "It was raining.",
        "All day & night.",
        "Yes.",
    ]
    assert "<b>raining</b>" in message.html


def test_text_wins_over_its_html() -> None:
    mail = make_mail("The plain words.", to=TO)
    mail.add_alternative("<p>The marked words.</p>", subtype="html")

    message = read(mail)

    assert message.text == "The plain words."
    assert "The marked words." in message.html
    assert message.attachments == ()


def test_empty_text_beside_html_is_not_taken_for_the_mail() -> None:
    mail = make_mail("\n \n", to=TO)
    mail.add_alternative("<p>The marked words.</p>", subtype="html")

    assert read(mail).text == "The marked words."


def test_mail_of_nothing_but_a_file_has_no_text() -> None:
    mail = make_mail(None, to=TO)
    mail.make_mixed()

    message = read(with_files(mail, ["story.odt"]))

    assert (message.text, message.new_text, names(message)) == ("", "", ["story.odt"])


def test_words_around_a_picture_are_one_text() -> None:
    mail = with_files(make_mail("Before.", to=TO), ["photo.jpg"], "image/jpeg")
    after = EmailMessage()
    after.set_content("After.")
    mail.attach(after)

    message = read(mail)

    assert message.text.split() == ["Before.", "After."]
    assert names(message) == ["photo.jpg"]


def test_text_file_is_attached_and_no_part_of_the_text() -> None:
    mail = make_mail("Here it is.", to=TO)
    mail.add_attachment("Once.", filename="story.txt", disposition="inline")

    message = read(mail)

    assert (message.text, names(message)) == ("Here it is.", ["story.txt"])


def test_forwarded_mail_is_one_file() -> None:
    within = with_files(make_mail("Within.", to=TO, Subject="The first"), ["inner.docx"])
    mail = make_mail("See below.", to=TO)
    mail.add_attachment(within)

    message = read(mail)

    (file,) = message.attachments
    assert (message.text, file.name, file.media_type) == ("See below.", "mail 1.eml", "message/rfc822")
    assert read_mail(file.data).subject == "The first"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("filename*=utf-8''caf%C3%A9.docx", "café.docx"),
        ('filename*0="a long "; filename*1=name.docx', "a long name.docx"),
        ('filename="=?utf-8?q?caf=C3=A9.docx?="', "café.docx"),
        ('filename="../../etc/passwd"', "passwd"),
        (r'filename="C:\\Users\\ada\\story.docx"', "story.docx"),
        ('filename="cod\u202eexe.docx"', "codexe.docx"),
        (f'filename="{"a" * 300}.docx"', f"{'a' * 100}.docx"),
        ("", "file 1"),
    ],
)
def test_name_of_a_file_is_fit_to_be_shown(header: str, name: str) -> None:
    mail = raw(
        "From: a@example.org", "Content-Type: application/x", f"Content-Disposition: attachment; {header}", "", "x"
    )

    assert names(read_mail(mail)) == [name]


def test_more_parts_than_anybody_sends_are_left_out() -> None:
    parts = [line for number in range(300) for line in ("--b", "", f"Word {number}.")]

    message = read_mail(raw("Content-Type: multipart/mixed; boundary=b", "", *parts, "--b--"))

    assert "Word 198." in message.text
    assert "Word 200." not in message.text
    assert message.notes == ("The mail has more parts than we read. The rest was left out.",)


def test_parts_nested_too_deeply_are_left_out() -> None:
    lines = [f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}" for n in range(15)]

    message = read_mail("\n".join([*lines, "", "Too deep."]).encode())

    assert message.text == ""
    assert message.notes == ("The mail has more parts than we read. The rest was left out.",)


def test_container_that_lost_its_frame_is_text() -> None:
    assert read_mail(b"Content-Type: multipart/mixed\n\nAll that is left.").text == "All that is left."


def test_text_that_is_too_long_is_cut_and_said_so() -> None:
    message = read_mail(b"From: a@example.org\n\n" + b"words " * (MAX_TEXT // 5))

    assert len(message.text) == MAX_TEXT
    assert "longer than a million characters" in message.notes[0]


def test_html_that_is_too_long_is_cut_and_said_so() -> None:
    html = "<p>It was raining.</p>" + "<!-- more -->" * (MAX_HTML // 10)

    message = read_mail(b"From: a@example.org\nContent-Type: text/html\n\n" + html.encode())

    assert message.text == "It was raining."
    assert "longer than a million characters" in message.notes[0]


def test_answer_written_in_html_is_told_from_what_it_quotes() -> None:
    mail = make_mail(None, to=TO)
    mail.set_content(
        "<div>It was 1998.</div><div><div>On Tue, Grace &lt;<a href='mailto:g@example.org'>g@example.org</a>&gt; wrote:"
        "<br></div><blockquote>Which <b>year</b>?</blockquote></div>",
        subtype="html",
    )

    message = read(mail)

    assert message.new_text == "It was 1998."
    assert "Which **year**?" in message.text
