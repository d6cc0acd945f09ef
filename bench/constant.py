"""One constant answer on the same server, to compare the fast path with. Its parts stand in BENCH_ANSWER (JSON)."""

import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

_said = json.loads(Path(os.environ["BENCH_ANSWER"]).read_text())
_status: int = _said["status"]
_headers = [(name, value) for name, value in _said["headers"]]
_body = b64decode(_said["body"])


async def application(_scope: Any, http: Any) -> None:
    if _status in {204, 304}:
        http.response_empty(_status, _headers)
    else:
        http.response_bytes(_status, _headers, _body)
