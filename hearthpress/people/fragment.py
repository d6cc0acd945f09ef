"""The private fragment: what a signed-in person sees on a public page beyond what everybody sees.

The page itself knows nobody. Each workplace says which links it has for a person there; the script of the page fetches
them when the marker says that somebody is signed in.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

MOST_LETTERS = 400  # of a path that is looked up; ours are shorter


class Link(NamedTuple):
    """`is_near`: it is about the very page that is shown, and so stands first."""

    url: str
    name: str
    is_near: bool = False


# Asked with the request and the public page that it is about (None for an address that is none of ours).
Offer = Callable[[HttpRequest, ResolverMatch | None], Iterator[Link]]

_offers: list[Offer] = []


def offers(offer: Offer) -> Offer:
    """Register what a workplace has to offer; called in AppConfig.ready()."""
    if offer not in _offers:
        _offers.append(offer)
    return offer


def links_for(request: HttpRequest, path: str) -> list[Link]:
    """The links for whoever is signed in, on the public page at `path`."""
    shown = page_at(path)
    links = [link for offer in _offers for link in offer(request, shown)]
    return sorted(links, key=lambda link: not link.is_near)


def page_at(path: str) -> ResolverMatch | None:
    """The page that an address leads to; None for one that is none of ours."""
    if not path.startswith("/") or len(path) > MOST_LETTERS:
        return None
    try:
        return resolve(path)
    except (Resolver404, ValueError):
        return None
