"""Errors that are told to people."""


class Sentence(Exception):
    """What went wrong, as one plain sentence for the person who asked."""


class BadValue(Sentence):
    """A value that was typed cannot be used; the message says which, and what would do."""
