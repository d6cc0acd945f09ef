"""A mail taken apart: its text, and what is attached to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import compat32
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthpress.documents.text import clean, one_line
from hearthpress.mail.guarded import tried
from hearthpress.mail.html import MAX_HTML, html_to_text
from hearthpress.mail.quoting import unflowed

MAX_PARTS, MAX_DEPTH = 200, 10
MAX_ATTACHMENTS = 20
MAX_TEXT = 1_000_000  # characters
MAX_NAME = 120

# A mail may name any codec, and some of Python's are no character sets, or slow.
_CHARACTER_SET = re.compile(
    r"(?:utf|us-ascii|ascii|iso|latin|windows|cp|koi8|gb|big5|shift|sjis|euc|mac|tis|hz|ks_c)[\w.:-]*", re.ASCII
)
# What is declared as these is Windows-1252 in truth: https://encoding.spec.whatwg.org/#names-and-labels
_WINDOWS = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1"}
_MEDIA_TYPE = re.compile(r"[a-z0-9][\w.+-]{0,60}/[a-z0-9][\w.+-]{0,60}", re.ASCII)
_PACKED_BY_OUTLOOK = {"application/ms-tnef", "application/vnd.ms-tnef"}
_UNSHOWN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


@dataclass(frozen=True)
class Attachment:
    """A file, as the mail names it: neither name nor media type is proved."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Contents:
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()


def take_apart(mail: EmailMessage) -> Contents:
    """Text, attachments, and a note for each thing that was left out. What is no text of the mail is attached to it."""
    parts, notes = _parts(mail)
    texts = [part for part in parts if _is_text(part)]
    files = [part for part in parts if not _is_text(part)]
    html = "\n".join(_decoded(part) for part in texts if _media_type(part) == "text/html")
    plain = "\n\n".join(words for words in map(_plain, texts) if words.strip())
    text = plain or html_to_text(html)
    cut = _cut() if len(text) > MAX_TEXT or (not plain and len(html) > MAX_HTML) else ()
    attachments, left_out = _attachments(files)
    return Contents(text[:MAX_TEXT].strip("\n"), html, attachments, (*notes, *cut, *left_out))


def _parts(mail: EmailMessage) -> tuple[list[EmailMessage], tuple[str, ...]]:
    """What is no container of other parts, in reading order; a mail within the mail is one part."""
    found: list[EmailMessage] = []
    waiting, seen, is_whole = [(mail, 0)], 0, True
    while waiting and seen < MAX_PARTS:
        part, depth = waiting.pop()
        seen += 1
        inner = _inner(part)
        if not inner:
            found.append(part)
        elif depth < MAX_DEPTH:
            waiting += [(child, depth + 1) for child in reversed(inner)]
        else:
            is_whole = False
    if waiting or not is_whole:
        return found, (_("The mail has more parts than we read. The rest was left out."),)
    return found, ()


def _inner(part: EmailMessage) -> list[EmailMessage]:
    is_container = _main_type(part) == "multipart" and part.is_multipart()
    return cast("list[EmailMessage]", part.get_payload()) if is_container else []


def _is_text(part: EmailMessage) -> bool:
    """Whether the part is shown as the mail's own words. A container without parts is text that lost its frame."""
    if tried(part.get_content_disposition, None) == "attachment" or _given_name(part):
        return False
    return _media_type(part) in {"text/plain", "text/html"} or _main_type(part) == "multipart"


def _media_type(part: EmailMessage) -> str:
    """As it is declared. The library says text where nothing is declared that can be one."""
    declared = tried(part.get_content_type, "")
    return declared if _MEDIA_TYPE.fullmatch(declared) else "application/octet-stream"


def _main_type(part: EmailMessage) -> str:
    return _media_type(part).partition("/")[0]


def _plain(part: EmailMessage) -> str:
    """The words of a part that is plain text, and "" of another."""
    if _media_type(part) == "text/html":
        return ""
    text = _decoded(part)
    if tried(lambda: str(part.get_param("format", "")).lower(), "") != "flowed":
        return text
    return unflowed(text, delete_space=tried(lambda: str(part.get_param("delsp", "")).lower(), "") == "yes")


def _decoded(part: EmailMessage) -> str:
    """The part's words in the character set that it names, or else in the one that fits."""
    data, charset = _data(part), tried(lambda: str(part.get_content_charset("")), "")
    declared = "cp1252" if charset in _WINDOWS else charset if _CHARACTER_SET.fullmatch(charset) else "utf-8"
    for name in (declared, "utf-8-sig"):
        try:
            return clean(data.decode(name))
        except (UnicodeError, LookupError):
            continue
    return clean(data.decode("cp1252", "replace"))


def _data(part: EmailMessage) -> bytes:
    """The part's bytes. A mail within the mail is written out again."""
    if part.is_multipart():
        return b"\n".join(_written_out(inner) for inner in cast("list[EmailMessage]", part.get_payload()))
    return tried(lambda: cast("bytes", part.get_payload(decode=True)), b"") or b""


def _written_out(mail: EmailMessage) -> bytes:
    return tried(lambda: mail.as_bytes(policy=compat32), b"")


def _attachments(files: Sequence[EmailMessage]) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """The first twenty, and notes that name the others."""
    named = [(_name(part, number), part) for number, part in enumerate(files, start=1)]
    packed = [part for name, part in named if _is_packed(name, part)]
    kept = [(name, part) for name, part in named if not _is_packed(name, part)]
    attachments = tuple(Attachment(name, _media_type(part), _data(part)) for name, part in kept[:MAX_ATTACHMENTS])
    return attachments, (*_packed(packed), *_too_many([name for name, _part in kept[MAX_ATTACHMENTS:]]))


def _is_packed(name: str, part: EmailMessage) -> bool:
    return _media_type(part) in _PACKED_BY_OUTLOOK or name.lower() == "winmail.dat"


def _packed(parts: Sequence[EmailMessage]) -> tuple[str, ...]:
    if not parts:
        return ()
    return (
        _(
            "Outlook packed what was attached into a file called winmail.dat, which only Outlook can open. It was left "
            "out. Please attach the files once more, in a mail that is sent as plain text or HTML."
        ),
    )


def _too_many(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    sentence = ngettext(
        "One more file than the %(most)s that we take was attached. It was left out: %(names)s.",
        "%(count)s more files than the %(most)s that we take were attached. They were left out: %(names)s.",
        len(names),
    )
    return (sentence % {"most": MAX_ATTACHMENTS, "count": len(names), "names": ", ".join(names)},)


def _cut() -> tuple[str, ...]:
    return (_("The mail's text is longer than a million characters. What comes after them was left out."),)


def _given_name(part: EmailMessage) -> str:
    """The file's own name without folders, and without marks that turn a name around on the screen."""
    given = _UNSHOWN.sub("", one_line(tried(lambda: str(part.get_filename() or ""), "")))
    name = re.split(r"[/\\]", given)[-1].strip()
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= MAX_NAME else f"{stem[: MAX_NAME - 20]}{dot}{ending[:19]}"


def _name(part: EmailMessage, number: int) -> str:
    if name := _given_name(part):
        return name
    unnamed = _("mail %(number)s.eml") if _media_type(part) == "message/rfc822" else _("file %(number)s")
    return unnamed % {"number": number}
