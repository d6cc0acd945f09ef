"""Where words were said in public: the platforms and occasions that a text names."""

import re

_PLATFORMS = ("Instagram", "Twitter", "Facebook", "TikTok", "YouTube", "Bluesky", "Substack", "Snapchat", "LinkedIn",
              "Reddit", "Tumblr")  # fmt: skip
_BY_LOWER = {name.lower(): name for name in _PLATFORMS}
_NAMED = "|".join(_PLATFORMS)
_POST = r"post|posts|story|stories|caption|video|live|account|page|feed|message|statement|update|reel|thread"
_TWEETED = re.compile(r"\b(?:re)?tweeted\b", re.IGNORECASE)
_TWEET = re.compile(r"\b(?:re)?tweet(?:s|ed|ing)?\b", re.IGNORECASE)

# Said there, not only spoken of: "on Instagram", "in her Facebook post", "an Instagram story".
_SAID_THERE = re.compile(
    rf"\b(?:on|to|via|in|through)\s+(?:[\w’'-]+\s+){{0,3}}(?P<on>{_NAMED})\b|\b(?P<of>{_NAMED})\s+(?:{_POST})\b"
    r"|\bon\s+(?-i:(?P<x>X|Threads))\b",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\bin\s+(?P<what>(?:an?|his|her|their|the)\s+(?:[\w’'-]+\s+){0,2}"
    r"(?:statement|interview|press release|podcast|newsletter|blog post|open letter|speech))\b",
    re.IGNORECASE,
)
_MENTION = re.compile(rf"\b(?:{_NAMED})\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:posts?|posted|wrote|written|shared|announced|tweet(?:s|ed)?|caption(?:ed)?|messages?|videos?|statement|revealed"
    r"|said|told|published|interview|took to|opened up)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(r"^(?:his|her|their|the)\b", re.IGNORECASE)


def said_there(outside: str) -> str:
    """The one source to which a paragraph ties the words quoted in it; "" for none, or for more than one.

    `outside` is the paragraph without the quoted words. That somebody tweeted weighs more than any other mention.
    """
    if _TWEETED.search(outside):
        return "Twitter"
    found = {_name(match) for match in _SAID_THERE.finditer(outside)}
    found |= {_occasion(match) for match in _OCCASION.finditer(outside)}
    found |= {"Twitter"} if _TWEET.search(outside) else set()
    return found.pop() if len(found) == 1 else ""


def published_in(outside: str) -> str:
    """The one source that a paragraph names while telling of something published there, else ""."""
    mentioned = {_BY_LOWER[match[0].lower()] for match in _MENTION.finditer(outside)}
    mentioned |= {"Twitter"} if _TWEET.search(outside) else set()
    source = mentioned.pop() if len(mentioned) == 1 else "" if mentioned else said_there(outside)
    return source if source and _PUBLISHED.search(outside) else ""


def _name(match: re.Match[str]) -> str:
    name = match["on"] or match["of"] or match["x"]
    return _BY_LOWER.get(name.lower(), name)


def _occasion(match: re.Match[str]) -> str:
    """ "her first interview" is told as "a first interview" beside a name."""
    what = " ".join(match["what"].split())
    noun = _OWNED.sub("", what).strip()
    article = "an" if noun[0].lower() in "aeiou" else "a"
    return f"{article} {noun}" if _OWNED.match(what) else what.lower()
