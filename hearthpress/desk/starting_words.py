"""A fair text to begin each decision's words with. An editor makes it their own before it goes."""

from django.utils.translation import gettext as _

from hearthpress.submissions.enums import DecisionKind


def starting_words(kind: str) -> str:
    """Words for a decision of this kind: true of any story, without a promise that is not ours to make.

    The letter around them says what was decided and what comes next.
    """
    return _WORDS[DecisionKind(kind)]()


def to_fill_in() -> str:
    """The place that an editor has to fill in; a letter never goes out with it."""
    return _("[Say here what you would like to see changed.]")


def _accept() -> str:
    return _("Thank you for trusting us with this story. We would be glad to bring it to our readers.")


def _decline() -> str:
    return _(
        "This is a decision about what our pages need just now. It is no judgement of what you lived through, nor of "
        "you as a writer."
    )


def _revise() -> str:
    return "\n\n".join(
        [
            _("These are the changes that we have in mind:"),
            to_fill_in(),
            _("None of this is an order. If you see it differently, please tell us."),
        ]
    )


def _pass() -> str:
    return _("We think that it is read with more attention there. You need do nothing for it.")


_WORDS = {
    DecisionKind.ACCEPT: _accept,
    DecisionKind.DECLINE: _decline,
    DecisionKind.REVISE: _revise,
    DecisionKind.PASS: _pass,
}
