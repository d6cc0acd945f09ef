"""A few numbers that all processes of a host see at once: a small file of which each holds the same memory."""

import mmap
import os
import time
from pathlib import Path

CHANGES, GENERATION, CONFIRMED, TOLD, ANSWERED = range(5)
PAGE = 4096


class Shared:
    """`changes` rises whenever a page is taken out; `generation` is the last purge that was carried out here;
    `confirmed` is when (time.monotonic, which on one host is the same for all processes since it started) somebody
    last compared that with the database, or with what Redis keeps of it; `answered` is when the database itself last
    answered, as above; `told` is the last purge that other hosts can hear of without a database.

    Single 8-byte numbers are read and written whole; `changes` is raised only while the store's index is locked.
    """

    def __init__(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if os.fstat(descriptor).st_size < PAGE:
                os.write(descriptor, bytes(PAGE))  # really there, also when the disk fills up later
            memory = mmap.mmap(descriptor, PAGE)
        finally:
            os.close(descriptor)
        self._whole = memoryview(memory).cast("Q")
        self._times = memoryview(memory).cast("d")
        if self.confirmed > time.monotonic():
            self.confirmed = self.answered = 0.0  # of before the host was started

    @property
    def changes(self) -> int:
        return self._whole[CHANGES]

    def changed(self) -> None:
        self._whole[CHANGES] += 1

    @property
    def generation(self) -> int:
        return self._whole[GENERATION]

    @generation.setter
    def generation(self, value: int) -> None:
        self._whole[GENERATION] = value

    @property
    def confirmed(self) -> float:
        return self._times[CONFIRMED]

    @confirmed.setter
    def confirmed(self, moment: float) -> None:
        self._times[CONFIRMED] = moment

    @property
    def answered(self) -> float:
        return self._times[ANSWERED]

    @answered.setter
    def answered(self, moment: float) -> None:
        self._times[ANSWERED] = moment

    @property
    def told(self) -> int:
        return self._whole[TOLD]

    @told.setter
    def told(self, value: int) -> None:
        self._whole[TOLD] = value
