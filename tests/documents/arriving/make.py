"""Makes data/story.docx and data/story.odt from data/story.fodt: python tests/documents/arriving/make.py

The two files are kept with the tests, so that nobody needs LibreOffice to run them. LibreOffice reads the flat source,
in which everything stands that a writer's document may hold, and saves it as it saves any document.
"""

import subprocess
import tempfile
from pathlib import Path

DATA = Path(__file__).parent / "data"


def make(kind: str, source: str = "story.fodt") -> None:
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", kind, DATA / source,
             "--outdir", DATA],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    make("odt")
    make("docx:MS Word 2007 XML")
