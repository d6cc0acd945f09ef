"""The sample's masthead, subjects, words for letters, rate cards and call, as an owner would set them up."""

from typing import Any

from hearthpress.agreements.enums import PayKind
from hearthpress.agreements.models import RateCard
from hearthpress.care.models import HelpLine, Subject
from hearthpress.masthead.actions import set_up
from hearthpress.masthead.models import Masthead
from hearthpress.submissions.enums import CallState
from hearthpress.submissions.models import Call, LetterTemplate


def load_magazine(about: dict[str, Any]) -> Call:
    """Set the magazine up, and open its call for submissions."""
    _masthead(about)
    for position, subject in enumerate(about["subjects"]):
        _subject(subject, position)
    for subject in about["subjects"]:
        apart = Subject.objects.filter(slug__in=subject.get("never_beside", []))
        Subject.objects.get(slug=subject["slug"]).never_beside.add(*apart)
    for words in about["letter_words"]:
        _letter_words(words)
    cards = {card["slug"]: _rate_card(card, about["currency"]) for card in about["rate_cards"]}
    return _call(about["call"], cards)


def _masthead(about: dict[str, Any]) -> Masthead:
    values = {name: about[name] for name in ("name", "tagline", "time_zone", "currency", "language")}
    values |= {"letters_from": about["contact"], "payout_threshold": about["payout"]["threshold_minor"]}
    return set_up(values, about["sections"])


def _subject(about: dict[str, Any], position: int) -> None:
    subject = Subject.objects.create(
        slug=about["slug"],
        name=about["name"],
        content_note=about["note"],
        of_loss=about.get("of_loss", False),
        cooling_hours=about.get("cooling_hours", 0),
        position=position,
    )
    for line in about["help_lines"]:
        contact = f"{line['phone']}, {line['hours']}"
        help_line = HelpLine.objects.create(name=line["name"], contact=contact, verified_on=line["verified"])
        help_line.subjects.add(subject)


def _letter_words(about: dict[str, Any]) -> None:
    subject = Subject.objects.get(slug=about["subject"]) if "subject" in about else None
    words = about["words"].strip()
    LetterTemplate.objects.create(name=about["name"], kind=about["kind"], subject=subject, words=words)


def _rate_card(about: dict[str, Any], currency: str) -> RateCard:
    if about["kind"] == "flat":
        return RateCard.objects.create(
            name=about["name"], kind=PayKind.FLAT, currency=currency, flat=about["amount_minor"]
        )
    return RateCard.objects.create(
        name=about["name"],
        kind=PayKind.PER_VIEW,
        currency=currency,
        per_thousand=about["amount_minor"],
        cap=about["cap_minor"],
        window_days=about["window_days"],
    )


def _call(about: dict[str, Any], cards: dict[str, RateCard]) -> Call:
    return Call.objects.create(
        title=about["title"],
        slug=about["slug"],
        guidelines=f"{about['standfirst']}\n\n{about['guidelines'].strip()}",
        rights=about["rights"].strip(),
        what_happens=about["what_happens"].strip(),
        rate_card=cards[about["rate_card"]],
        reply_days=about["reply_days"],
        state=CallState.OPEN,
    )
