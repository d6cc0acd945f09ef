"""What a page depends on besides the database: another release of the program begins with no stored page."""

import hashlib
from pathlib import Path

from django.conf import settings

OURS = Path(__file__).resolve().parent.parent
KINDS = ("*.py", "*.html", "*.xml", "*.txt", "*.mo")


def release() -> str:
    """A digest of our code and templates as they lie on the disk, of the static files' names, and of the settings that
    pages show. By size and time, because reading all of them would be a tenth of a start."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(path for kind in KINDS for path in OURS.rglob(kind)):
        digest.update(path.relative_to(OURS).as_posix().encode())
        found = path.stat()
        digest.update(f"{found.st_size} {found.st_mtime_ns}".encode())
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    digest.update(manifest.read_bytes() if manifest.exists() else b"")
    told = (settings.PUBLIC_ADDRESS, settings.LANGUAGE_CODE, settings.CDN_SECONDS)
    digest.update(repr(told).encode())
    return digest.hexdigest()
