"""One writer at a time: a lock that the operating system takes back when its holder dies, however it dies."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongwen.errors import IndexBusy

NAME = "writer.lock"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds ``folder``'s lock; raises ``IndexBusy`` where a living process holds it.

    The file stays when the lock is given up: removing it would let two writers lock two files of one name.
    Its descriptor is not inherited by programs started meanwhile, so no worker can outlive a writer with its lock.
    """
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _take(descriptor, folder)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def held(folder: Path) -> bool:
    """Whether a living process holds ``folder``'s lock; that cannot be said where the file cannot be opened."""
    try:
        descriptor = os.open(folder / NAME, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _take(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
        raise IndexBusy(
            f"Another process (pid {holder}) is writing to the index at {folder}.",
            "Wait until it has ended, then run the command again.",
        ) from None
