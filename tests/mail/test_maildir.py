"""A maildir, and the command as a post office's pipe runs it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from hearthpress.common.errors import Sentence
from hearthpress.mail import maildir, routes
from hearthpress.mail.addresses import signed_address
from hearthpress.mail.incoming import MAX_BYTES
from hearthpress.mail.maildir import take_mail_dir, take_maildir, take_stream
from hearthpress.mail.models import IncomingMail
from hearthpress.mail.routes import register
from tests.factories import make_masthead
from tests.mail.mails import STORY, make_mail


@pytest.fixture
def folder(db: None, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_masthead()
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(routes, "_routes", {})
    register("story", lambda message, key, row: message.text.strip())
    for name in ("tmp", "new"):
        (tmp_path / "mail" / name).mkdir(parents=True)
    return tmp_path / "mail"


def put(folder: Path, name: str, data: bytes) -> None:
    (folder / "new" / name).write_bytes(data)


def names(folder: Path, within: str) -> list[str]:
    return sorted(path.name for path in (folder / within).iterdir())


def test_what_is_new_is_taken_and_moved(folder: Path) -> None:
    put(folder, "2.host", make_mail("Two.").as_bytes())
    put(folder, "1.host", make_mail("One.").as_bytes())
    (folder / "tmp" / "3.host").write_bytes(b"half a mail")

    count = take_maildir(folder), take_maildir(folder)

    assert count == (2, 0)
    assert [mail.became for mail in IncomingMail.objects.all()] == ["One.", "Two."]
    assert (names(folder, "new"), names(folder, "cur")) == ([], ["1.host:2,S", "2.host:2,S"])
    assert names(folder, "tmp") == ["3.host"]


def test_mail_whose_move_was_cut_off_is_moved_and_not_taken_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(path: Path, target: Path) -> None:
        raise Killed

    put(folder, "1.host", make_mail().as_bytes())
    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(Killed):
        take_maildir(folder)
    monkeypatch.undo()
    assert (names(folder, "new"), IncomingMail.objects.count()) == (["1.host"], 1)

    take_maildir(folder)

    assert (names(folder, "new"), names(folder, "cur")) == ([], ["1.host:2,S"])
    assert IncomingMail.objects.count() == 1


def test_mail_stays_new_while_the_database_is_away(folder: Path) -> None:
    def take(*_: object) -> str:
        raise OperationalError("the database is away")

    register("story", take)
    put(folder, "1.host", make_mail().as_bytes())

    with pytest.raises(OperationalError):
        take_maildir(folder)

    assert names(folder, "new") == ["1.host"]


def test_what_is_no_file_or_was_taken_by_another_holds_up_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "new" / "0.folder").mkdir()
    put(folder, "1.host", make_mail("One.").as_bytes())
    put(folder, "2.host", make_mail("Two.").as_bytes())
    taken_by_another = maildir.take_mail

    def take(data: bytes, recipients: object) -> object:
        (folder / "new" / "1.host").unlink(missing_ok=True)
        return taken_by_another(data, recipients)

    monkeypatch.setattr(maildir, "take_mail", take)

    assert take_maildir(folder) == 1
    assert names(folder, "cur") == ["2.host:2,S"]
    assert "waits" in caplog.text
    caplog.clear()


def test_folder_that_is_no_maildir_is_said_plainly(folder: Path) -> None:
    with pytest.raises(Sentence, match="is no maildir"):
        take_maildir(folder / "new")


def test_worker_takes_from_the_maildir_of_the_settings(folder: Path, settings: object) -> None:
    put(folder, "1.host", make_mail().as_bytes())

    settings.MAIL_DIR = ""
    assert take_mail_dir() == 0
    settings.MAIL_DIR = str(folder)
    assert take_mail_dir() == 1


def test_stream_is_read_to_its_end_and_kept_as_far_as_is_taken(folder: Path) -> None:
    stream = io.BytesIO(make_mail().as_bytes() + b"x" * (MAX_BYTES + 3_000_000))

    take_stream(stream)

    assert stream.read() == b""
    assert IncomingMail.objects.get().why.startswith("It is larger than 25 MB")


def hearthpress(*arguments: str, mail: bytes = b"", **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "hearthpress.cli", *arguments]
    return subprocess.run(command, input=mail, env={**os.environ, **environment}, capture_output=True, check=False)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A magazine of its own, on SQLite."""
    environment = {
        "HEARTHPRESS_HOME": str(tmp_path_factory.mktemp("home")),
        "DATABASE_URL": "",
        "VIEWS_DATABASE_URL": "",
        "REDIS_URL": "",
        "SECRET_KEY": "k" * 50,
    }
    done = hearthpress(
        *("init", "--name", "The Hall Light", "--owner", "owner@example.org", "--letters-from", "editors@example.org"),
        **environment,
    )
    assert done.returncode == 0, done.stderr
    return environment


def test_command_takes_what_a_pipe_brings(home: dict[str, str], settings: object, db: None) -> None:
    make_masthead()
    settings.SECRET_KEY = home["SECRET_KEY"]
    mail, garbage = make_mail(to=signed_address(*STORY)).as_bytes(), b"\xff\x00 no mail"

    done = [hearthpress("take-mail", mail=data, **home) for data in (mail, mail, garbage, b"")]

    assert [(one.returncode, one.stdout, one.stderr) for one in done] == [(os.EX_OK, b"", b"")] * 4
    kept = list((Path(home["HEARTHPRESS_HOME"]) / "media" / "incoming").iterdir())
    assert garbage in [path.read_bytes() for path in kept]


def test_command_takes_what_is_new_in_a_maildir(home: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    put(tmp_path, "1.host", b"Subject: In a maildir\n\nx")

    done = hearthpress("take-mail", "--maildir", str(tmp_path), **home)

    assert (done.returncode, done.stdout) == (os.EX_OK, b"Mails taken: 1.\n")
    assert names(tmp_path, "cur") == ["1.host:2,S"]


def test_post_office_is_told_to_come_again_while_the_database_is_away(home: dict[str, str], tmp_path: Path) -> None:
    away = {**home, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}

    done = hearthpress("take-mail", mail=b"Subject: x\n\nx", **away)

    assert done.returncode == os.EX_TEMPFAIL
    assert done.stderr.startswith(b"hearthpress take-mail: ")
    assert done.stderr.count(b"\n") == 1
