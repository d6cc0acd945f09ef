"""Parts of a body: RFC 9110, 14. Only one range at a time; a list of them gets the whole, which is allowed."""

import re

_ONE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class BadRange(ValueError):
    """The range begins after the end (416)."""


def one_range(header: str, length: int) -> tuple[int, int] | None:
    """The first and the last byte asked for; None where the whole is sent. Raises BadRange."""
    found = _ONE.fullmatch(header.replace(" ", ""))
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        if int(last) == 0 or length == 0:
            raise BadRange(header)
        return max(0, length - int(last)), length - 1
    if last and int(last) < int(first):  # no range at all: 14.1.1
        return None
    begin, end = int(first), min(int(last or length), length - 1)
    if begin >= length:
        raise BadRange(header)
    return begin, end
