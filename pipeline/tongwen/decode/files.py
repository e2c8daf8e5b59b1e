"""Which files are there to read, and what their documents are called."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
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

LAST = 4  # the level of `_name` at which no two files have the same


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
        for file, real in _walk(path, passed_over) if path.is_dir() else [_named(path)]:
            found.append((file, real))
            if real not in taken or (not _is_real(taken[real], real) and _is_real(file, real)):
                taken[real] = file
    yield from (file for file, real in found if taken[real] is file)


def _named(path: Path) -> tuple[SourceFile, str]:
    return SourceFile(path.parent, path), os.path.realpath(path)


def _is_real(file: SourceFile, real: str) -> bool:
    """Whether there is no link on the way from the root to the file."""
    return Path(os.path.realpath(file.root), file.path.relative_to(file.root)) == Path(real)


def _walk(root: Path, passed_over: PassedOver) -> Iterator[tuple[SourceFile, str]]:
    """Each file with its real path, in the order of names, the files of a folder before the folders in it.

    The folders without a link are entered first, so that what a link leads to has been visited where it really is.
    A folder is looked through in one go: what the system tells with the names need not be asked for each file.
    """
    visited: set[str] = set()
    linked: list[str] = [str(root)]
    found: dict[str, list[tuple[SourceFile, str]]] = {}
    for start in linked:  # which grows meanwhile
        below = [start]
        while below:
            folder = below.pop()
            real = os.path.realpath(folder)
            if real not in visited:
                visited.add(real)
                files, folders, links = _entries(folder, passed_over)
                found[folder] = list(_readable(root, folder, real, files, passed_over))
                below += reversed(folders)
                linked += links
    for folder in sorted(found, key=lambda folder: Path(folder).parts):
        yield from found[folder]


def _entries(folder: str, passed_over: PassedOver) -> tuple[list[os.DirEntry[str]], list[str], list[str]]:
    """Files, folders, and links to folders, each in the order of names."""
    files: list[os.DirEntry[str]] = []
    folders: list[str] = []
    links: list[str] = []
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as fault:
        passed_over.close(fault)
        return files, folders, links
    for entry in entries:
        if not _is_folder(entry):
            files.append(entry)
        elif not entry.name.startswith(".") and not passed_over.about(Path(folder, entry.name)):
            (links if entry.is_symlink() else folders).append(os.path.join(folder, entry.name))  # noqa: PTH118
    return files, folders, links


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _readable(
    root: Path, folder: str, real: str, entries: list[os.DirEntry[str]], passed_over: PassedOver
) -> Iterator[tuple[SourceFile, str]]:
    for entry in entries:
        path = Path(folder, entry.name)
        if _is_readable(entry.name) and not is_foreign(path):
            yield SourceFile(root, path), _real(entry, real)
        else:
            passed_over.count(entry.name)


def _real(entry: os.DirEntry[str], folder: str) -> str:
    return os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(folder, entry.name)  # noqa: PTH118


def _is_readable(name: str) -> bool:
    return not name.startswith(".") and os.path.splitext(name)[1].lower() in FORMATS  # noqa: PTH122  for each file


def document_ids(files: Iterable[SourceFile]) -> dict[Path, str]:
    """The id of each file's document: its path below the root without extension.

    Those that would share an id keep their extensions; from several roots, the root's name, and then the whole path. Of
    names that only differ in how the same characters are composed, a digest of the bytes follows.
    """
    files = list(files)
    level = dict.fromkeys(files, 0)
    while True:
        groups: dict[str, list[SourceFile]] = {}
        for file in files:
            groups.setdefault(_name(file, level[file]), []).append(file)
        shared = [group for group in groups.values() if len(group) > 1 and min(map(level.__getitem__, group)) < LAST]
        if not shared:
            return {file.path: name for name, group in groups.items() for file in group}
        for group in shared:
            shortest = min(level[file] for file in group)
            level.update({file: shortest + 1 for file in group if level[file] == shortest})


def document_id(path: Path, root: Path) -> str:
    """The id of a document that shares it with no other."""
    return _name(SourceFile(root, path), 0)


def _name(file: SourceFile, level: int) -> str:
    """What the document may be called, the shortest first: level 0 to ``LAST``."""
    below = relative(file.path, file.root)
    if level == 0:
        return below[: -len(suffix)] if (suffix := file.path.suffix) else below
    if level == 1:
        return below
    if level == 2:
        return f"{printable(_absolute(file.root).name)}/{below}".lstrip("/")
    whole = _absolute(file.path).as_posix().lstrip("/")
    return printable(whole) + (f"~{sha256(os.fsencode(whole)).hexdigest()[:16]}" if level == LAST else "")


def _absolute(path: Path) -> Path:
    """Without ``..``: an id must not lead out of the folder where something is written by it."""
    return Path(os.path.abspath(path))  # noqa: PTH100  `absolute` keeps them, `resolve` follows links


def relative(path: Path, root: Path) -> str:
    """The path below ``root``, with slashes, in NFC, as valid Unicode."""
    whole, start = str(path), str(root).rstrip(os.sep) + os.sep
    if whole.startswith(start):  # pathlib takes ten times as long, and a library has many files
        return printable(whole[len(start) :].replace(os.sep, "/"))
    below = path.relative_to(root) if path.is_relative_to(root) else Path(path.name)
    return printable(below.as_posix())


def printable(path: str) -> str:
    """A path as valid Unicode: a byte that is none is written %XX."""
    if path.isascii():
        return path
    try:
        path.encode()
    except UnicodeEncodeError:
        raw = "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in path)
        path = raw.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", path)
