"""The words of a document, and nothing else."""

from collections.abc import Iterable

from hearthpress.documents.inline import Node
from hearthpress.documents.schema import Block, Document

WORDS_A_MINUTE = 238  # silent reading of English prose: Brysbaert 2019, doi:10.1016/j.jml.2019.104047


def plain_text(document: Document) -> str:
    """The words of a checked document: blocks apart by an empty line, items and hard breaks by a line end.

    What is said about a quote (its attributes) is no part of it; a related line is its title.
    """
    return "\n\n".join(block_text(block) for block in document["content"])


def block_text(block: Block) -> str:
    """The words of one block."""
    kind = block["type"]
    if kind == "related":
        return str(block["attrs"]["title"])
    if kind in ("paragraph", "heading"):
        return inline_text(block["content"])
    between = "\n" if kind.endswith("_list") else "\n\n"
    return between.join(block_text(child) for child in block["content"])


def inline_text(nodes: Iterable[Node]) -> str:
    """The words of a paragraph's nodes."""
    return "".join("\n" if node["type"] == "hard_break" else node["text"] for node in nodes)


def count_words(document: Document) -> int:
    """How many words the document has: runs of characters between white space."""
    return len(plain_text(document).split())
