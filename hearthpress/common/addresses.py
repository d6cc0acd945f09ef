"""Where a request comes from, behind proxies of ours: pure functions that know no Django."""

import re
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any

# Most addresses are written in this form, which is the short one already: no need to take them apart.
_PART = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_SHORT = re.compile(rf"{_PART}(?:\.{_PART}){{3}}")


def address_of(peer: str, forwarded_for: str, trusted_proxies: int) -> str:
    """The client's full address behind `trusted_proxies` proxies of ours, each of which adds one to X-Forwarded-For.

    What stands further left in the header was written by the client and is not believed. Where the header is shorter
    than it should be, or the place holds no address, the client came by another way: the peer's own address counts.
    """
    if trusted_proxies < 1:
        return _address(peer) or peer
    chain = forwarded_for.rsplit(",", trusted_proxies)
    named = chain[-trusted_proxies].strip() if len(chain) >= trusted_proxies else ""
    return _address(named) or _address(peer) or peer


def client_of(meta: Mapping[str, Any], trusted_proxies: int) -> str:
    """The same, read from a request's META."""
    peer, forwarded_for = meta.get("REMOTE_ADDR") or "", meta.get("HTTP_X_FORWARDED_FOR") or ""
    return address_of(str(peer), str(forwarded_for), trusted_proxies)


def _address(text: str) -> str:
    """An IP address in its one short form, without a port: IPv4 inside IPv6 as IPv4. "" when it is none."""
    if _SHORT.fullmatch(text):
        return text
    bare = re.sub(r"^\[([^]]*)\](?::\d+)?$|^([\d.]+):\d+$", r"\1\2", text.strip())
    try:
        address = ip_address(bare)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
