"""A text without what says who wrote it, for those who read it before they may know whose it is.

Too much is hidden rather than too little: every web address, e-mail address and handle, whoever it belongs to; the
writer's names, whole and word by word, in any case, with or without accents, through marks that begin or end inside
them; the closing note. A name that is a word of every day too, such as Grace or Mother, is hidden where it is written
with a capital letter, since a text without those words could not be read.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category, combining, normalize

from hearthpress.documents import inline
from hearthpress.documents.inline import Line, Node
from hearthpress.documents.passages import Span, kept, replaced_line
from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import Block, Document
from hearthpress.documents.walk import changed

SHORTEST_WORD = 3  # of a name, by itself; a name is hidden whole however short it is
SHORTEST_GLUED = 7  # letters of a name that is looked for inside of longer words too, as in "iamwilmawriter"
SHORTEST_TOKEN = 4
LONGEST_TOKEN = 60

# A picture may show who wrote it.
_NEVER_SHOWN = ("signature", "figure")
_NOT_IN_NAMES = r"[^\W_]"  # a letter or digit: before and after a name there is none
# Domains that are no English words, in any case; those that are, only as addresses are typed.
_DOMAINS = "com|org|net|io|info|biz|blog|example|edu|gov|eu|uk|ca|au|nz|ie|de|fr|es|nl|ch|se|dk|fi|pl|br|mx|jp|tv|xyz"
_TYPED_DOMAINS = "me|co|us|it|at|in|be|no|to|is|site|online|store|shop|art|app|dev|page|link|club|life|live|world|news"
_ADDRESS = re.compile(
    rf"""
      [a-zA-Z][a-zA-Z0-9+.-]{{1,19}}://\S+
    | (?:(?i:mailto):)?[\w.+%'’-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
    | (?<!\w)[@＠]\w[\w.-]{{1,{LONGEST_TOKEN}}}(?:@[\w-]+(?:\.[\w-]+)+)?
    | (?<![\w.@-])(?i:www)\.\S+
    | (?<![\w.@-])(?:[\w-]{{1,63}}\.)+(?:(?i:{_DOMAINS})|{_TYPED_DOMAINS})(?![\w@])(?:[/?\#:]\S*)?
    """,
    re.VERBOSE,
)
_AFTER_ADDRESS = ".,;:!?'’…)]»”\""
# Where somebody's name is the first part of their page's address.
_ELSEWHERE = "facebook|instagram|ko-fi|linktr|medium|patreon|pinterest|substack|threads|tiktok|tumblr|twitter|youtube"
_HANDLE = re.compile(
    rf"(?<!\w)[@＠](\w[\w.-]{{1,{LONGEST_TOKEN}}})|\b(?:{_ELSEWHERE})\.\w+/@?(\w[\w.-]{{1,{LONGEST_TOKEN}}})",
    re.IGNORECASE,
)

# Names that are words as well, and words that pen names and addresses are made of.
_WORDS_TOO = frozenset(
    """a an and anonymous april art august autumn aunt baby baker ben bill bird black blue bright brook brother brown
    buck carol chance chase child contact cook daisy dad dark daughter dawn dear den dick do dolly don drew earl editor
    ember eve faith family father fern field finn fisher for forest fox frank friend gene girl glen good grace grant
    gray green grey grieving guy hall happy harmony has haven hazel he hello heather her hill his holly home honey hope
    house hunter in info iris is ivy jack jade jay jean jewel joy june just kay king lady lane lily little long love
    mail man mark mason mat max may me melody mercy merry mia miles mom moon mother mrs mum my nana nick night nobody
    not of office old olive one opal page parent pat patience peace pearl penny pepper person price ray reader red rich
    rob robin rock rose ruby rusty ruth sad sage sandy secret see she short sister sky some somebody someone son star
    still stone storm story street sue summer sunny team teddy that the tired tony true trudy two uncle victor viola
    violet wade walker was we week wells west white who widow wife will willow winter with woman wood woods write writer
    writing you young your""".split()  # noqa: SIM905  words in a row are easier to read
)


class Labels(NamedTuple):
    """What stands in the place of what is hidden: a name, an address, the note about the writer at the end."""

    name: str
    address: str
    about: str


class Redactor:
    """Takes out of texts what says that a person with these names wrote them.

    `tokens` are handles and the like, each hidden as a whole wherever it stands by itself.
    """

    def __init__(self, names: Iterable[str], tokens: Iterable[str], labels: Labels) -> None:
        self._labels = labels
        whole = [folded for name in names if (folded := fold(name)[0].strip())]
        self._pattern = _pattern_of(whole, tokens)
        self._begins = re.compile("|".join(map(_phrase, whole))) if whole else None

    def words(self, text: str) -> str:
        """The text without names and addresses."""
        return kept(text, 0, self._spans(text))

    def document(self, document: Document) -> Document:
        """The document without names, addresses, links, pictures and whatever note closes it."""
        blocks = changed(document, lambda block: None if block["type"] in _NEVER_SHOWN else block)["content"]
        hidden = [self._block(block) for block in blocks]
        last = max((number for number, block in enumerate(blocks) if block_text(block)), default=0)
        if last and self._is_about_writer(blocks[last]):
            hidden[last] = {"type": "paragraph", "content": [{"type": "text", "text": self._labels.about}]}
        return {**document, "content": hidden}

    def _is_about_writer(self, block: Block) -> bool:
        """Whether a closing paragraph begins with the writer's name, as the notes do that say where somebody lives."""
        if self._begins is None or block["type"] == "gentle":
            return False
        return bool(self._begins.match(fold(block_text(block))[0].lstrip()))

    def _block(self, block: Block) -> Block:
        kind = block["type"]
        if kind == "related":
            return {**block, "attrs": {"title": self.words(block["attrs"]["title"]), "story": ""}}
        if kind == "scene_break":
            return block
        if kind in ("paragraph", "heading"):
            return {**block, "content": self._nodes(block["content"])}
        hidden = {**block, "content": [self._block(child) for child in block["content"]]}
        if kind == "gentle":
            return {**hidden, "attrs": {"says": self.words(block["attrs"]["says"])}}
        return {**hidden, "attrs": self._said_of_quote(block["attrs"])} if kind == "quote" else hidden

    def _said_of_quote(self, attrs: dict[str, str]) -> dict[str, str]:
        """Its page and who permitted it are never needed for reading; people quote themselves too."""
        return {name: self.words(value) for name, value in attrs.items()} | {"permalink": "", "permission": ""}

    def _nodes(self, nodes: Iterable[Node]) -> list[Node]:
        return inline.content([self._line(line) for line in inline.lines(nodes)])

    def _line(self, line: Line) -> Line:
        """The line as one text: a name is found even where only half of it is in italics."""
        spans = self._spans("".join(run.text for run in line))
        return replaced_line([run._replace(href="") for run in line], spans)

    def _spans(self, text: str) -> list[Span]:
        """What is hidden of the text, in order; no two of them overlap."""
        spans = [Span(first, end, self._labels.address) for first, end in _addresses(text)]
        taken = {place for span in spans for place in range(span.first, span.end)}
        names = (Span(first, end, self._labels.name) for first, end in self._names(text))
        return sorted([*spans, *(span for span in names if taken.isdisjoint(range(span.first, span.end)))])

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        if self._pattern is None:
            return
        folded, places = fold(text)
        for match in self._pattern.finditer(folded):
            first, end = places[match.start()], places[match.end() - 1] + 1
            if match.lastgroup == "word" and match[0] in _WORDS_TOO and text[first:end].islower():
                continue
            yield _whole_token(text, first, end) if match.lastgroup == "glued" else (first, end)


def handles(text: str) -> Iterator[str]:
    """The names that somebody has elsewhere, as in "@quill" and "instagram.com/quill"."""
    for match in _HANDLE.finditer(text):
        yield (match[1] or match[2]).rstrip(_AFTER_ADDRESS)


def fold(text: str) -> tuple[str, list[int]]:
    """The text in small letters, without accents and signs that nobody sees; and for each letter its place in `text`.

    Typographic apostrophes are typed ones.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        kept = _folded(character)
        letters.append(kept)
        places += [place] * len(kept)
    return "".join(letters), places


@cache
def _folded(character: str) -> str:
    if character in "’‘ʼ＇":
        return "'"
    parts = normalize("NFKD", character).casefold()
    return "".join(part for part in parts if not combining(part) and category(part) != "Cf")


def _pattern_of(whole: Sequence[str], tokens: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern over folded text; which of its groups matched says what was found."""
    several = {phrase for name in whole for phrase in _phrases(_words(name))}
    single = {name for name in whole if len(_words(name)) == 1}
    single |= {word for name in whole for word in _parts(name) if len(word) >= _shortest(word)}
    folded = {fold(token)[0].strip("._-") for token in tokens}
    single |= {token for token in folded if len(token) >= SHORTEST_TOKEN}
    inside = [name for name in several | single - _WORDS_TOO if len("".join(_words(name))) >= SHORTEST_GLUED]
    groups = {
        "phrase": [_bounded(_phrase(name), name) for name in _longest_first(several)],
        "glued": [_glued(name) for name in _longest_first(inside)],
        "word": [_bounded(re.escape(word), word) for word in _longest_first(single)],
    }
    written = [f"(?P<{name}>{'|'.join(ways)})" for name, ways in groups.items() if ways]
    return re.compile("|".join(written)) if written else None


def _words(name: str) -> list[str]:
    return re.findall(rf"{_NOT_IN_NAMES}+(?:'{_NOT_IN_NAMES}+)*", name)


def _phrases(words: list[str]) -> Iterator[str]:
    """The whole name, and what people shorten it to: two words side by side, the first and the last."""
    if len(words) > 1:
        yield " ".join(words)
    for pair in (*pairwise(words), (words[0], words[-1])) if len(words) > 2 else ():
        if not _WORDS_TOO.issuperset(pair):
            yield " ".join(pair)


def _parts(name: str) -> set[str]:
    """The words of a name; "o'hara" is hidden as "hara" too."""
    return {part for word in _words(name) for part in (word, *word.split("'"))}


def _phrase(name: str) -> str:
    return r"[\W_]{0,3}".join(map(re.escape, _words(name))) or re.escape(name)


def _glued(name: str) -> str:
    return "[._-]?".join(map(re.escape, _words(name)))


def _bounded(pattern: str, name: str) -> str:
    """Where letters are large and small, words stand apart; a possessive's s may follow. Other scripts glue words."""
    if not _has_case(name):
        return pattern
    return rf"(?<!{_NOT_IN_NAMES}){pattern}(?=(?:'?s)?(?!{_NOT_IN_NAMES}))"


def _has_case(text: str) -> bool:
    return any(letter.lower() != letter.upper() for letter in text)


def _shortest(word: str) -> int:
    return SHORTEST_WORD if _has_case(word) else 2


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for match in _ADDRESS.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(_AFTER_ADDRESS))


def _whole_token(text: str, first: int, end: int) -> tuple[int, int]:
    """The span, with the letters and digits that it is glued to."""
    before = re.search(r"[\w.-]*$", text[max(0, first - LONGEST_TOKEN) : first])
    after = re.match(r"\w*", text[end : end + LONGEST_TOKEN])
    return first - len(before[0] if before else ""), end + len(after[0] if after else "")
