"""One writer at a time: a lock that the operating system takes back when its holder dies, however it dies."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tongwen.errors import IndexBusy, IndexFault

NAME = "writer.lock"
ENGINE = "whoosh"
OURS = (NAME, ENGINE, "tongwen.sqlite-", "tongwen.sums", "last-run.json", "glossary.sqlite", "terms.sqlite")
"""How names begin. The database itself may lie elsewhere: what it is is looked at before it is written to."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds ``folder``'s lock; raises ``IndexBusy`` where a living process holds it, ``IndexFault`` as ``own`` does.

    The file stays when the lock is given up: removing it would let two writers lock two files of one name.
    Its descriptor is not inherited by programs started meanwhile, so no worker can outlive a writer with its lock.
    """
    own(folder)
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    try:
        _take(descriptor, folder)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def own(folder: Path) -> None:
    """Raises ``IndexFault`` where something of the index leads out of ``folder``, or may never end.

    An index may be a gift, and what is written through a link may be anybody's file.
    """
    for place in (*_ours(folder), *_inside(folder / ENGINE)):
        with suppress(FileNotFoundError):
            mode = place.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                what = "is a link" if stat.S_ISLNK(mode) else "is no regular file"
                raise IndexFault(f"{place} {what}, and nothing is written through it.", "Delete it, then try again.")


def _ours(folder: Path) -> list[Path]:
    return [place for place in _inside(folder) if place.name.startswith(OURS) and ".damaged" not in place.name]


def _inside(folder: Path) -> list[Path]:
    """What is directly in it; nothing where it is a link itself."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return [] if folder.name == ENGINE and folder.is_symlink() else list(folder.iterdir())
    return []


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
