"""A log that several processes write, and that no stranger can fill the disk with."""

import fcntl
import logging
import os
from logging.handlers import RotatingFileHandler


class Outage:
    """What fails as long as something is away is one line in the log, and another only for another cause."""

    def __init__(self, log: logging.Logger, meaning: str) -> None:
        self._log, self._meaning = log, meaning
        self._told: set[str] = set()

    def is_met(self, error: BaseException) -> None:
        cause = f"{type(error).__name__}: {error}".partition("\n")[0]
        if cause not in self._told:
            self._told.add(cause)
            self._log.error("%s (%s)", self._meaning, cause)

    def is_over(self) -> None:
        self._told.clear()


class SharedFile(RotatingFileHandler):
    """Begins a new file when the old one is full. Who finds that another process did so goes on in the new one."""

    def shouldRollover(self, record: logging.LogRecord) -> int:  # noqa: N802  the library's own name
        if self.stream and not self._is_there(self.stream.fileno()):
            self.stream.close()
            self.stream = self._open()
        return int(super().shouldRollover(record))

    def doRollover(self) -> None:  # noqa: N802  the library's own name
        """By one process: whoever waited for it finds the new file, and need not begin another."""
        folder = os.open(os.path.dirname(self.baseFilename), os.O_RDONLY | os.O_CLOEXEC)  # noqa: PTH120
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            if self.stream is None or self._is_there(self.stream.fileno()):
                super().doRollover()
            else:
                self.stream.close()
                self.stream = self._open()
        finally:
            os.close(folder)

    def _is_there(self, opened: int) -> bool:
        try:
            return os.path.samestat(os.fstat(opened), os.stat(self.baseFilename))  # noqa: PTH116
        except FileNotFoundError:
            return False


def one_line_for_strangers(record: logging.LogRecord) -> bool:
    """A filter: what was wrong with a request (4xx) is one line. Anybody can send such requests all day."""
    if getattr(record, "status_code", 500) < 500:
        record.exc_info = None
    return True
