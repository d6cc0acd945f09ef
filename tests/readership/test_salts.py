import logging
import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as project

from hearthpress.common import clock
from hearthpress.readership import salts
from hearthpress.readership.known_salts import KnownSalts, SaltAway
from hearthpress.readership.redis_salts import RedisSalts
from hearthpress.readership.salts import FileSalts, MemorySalts

ZONE = "America/New_York"
DAY = date(2026, 11, 25)
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 26, 5, tzinfo=UTC)  # of New York, when the day is over
ON_THIS_MACHINE = salts.MEMORY_FOLDERS
REDIS = "redis://127.0.0.1:6379/9"


def redis_salts() -> RedisSalts:
    kept = RedisSalts(REDIS, f"test-{os.getpid()}")
    try:
        kept.client.ping()
    except redis.ConnectionError:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Redis is not running on 127.0.0.1:6379")
    return kept


def test_a_day_of_a_zone_has_one_salt(tmp_path: Path) -> None:
    kept = FileSalts(tmp_path / "salts")

    assert kept.salt(ZONE, DAY) == FileSalts(tmp_path / "salts").salt(ZONE, DAY)
    assert len({kept.salt(ZONE, DAY), kept.salt("Asia/Tokyo", DAY), kept.salt(ZONE, date(2026, 11, 26))}) == 3


def test_the_file_is_ours_alone_and_in_memory(tmp_path: Path) -> None:
    kept = FileSalts(tmp_path / "salts")
    kept.salt(ZONE, DAY)
    [file] = kept.folder.iterdir()

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
    assert ON_THIS_MACHINE[0] == "/dev/shm"


def test_a_folder_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "own").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "own")

    for name in ("open", "link"):
        with pytest.raises(PermissionError):
            FileSalts(tmp_path / name)


def test_processes_that_begin_at_once_share_one_salt(tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from hearthpress.readership.salts import FileSalts\n"
        f"print(FileSalts(Path({str(tmp_path / 'salts')!r})).salt({ZONE!r}, date(2026, 11, 25)).hex())"
    )

    started = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(4)]
    found = {process.communicate(timeout=30)[0] for process in started}

    assert len(found) == 1
    assert len(found.pop().strip()) == 64


@pytest.mark.parametrize("make", [lambda folder: FileSalts(folder / "salts"), lambda _folder: MemorySalts()])
def test_the_salt_of_a_day_that_is_over_is_destroyed(tmp_path: Path, make: Any) -> None:
    kept = make(tmp_path)
    before = kept.salt(ZONE, DAY)

    with clock.at(NOON):
        assert kept.destroy_old() == 0
        assert kept.salt(ZONE, DAY) == before
    with clock.at(MIDNIGHT + timedelta(hours=1, minutes=59)):
        assert kept.destroy_old() == 0
        assert kept.salt(ZONE, DAY) == before
    with clock.at(MIDNIGHT + timedelta(hours=2)):
        assert kept.destroy_old() == 1
    assert kept.salt(ZONE, DAY) != before


def test_days_to_come_are_left_alone_when_the_past_is_brought_in(tmp_path: Path) -> None:
    kept = FileSalts(tmp_path / "salts")
    today = kept.salt(ZONE, DAY)

    with clock.at(NOON.replace(year=2025)):
        kept.destroy_old()

    assert kept.salt(ZONE, DAY) == today


def test_this_process_forgets_too() -> None:
    with clock.at(NOON):
        salts.salt_of(ZONE, DAY)
        salts.destroy_old_salts()
        assert salts.known.known(ZONE, DAY) is not None

    with clock.at(NOON.replace(day=27)):
        salts.destroy_old_salts()
        assert salts.known.known(ZONE, DAY) is None


def test_who_forgets_does_not_wait_for_who_asks() -> None:
    """The test would never end: `ask` calls it while it is asked itself."""

    def ask(_zone: str, _day: date, _ours: bytes | None) -> bytes:
        with clock.at(NOON.replace(day=27)):
            known.forget_old()
        return b"new"

    known = KnownSalts(ask)
    known._salts[ZONE, DAY - timedelta(days=1)] = b"old"

    with clock.at(NOON):
        assert known.fetch(ZONE, DAY) == b"new"
    assert known.known(ZONE, DAY - timedelta(days=1)) is None


def test_redis_keeps_one_salt_and_forgets_it_when_the_day_is_over() -> None:
    with clock.at(datetime(2026, 11, 26, 4, 30, tzinfo=UTC)):  # half an hour before midnight in New York
        first, second = redis_salts().salt(ZONE, DAY), redis_salts().salt(ZONE, DAY)
        [key] = redis_salts().client.keys(f"hearthpress:test-{os.getpid()}:*")
        left = redis_salts().client.ttl(key)
    redis_salts().client.delete(key)

    assert first == second
    assert 9000 - 60 < left <= 9000  # half an hour, and two hours more


def test_a_salt_that_redis_lost_is_offered_again_and_one_that_is_shared_meanwhile_is_taken() -> None:
    processes = [KnownSalts(redis_salts().salt) for _ in range(3)]
    with clock.at(NOON):
        before = [process.fetch(ZONE, DAY) for process in processes[:2]]
        redis_salts().client.delete(*redis_salts().client.keys(f"hearthpress:test-{os.getpid()}:*"))
        processes[0].tend()
        after = [process.fetch(ZONE, DAY) for process in processes]
        redis_salts().client.delete(*redis_salts().client.keys(f"hearthpress:test-{os.getpid()}:*"))
        another = redis_salts().salt(ZONE, DAY)
        for process in processes:
            process.tend()
        last = [process.fetch(ZONE, DAY) for process in processes]
    redis_salts().client.delete(*redis_salts().client.keys(f"hearthpress:test-{os.getpid()}:*"))

    assert len({*before, *after}) == 1
    assert set(last) == {another}


def test_a_redis_that_is_gone_has_no_salt() -> None:
    with pytest.raises(SaltAway):
        RedisSalts("redis://127.0.0.1:1/0", "test").salt(ZONE, DAY)


def test_one_process_alone_is_told_so(monkeypatch: Any, caplog: Any, settings: Any) -> None:
    settings.REDIS_URL = ""
    monkeypatch.setattr(salts, "MEMORY_FOLDERS", ("/nowhere",))

    with caplog.at_level(logging.WARNING):
        assert isinstance(salts.shared(), MemorySalts)

    assert "Run one process only" in caplog.text


def test_two_installations_do_not_share(settings: Any, tmp_path: Path) -> None:
    settings.REDIS_URL = ""
    here = salts.shared().folder
    salts.shared.cache_clear()
    settings.HOME = tmp_path / "another"

    assert salts.shared().folder != here
    assert str(project.HOME) not in str(here)
