"""One request to another server."""

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit


def ask(method: str, address: str, headers: Mapping[str, str], body: bytes = b"", *, timeout: float) -> int:
    """The status of the answer, within `timeout` seconds a step; follows nowhere, and reads nothing else.

    Raises OSError or http.client.HTTPException when there is no answer.
    """
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request(method, path, body or None, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()
