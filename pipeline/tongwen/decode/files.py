"""Which files are there to read, and what their documents are called."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tongwen.decode.foreign import KIND, is_foreign
from tongwen.errors import NotFound
from tongwen.model import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": "text",
        ".text": "text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".json": "json",
        ".pdf": "pdf",
        ".docx": "docx",
        ".docm": "docx",
    }
)


class SourceFile(NamedTuple):
    """A file, and the folder that was indexed: ids and the manifest's entries are paths below ``root``."""

    root: Path
    path: Path


def format_of(path: Path) -> Format:
    """By extension; a file that was named itself and has another extension is read as plain text."""
    return FORMATS.get(path.suffix.lower(), "text")


@dataclass(slots=True)
class PassedOver:
    """What a walk through folders does not give: how many files of each other extension (in small letters, with the
    dot), and the folders that cannot be entered. ``known`` names are not counted, ``about`` tells folders that hold
    no documents."""

    known: frozenset[str] = frozenset()
    about: Callable[[Path], bool] = lambda _: False
    formats: Counter[str] = field(default_factory=Counter)
    closed: list[str] = field(default_factory=list)

    def count(self, name: str) -> None:
        if not name.startswith(".") and name not in self.known:
            self.formats[KIND if _is_readable(name) else printable(Path(name).suffix.lower())] += 1

    def close(self, fault: OSError) -> None:
        self.closed.append(f"{printable(str(fault.filename))} cannot be entered: {fault.strerror}.")


def find_files(paths: Iterable[Path], passed_over: PassedOver | None = None) -> Iterator[SourceFile]:
    """Every readable file in ``paths`` (files or folders), each once, in the order of names.

    Hidden files and folders, other formats and JSON that is no statute are passed over, and told to ``passed_over``; a
    file named itself is always taken. Links are followed, and each real folder is visited once, so that a loop of links
    ends; of several names for one file the one without a link is taken.

    :raises NotFound: one of ``paths`` does not exist; raised before the first file is given
    """
    paths = list(paths)
    for path in paths:
        if not os.path.lexists(path):
            raise NotFound(f"There is no such file or folder: {printable(str(path))}.", "Check the path.")
    return _files(paths, passed_over or PassedOver())


def _files(paths: Sequence[Path], passed_over: PassedOver) -> Iterator[SourceFile]:
    found: list[tuple[SourceFile, str]] = []
    taken: dict[str, SourceFile] = {}
    for path in paths:
        files = _walk(path, passed_over) if path.is_dir() else [SourceFile(path.parent, path)]
        for file in files:
            real = os.path.realpath(file.path)
            found.append((file, real))
            if real not in taken or (not _is_real(taken[real], real) and _is_real(file, real)):
                taken[real] = file
    yield from (file for file, real in found if taken[real] is file)


def _is_real(file: SourceFile, real: str) -> bool:
    """Whether there is no link on the way from the root to the file."""
    return Path(os.path.realpath(file.root), file.path.relative_to(file.root)) == Path(real)


def _walk(root: Path, passed_over: PassedOver) -> list[SourceFile]:
    """The folders without a link come first, so that what a link leads to has been visited where it really is."""
    visited: set[str] = set()
    linked: list[str] = [str(root)]
    found: list[SourceFile] = []
    for start in linked:  # which grows meanwhile
        for folder, names, files in os.walk(start, onerror=passed_over.close):
            real = os.path.realpath(folder)
            if real in visited:
                names.clear()
                continue
            visited.add(real)
            names[:] = sorted(n for n in names if not n.startswith(".") and not passed_over.about(Path(folder, n)))
            linked += [str(path) for name in names if (path := Path(folder, name)).is_symlink()]
            found += _readable(root, folder, files, passed_over)
    return sorted(found, key=_order)


def _readable(root: Path, folder: str, names: list[str], passed_over: PassedOver) -> Iterator[SourceFile]:
    for name in names:
        path = Path(folder, name)
        if _is_readable(name) and not is_foreign(path):
            yield SourceFile(root, path)
        else:
            passed_over.count(name)


def _order(file: SourceFile) -> list[tuple[bool, str]]:
    """By name, the files of a folder before the folders in it."""
    *folders, name = file.path.parts
    return [*((True, folder) for folder in folders), (False, name)]


def _is_readable(name: str) -> bool:
    return not name.startswith(".") and Path(name).suffix.lower() in FORMATS


def document_ids(files: Iterable[SourceFile]) -> dict[Path, str]:
    """The id of each file's document: its path below the root without extension.

    Those that would share an id keep their extensions; from several roots, the root's name and at last the whole path.
    """
    files = list(files)
    level = dict.fromkeys(files, 0)
    while True:
        groups: dict[str, list[SourceFile]] = {}
        for file in files:
            groups.setdefault(_names(file)[level[file]], []).append(file)
        shared = [group for group in groups.values() if len(group) > 1 and min(map(level.__getitem__, group)) < 3]
        if not shared:
            return {file.path: name for name, group in groups.items() for file in group}
        for group in shared:
            shortest = min(level[file] for file in group)
            level.update({file: shortest + 1 for file in group if level[file] == shortest})


def document_id(path: Path, root: Path) -> str:
    """The id of a document that shares it with no other."""
    return _names(SourceFile(root, path))[0]


def _names(file: SourceFile) -> tuple[str, str, str, str]:
    """What the document may be called, the shortest first."""
    below = relative(file.path, file.root)
    bare = below[: -len(file.path.suffix)] if file.path.suffix else below
    whole = printable(_absolute(file.path).as_posix().lstrip("/"))
    return bare, below, f"{printable(_absolute(file.root).name)}/{below}".lstrip("/"), whole


def _absolute(path: Path) -> Path:
    """Without ``..``: an id must not lead out of the folder where something is written by it."""
    return Path(os.path.abspath(path))  # noqa: PTH100  `absolute` keeps them, `resolve` follows links


def relative(path: Path, root: Path) -> str:
    """The path below ``root``, with slashes, in NFC, as valid Unicode."""
    below = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    return printable(below.as_posix())


def printable(path: str) -> str:
    """A path as valid Unicode: a byte that is none is written %XX."""
    try:
        path.encode()
    except UnicodeEncodeError:
        raw = "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in path)
        path = raw.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", path)
