"""Whether a user agent is a person's browser or a program. Writers are paid by the answer: a doubt goes to the writer.

The order of the rules: 1. an agent that is empty or absurd; 2. robots that give their name, by whole words; 3. what
only a person's browser says; 4. broad patterns; 5. a browser says which device it runs on, and what says nothing of
the kind is a program. Rules 2 and 4 do not look at the place where Android writes the name of the phone, because nobody
is a robot by the make of the phone; rule 4 leaves out other names, too, that only sound like a robot.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

# Real agents end well before this; the rest of a longer one is not read, so that no agent costs much time.
LONGEST = 512
ROBOTS = Path(__file__).parent / "robots"


class Verdict(NamedTuple):
    """`rule` says in a few words which rule decided, for the writer who asks."""

    kind: Literal["person", "robot"]
    rule: str


Phrase = tuple[str, ...]


def judge_agent(user_agent: str) -> Verdict:
    """A person's browser or a program, by the first 512 characters of the User-Agent header."""
    return _judge(user_agent[:LONGEST])


def judge_file(path: str | Path) -> Iterator[str]:
    """Lines "person<TAB>rule<TAB>agent" for a file with one user agent a line. Raises OSError.

    Bytes that are no UTF-8 are replaced: agents come from logs, and logs hold anything.
    """
    with Path(path).open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for line in lines:
            agent = line.rstrip("\r\n")
            yield "\t".join((*judge_agent(agent), agent))


@lru_cache(maxsize=8192)
def _judge(agent: str) -> Verdict:
    without_model = _MODEL.sub(";", agent)
    robot = _absurd(agent) or _declared(without_model)
    if robot:
        return Verdict("robot", robot)
    person = _first(_PEOPLE, agent)
    if person:
        return Verdict("person", person)
    robot = _first(_BROAD, _LOOK_ALIKES.sub(" ", without_model))
    if robot:
        return Verdict("robot", robot)
    device = _DEVICE.search(agent)
    return Verdict("person", f"browser: {device[0].lower()}") if device else Verdict("robot", "names no device")


def _absurd(agent: str) -> str:
    if not agent.strip():
        return "empty"
    if not re.search(r"[A-Za-z]", agent):
        return "absurd: no letter in it"
    if re.search(r"[\x00-\x08\x0a-\x1f]", agent):
        return "absurd: control characters"
    attack = _ATTACK.search(agent)
    return f"absurd: {attack[0].lower()}" if attack else ""


def _declared(agent: str) -> str:
    words = re.findall(r"[a-z0-9]+", agent.lower())
    phrases = _phrases()
    for place, word in enumerate(words):
        for phrase in phrases.get("^" + word, ()) if place == 0 else ():
            if _stands(phrase, words, 0):
                return f"declared: {' '.join(phrase)}"
        for phrase in phrases.get(word, ()):
            if _stands(phrase, words, place):
                return f"declared: {' '.join(phrase)}"
    return ""


def _stands(phrase: Phrase, words: list[str], place: int) -> bool:
    return tuple(words[place : place + len(phrase)]) == phrase


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], agent: str) -> str:
    for name, pattern in rules:
        found = pattern.search(agent)
        if found:
            return f"{name}: {_word_around(found).lower()[:40]}"
    return ""


def _word_around(found: re.Match[str]) -> str:
    """What was found with the rest of its word before it: "bot" in "FooBot/1.0" gives "FooBot"."""
    before = re.search(r"[\w.!-]{0,40}$", found.string[max(0, found.start() - 40) : found.start()])
    return (before[0] if before else "") + found[0].strip()


@cache
def _phrases() -> dict[str, list[Phrase]]:
    """The declared robots by their first word, which has a "^" where the agent must begin with it."""
    counter = (row.split("\t") for row in (ROBOTS / "counter.tsv").read_text("utf-8").splitlines())
    names = [words for _pattern, use, words in counter if use == "declared"]
    names += [line for line in (ROBOTS / "ours.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
    by_first_word: dict[str, list[Phrase]] = {}
    for name in names:
        by_first_word.setdefault(name.split()[0], []).append(tuple(name.removeprefix("^").split()))
    return by_first_word


def _any(words: str, before: str = "", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(words.split())}){after}", re.IGNORECASE)


# Signs of somebody trying doors: script, SQL, template and look-up injection.
_ATTACK = _any(r"""<script <img <svg <iframe <\? <!-- \$\{ pg_sleep \(select\s load_file /etc/passwd \.\./\.\.""")

# Where Android writes the name of the phone.
_MODEL = re.compile(r"Android[ /-]?[\d.]*;[^;()]*|;[^;()]* Build/[^;()]*", re.IGNORECASE)

# Browsers inside the apps that people follow a link from, and browsers made for reading in a terminal.
_PEOPLE = (
    (
        "in an app",
        _any(
            r"""FB(?:AN|AV|IOS|SV|BV)/ FB_IAB/ MetaIAB Instagram.\d Barcelona.\d Pinterest/(?:iOS|Android)
            DuckDuckGo/ GSA/ MicroMessenger/ Line/ KAKAOTALK NAVER\( Snapchat[/\s]\d LinkedInApp musical_ly
            BytedanceWebview trill_ Twitter.for TwitterAndroid Flipboard/ Ecosia""",
            before=r"\b",
        ),
    ),
    ("text browser", re.compile(r"^(?:E?Links[ /(]|Lynx/|w3m/|(?:NCSA|VMS).Mosaic/)", re.IGNORECASE)),
)

# Names of phones, apps and browsers in which a broad pattern would see a robot.
_LOOK_ALIKES = _any(
    r"""cubot andersson camscanner mozacfetch technology%20preview https?://(?:www\.)?(?:bsalsa|xbmc|qtweb)\.\w+"""
)

# The name of a robot ends so, or says what the program does; an address is there to complain to.
_BROAD = (
    ("sounds like a robot", _any("bots? spiders? sipder crawl(?:er|ers|ing)? scraper archiver", after="(?![a-z])")),
    (
        "does a program's work",
        _any(
            r"""fetch(?:er)? check(?:er)? link.?check scann?(?:er|ing)? monitor(?:ing)? validat(?:or|ion) parser agent
            indexer preview synthetics? headless harvester grabber sniffer probe audit(?:or)? analy[sz]er transcoder
            http.?client virus.detector webhook download.?(?:er|manager) aggregator subscribers? healthchecks?""",
            after="(?![a-z])",
        ),
    ),
    ("reads feeds", re.compile(r"(?<![a-z])(?:rss|feed)|rss(?![a-z])", re.IGNORECASE)),
    ("a library", _any("libwww libcurl python perl java.?http curl wget http.?kit", "(?<![a-z])", "(?![a-z])")),
    ("a program of Google's", re.compile(r"\bGoogle-[A-Z]|[a-z]-Google\b")),
    ("gives an address", re.compile(r"https?:|\bwww\.|[\w.+-]@[a-z][\w-]{0,60}\.[a-z]", re.IGNORECASE)),
)

# What a browser runs on: systems, devices, and browsers that were on one kind of device only.
_DEVICE = _any(
    r"""Windows Macintosh Mac.OS Mac_PowerPC X11 Linux Android iPhone iPad iPod CrOS Darwin AppleTV Tizen Web0S webOS
    hpwOS Smart-?TV HbbTV NetCast InettvBrowser Roku CrKey DTV Viera Vizio AQUOS KreaTV CE-HTML AFT\w+; TV; KAIOS
    Mobile; PlayStation PS[345]Application PS[34]\) Nintendo Xbox Symbian SymbOS Series.?[346]0 BlackBerry BB10
    PlayBook MIDP J2ME Brew MAUI MRE/ UP.Browser UCBrowser UCWEB WAP.?Browser NetFront Polaris Obigo Teleca Nokia
    SonyEricsson SAMSUNG LG[E/-] MOT- DoCoMo KDDI SoftBank Vodafone Palm Bada MeeGo Maemo Sailfish OpenHarmony
    HarmonyOS Fuchsia BeOS Haiku Amiga MorphOS OS/2 RISC.OS SunOS (?:Free|Open|Net)BSD Syllable Inferno CYGWIN macOS
    iOS watchOS Dalvik Sonos QuickTime MSIE Win\d\d GoogleApp Microsoft.(?:Office|Outlook|Pocket) Mobile.Safari
    Version/[\d.]+.Safari/ rv:[\d.]+\).Gecko/ jig.browser Astro; YouView Hybridcast""",
    before="(?<![a-z])",
)
