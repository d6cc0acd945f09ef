"""The names under which this installation answers."""

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def is_our_host(host: str) -> bool:
    """Whether a Host header, with or without a port, names us (ALLOWED_HOSTS)."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
