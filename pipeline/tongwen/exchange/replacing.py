"""Several files replaced together: all are written beside the old ones before the first takes its place.

One writer at a time: the lock is on the folder itself, so that none is left behind by a process that was killed.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tongwen.errors import TongwenError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder is made where it is missing, and gone again where nothing was put in it.

    :raises TongwenError: another process holds it
    """
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _hold(descriptor, folder)
        yield
    finally:
        if made:
            with suppress(OSError):  # it is not empty, as it should be
                folder.rmdir()
        os.close(descriptor)


def _hold(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        hint = "Try again when it is done; nothing was written."
        raise TongwenError(f"The termbase {folder} is busy: another import is writing it.", hint) from None
    except OSError:  # some file systems on a network lock no folder; a lone writer must not be kept out for that
        return


def replace_files(texts: Mapping[Path, bytes]) -> None:
    """In the order given. A file that is a link stays one, its target is replaced; who may read a file stays.

    :raises OSError: one cannot be written; then none was replaced, unless the disk failed between two renames
    """
    targets = {file.resolve(): data for file, data in texts.items()}
    beside = {file: file.with_name(f".{file.name}.{os.getpid()}.new") for file in targets}
    try:
        for file, data in targets.items():
            _write(beside[file], data, file)
        for file, new in beside.items():
            new.replace(file)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)


def _write(new: Path, data: bytes, old: Path) -> None:
    with new.open("wb") as out:
        if old.exists():
            os.fchmod(out.fileno(), stat.S_IMODE(old.stat().st_mode))
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
