"""Where an export goes: stdout, or a file that is there in whole or as it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tongwen.errors import UsageError


def write(content: str | bytes, file: Path | None) -> None:
    """To ``file``, by a new one put in its place; None: to stdout. Text becomes UTF-8, line ends as they stand."""
    if file is None:
        _print(content)
        return
    content = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    if file.exists() and not file.is_file():  # a device or a pipe has nothing to keep, and must not be replaced
        file.write_bytes(content)
        return
    new = file.with_name(f".tongwen.{os.getpid()}.new")  # the file's own name may be as long as a name can be
    try:
        new.write_bytes(content)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def _print(content: str | bytes) -> None:
    if isinstance(content, str):
        sys.stdout.write(content)
    else:
        sys.stdout.buffer.write(content)


def file_for(output: Path) -> Path:
    """``output``, or what it links to, if it can be a file. Raises ``UsageError``."""
    output = output.resolve()
    if output.is_dir():
        raise UsageError(f"{output} is a folder.", "Name a file in it with -o.")
    if not output.parent.is_dir():
        raise UsageError(f"There is no folder {output.parent}.", "Make it, or name another file with -o.")
    return output


def inside(folder: Path, name: str) -> Path:
    """The file ``name`` below ``folder``, whose own folder is made.

    :raises UsageError: it would lie elsewhere, by what it is called or by a link on the way
    """
    file = folder / name
    try:
        if file.resolve().is_relative_to(folder.resolve()):
            file.parent.mkdir(parents=True, exist_ok=True)
            return file_for(file)
    except ValueError:  # a NUL in the name
        pass
    raise UsageError(f"{name} would be written outside of {folder}.", "Name another folder, or a file with -o.")
