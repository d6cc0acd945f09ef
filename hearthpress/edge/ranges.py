"""Parts of a body: RFC 9110, 14. Only one range at a time; a list of them gets the whole, which is allowed."""

import re

_ONE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class BadRange(ValueError):
    """The range begins after the end (416)."""


def one_range(header: str, length: int) -> tuple[int, int] | None:
    """The first and the last byte asked for; None where the whole is sent. Raises BadRange."""
    found = _ONE.fullmatch(header.replace(" ", ""))
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        if int(last) == 0:
            raise BadRange(header)
        return max(0, length - int(last)), length - 1
    begin, end = int(first), min(int(last or length - 1), length - 1)
    if begin >= length:
        raise BadRange(header)
    return None if last and int(last) < begin else (begin, end)
