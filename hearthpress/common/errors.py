"""Errors that are told to people."""


class Sentence(Exception):
    """What went wrong, as one plain sentence for the person who asked."""
