from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.readership.agents import LONGEST, ROBOTS, Verdict, judge_agent, judge_file

DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[str]:
    return (DATA / name).read_text("utf-8").splitlines()


# Programs that say nothing by which anybody could tell them from a person's browser.
KNOWN_MISSES = {agent for agent in lines("robots.txt") if agent.endswith(" Sparkler/0.3")}


def test_no_person_is_taken_for_a_robot() -> None:
    people = lines("people.txt")

    wronged = [agent for agent in people if judge_agent(agent).kind == "robot"]

    print(f"{len(wronged)} of {len(people)} people taken for robots")  # noqa: T201  the rate is the result
    assert len(people) >= 150
    assert wronged == []


def test_few_robots_are_missed_and_each_is_known() -> None:
    robots = lines("robots.txt")

    missed = {agent for agent in robots if judge_agent(agent).kind == "person"}

    print(f"{len(missed)} of {len(robots)} robots missed:", *sorted(missed), sep="\n  ")  # noqa: T201  so is this
    assert len(robots) >= 150
    assert missed == KNOWN_MISSES


@pytest.mark.parametrize(
    ("agent", "rule"),
    [
        ("", "empty"),
        (" \t ", "empty"),
        ("123 / 4.5", "absurd: no letter in it"),
        ("Mozilla/5.0 (X11; Linux\x00)", "absurd: control characters"),
        ("Mozilla/5.0 (X11; Linux x86_64) ${jndi:ldap://x}", "absurd: ${"),
        ("Mozilla/5.0", "names no device"),
        ("python-requests/2.32", "declared: python"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "declared: googlebot"),
        ("Mozilla/5.0 (X11; Linux x86_64) NeverHeardOfBot/1.0", "sounds like a robot: neverheardofbot"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/1 Safari/1 (+https://acme.example)", "gives an address: https:"),
    ],
)
def test_robots_are_known_by_a_rule_that_says_so(agent: str, rule: str) -> None:
    assert judge_agent(agent) == Verdict("robot", rule)


@pytest.mark.parametrize("model", ["CUBOT_X30", "moto g(50)", "M bot 60", "Pioneer E91s", "Titan Pocket", "GOT-W29"])
def test_the_make_of_the_phone_decides_nothing(model: str) -> None:
    agent = (
        f"Mozilla/5.0 (Linux; Android 11; {model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/101.0 Safari/537.36"
    )

    assert judge_agent(agent).kind == "person"
    assert judge_agent(f"{agent} (compatible; SomeBot/1.0)").kind == "robot"


def test_a_declared_robot_wins_over_what_recognises_people() -> None:
    agent = "Mozilla/5.0 (iPhone) [FBAN/FBIOS;FBAV/1.0] facebookexternalhit/1.1"

    assert judge_agent(agent) == Verdict("robot", "declared: facebookexternalhit")


def test_people_in_an_app_win_over_broad_patterns() -> None:
    agent = "Mozilla/5.0 (Linux; Android 14; wv) Instagram 319.0 Android (34/14; Google/google; Pixel 8; feed-reader)"

    assert judge_agent(agent).kind == "person"


def test_declared_robots_are_whole_words() -> None:
    browser = "Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0"

    assert judge_agent(f"{browser} curl/8").rule == "declared: curl"
    assert judge_agent(f"{browser} curling/8").kind == "person"


def test_a_name_that_must_come_first_counts_nowhere_else() -> None:
    assert judge_agent("newspaper/0.2.8").rule == "declared: newspaper"
    assert judge_agent("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Newspaper/3.1").kind == "person"


@given(st.text(max_size=700))
@settings(max_examples=100)
def test_any_text_gets_one_verdict_with_a_rule(agent: str) -> None:
    verdict = judge_agent(agent)

    assert verdict.kind in {"person", "robot"}
    assert 0 < len(verdict.rule) <= 80


@pytest.mark.parametrize(
    "piece", ["a", "-", "bo", "Android 1;", "; ", "http", "a@b", "(", "rss", "Version/1.1.1", "\\."]
)
def test_an_agent_made_to_cost_time_is_judged_all_the_same(piece: str) -> None:
    """A pattern that goes back over the text again and again would not come to an end here."""
    verdict = judge_agent(piece * (100_000 // len(piece)))

    assert verdict.rule


def test_what_stands_after_the_limit_is_not_read() -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0 ".ljust(LONGEST, "x")

    assert judge_agent(f"{agent} Googlebot") == judge_agent(agent)


def test_a_file_is_judged_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "agents.txt"
    file.write_bytes(b"curl/8.9.1\r\n\nMozilla/5.0 (X11; Linux) Firefox/9\xff\n")

    assert list(judge_file(file)) == [
        "robot\tdeclared: curl\tcurl/8.9.1",
        "robot\tempty\t",
        "person\tbrowser: x11\tMozilla/5.0 (X11; Linux) Firefox/9\ufffd",
    ]


def test_every_pattern_of_the_counter_list_is_accounted_for() -> None:
    rows = [row.split("\t") for row in (ROBOTS / "counter.tsv").read_text("utf-8").splitlines()]

    assert len(rows) == len({pattern for pattern, _use, _words in rows}) == 327
    assert {use for _pattern, use, _words in rows} == {"declared", "broad", "left out"}
    assert all(words for _pattern, _use, words in rows)


def test_the_licence_of_the_counter_list_is_kept() -> None:
    assert "Copyright (c) 2018 COUNTER ONLINE METRICS" in (ROBOTS / "counter.LICENSE").read_text("utf-8")
