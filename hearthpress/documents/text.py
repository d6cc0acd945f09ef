"""Characters and addresses: what may stand in a document at all."""

import re

MAX_ADDRESS = 2000

# What no page, feed or database can hold or show: control characters, the byte order mark, Unicode's noncharacters.
_NEVER_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?"
_PART = r"(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*"
_WEB = re.compile(
    rf"https?://(?P<host>{_HOST})(?::(?:[1-5]\d{{4}}|\d{{1,4}}))?(?:[/?]{_PART})?(?:#{_PART})?", re.IGNORECASE
)
_MAIL = re.compile(rf"mailto:[a-z0-9._+-]{{1,64}}@(?P<host>{_HOST})(?:\?{_PART})?", re.IGNORECASE | re.ASCII)

_ADDRESS_CHARACTER = r"[^\s<>\[\]\"“”«»\\*_]"
BARE_ADDRESS = rf"(?<!\w)https?://{_ADDRESS_CHARACTER}+(?:[*_]+{_ADDRESS_CHARACTER}+)*"
_BARE_ADDRESS = re.compile(BARE_ADDRESS, re.IGNORECASE)
# Marks that end a sentence or close a bracket around an address rather than belong to it.
_AFTER_ADDRESS = ".,;:!?'’…"


def clean(source: str) -> str:
    """The same words with one kind of line end and without characters that nothing can show. Never raises."""
    if _SURROGATE.search(source):
        source = source.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    source = _LINE_END.sub("\n", source).replace("\u2029", "\n\n")
    source = re.sub("[\x1c-\x1f]", " ", source)
    return _NEVER_SHOWN.sub("", source)


def one_line(value: str) -> str:
    """`value` cleaned, on one line, without white space at its ends."""
    return re.sub(r"[\t\n]+", " ", clean(value)).strip()


def squeezed(value: str) -> str:
    """`value` without any white space: what is compared where no word may be lost."""
    return "".join(value.split())


def safe_address(href: str) -> bool:
    """Whether `href` is an http, https or mailto address that a page may link to.

    Stricter than RFC 3986 (a named ASCII host, no user name), so that every address also pass the W3C checker.
    """
    if len(href) > MAX_ADDRESS:
        return False
    match = _WEB.fullmatch(href) or _MAIL.fullmatch(href)
    return match is not None and _is_host(match["host"])


def safe_web_address(href: str) -> bool:
    """Whether `href` is a safe address of a page."""
    return safe_address(href) and not href.lower().startswith("mailto:")


def bare_address(text: str) -> str:
    """The address that `text` begins with, without the sentence's own marks; "" when there is none."""
    match = _BARE_ADDRESS.match(text)
    if match is None:
        return ""
    address = match[0].rstrip(_AFTER_ADDRESS)
    unclosed = address.count(")") - address.count("(")
    while unclosed > 0 and address.endswith(")"):
        address = address[:-1].rstrip(_AFTER_ADDRESS)
        unclosed -= 1
    return address if safe_address(address) else ""


def _is_host(host: str) -> bool:
    if len(host) > 253 or any(len(label) > 63 for label in host.split(".")):
        return False
    try:
        host.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return True
