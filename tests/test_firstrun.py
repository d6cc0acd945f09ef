"""`hearthpress init`: what it sets up, and what it says no to, in one line and with the right exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hearthpress import cli
from hearthpress.agreements.models import RateCard
from hearthpress.common.errors import BadValue, Sentence
from hearthpress.firstrun import FirstRun, first_run, read
from hearthpress.mail.models import Letter
from hearthpress.masthead.models import Masthead, Section
from hearthpress.people.models import Person
from hearthpress.submissions.models import Call

NEEDED = ("init", "--name", "The Hall Light", "--owner", "owner@example.org")


def asked(*options: str) -> FirstRun:
    return read(cli.parser().parse_args([*NEEDED, *options]))


@pytest.mark.django_db
def test_the_first_run_makes_a_magazine_with_a_call_and_an_owner() -> None:
    first_run(asked("--section", "Keeping", "--section", "日本=japan", "--per-thousand", "7.50", "--cap", "0"))

    assert Masthead.current().letters_from == "owner@example.org"
    assert list(Section.objects.values_list("name", "slug")) == [("Keeping", "keeping"), ("日本", "japan")]
    card = Call.objects.get().rate_card
    assert (card.kind, card.per_thousand, card.cap, card.window_days) == ("per_view", 750, 0, 30)
    assert Person.objects.get().roles == {"owner"}
    assert Letter.objects.get().to == "owner@example.org"


@pytest.mark.django_db
def test_a_flat_fee_is_taken_in_the_magazines_currency() -> None:
    first_run(asked("--flat", "5000", "--currency", "jpy"))

    card = RateCard.objects.get()
    assert (card.kind, card.flat, card.currency) == ("flat", 5000, "JPY")


@pytest.mark.django_db
def test_a_second_first_run_is_refused_as_no_bad_value() -> None:
    first_run(asked())

    with pytest.raises(Sentence, match="already") as refused:
        first_run(asked())

    assert not isinstance(refused.value, BadValue)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--section", "日本"], "Latin letters"),
        (["--section", "Home", "--section", "home!"], "same web address"),
        (["--section", "Home", "--section", "Home"], "same web address"),
        (["--section", "Home=a b"], "slug"),
        (["--section", "日本=日本"], "slug"),
        (["--section", "=home"], "blank"),
        (["--section", "x" * 81], "80 characters"),
        (["--window-days", "-5"], "1 to 3650"),
        (["--window-days", "0"], "1 to 3650"),
        (["--window-days", "3651"], "1 to 3650"),
        (["--per-thousand", "0"], "too little"),
        (["--per-thousand", "-6"], "too little"),
        (["--per-thousand", "1e999999999"], "--per-thousand"),
        (["--cap", "-1"], "below nothing"),
        (["--cap", "0.001"], "not an amount of USD"),
        (["--cap", "NaN"], "not an amount"),
        (["--cap", "Infinity"], "not an amount"),
        (["--flat", "0"], "too little"),
        (["--flat", "ten"], "not an amount"),
        (["--currency", "XQQ"], "no currency"),
        (["--time-zone", "Atlantis"], "no time zone"),
        (["--time-zone", "../etc"], "no time zone"),
        (["--time-zone", "America"], "no time zone"),
        (["--tagline", "x" * 201], "200 characters"),
        (["--letters-from", "nobody"], "email"),
        (["--owner", "nobody"], "not an e-mail address"),
        (["--owner", "x" * 250 + "@example.org"], "not an e-mail address"),
        (["--name", ""], "blank"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_in_one_sentence(options: list[str], said: str) -> None:
    with pytest.raises(BadValue, match=said):
        asked(*options)


def hearthpress(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    urls = {"DATABASE_URL": "", "VIEWS_DATABASE_URL": "", "HEARTHPRESS_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "hearthpress.cli", *arguments],
        env={**os.environ, **urls},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_bad_value_exits_2_and_a_second_run_exits_1_each_with_one_line(tmp_path: Path) -> None:
    bad = hearthpress(tmp_path, *NEEDED, "--window-days", "-5")
    untouched = not (tmp_path / "hearthpress.sqlite3").exists()
    first = hearthpress(tmp_path, *NEEDED)
    second = hearthpress(tmp_path, *NEEDED)

    assert (bad.returncode, bad.stderr.count("\n"), bad.stdout) == (2, 1, "")
    assert "--window-days" in bad.stderr
    assert untouched
    assert first.returncode == 0, first.stderr
    assert (second.returncode, second.stderr.count("\n")) == (1, 1)
    assert "already" in second.stderr


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_no_processes_to_serve_with_are_refused(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        cli.parser().parse_args(["serve", "--workers", number])

    assert refused.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
