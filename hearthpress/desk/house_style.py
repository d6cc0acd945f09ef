"""The house's style in words: what each rule is called and what it looks for, and what it found, rule by rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from hearthpress.documents.style import RULES, Finding
from hearthpress.editing.wording import place_name

MOST = 100  # findings of a rule on one page; "all of this rule" takes the others too

# For each rule its name and what it looks for.
ABOUT = {
    "dashes": (_("Dashes"), _("A hyphen between spaces becomes a dash, of the kind that the text has already.")),
    "ellipsis": (_("Ellipses"), _("Three dots become the one sign.")),
    "spaces": (_("Spaces"), _("Several spaces in a row become one.")),
    "quotes": (_("Quotation marks"), _("Straight marks become those of the text’s language.")),
    "apostrophes": (_("Apostrophes"), _("Straight apostrophes and single marks become curly.")),
    "headline": (_("Headline"), _("A headline and headings are in sentence case.")),
    "cheerful": (
        _("Words beside grief"),
        _("Words that comfort nobody, where a story is of loss. They are only shown."),
    ),
    "long": (_("Long sentences"), _("Sentences of more than 40 words. They are only shown.")),
}


@dataclass(frozen=True)
class RuleFound:
    """What one rule found; `shown` are the first of it."""

    key: str
    found: list[Finding]

    @property
    def name(self) -> str:
        return str(ABOUT[self.key][0])

    @property
    def about(self) -> str:
        return str(ABOUT[self.key][1])

    @property
    def can_mend(self) -> bool:
        return self.found[0].replacement is not None

    @property
    def shown(self) -> list[tuple[str, Finding, str, str]]:
        """Each with its place, what goes and what comes, spaces made visible."""
        return [
            (place_name(one.place), one, _visible(one.words), _visible(one.replacement or ""))
            for one in self.found[:MOST]
        ]

    @property
    def more(self) -> int:
        return max(0, len(self.found) - MOST)


def _visible(words: str) -> str:
    return words.replace(" ", "␣")


def rule_choices() -> list[tuple[str, str]]:
    """Each rule for the switches of the magazine."""
    return [(rule, str(ABOUT[rule][0])) for rule in RULES]


def by_rule(findings: Iterable[Finding]) -> list[RuleFound]:
    """The findings by their rules, of those that found something."""
    found: dict[str, list[Finding]] = {rule: [] for rule in RULES}
    for finding in findings:
        found[finding.rule].append(finding)
    return [RuleFound(rule, those) for rule, those in found.items() if those]


def chosen_of(rules: Iterable[RuleFound], findings: Iterable[str], whole: Iterable[str]) -> dict[str, list[str]]:
    """The keys of what was ticked, by the names of their rules: one by one, or all that a rule found."""
    ticked, all_of = set(findings), set(whole)
    chosen = {
        rule.name: [finding.key for finding in rule.found if rule.key in all_of or finding.key in ticked]
        for rule in rules
        if rule.can_mend
    }
    return {name: keys for name, keys in chosen.items() if keys}
