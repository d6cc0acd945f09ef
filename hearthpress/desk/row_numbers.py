"""Row numbers that come back through a browser."""

DIGITS = 18  # the most that a row's number has: more would not fit into the database's integers


def row_number(text: str) -> int | None:
    """The number that `text` says; None for what is no row's number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
