"""The formats by their names, and by what a file begins with; each is imported when it is used."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, cast

from tongwen.errors import NotFound, UnreadableFile
from tongwen.exchange.folder import read_folder
from tongwen.exchange.reading import Reading
from tongwen.exchange.writing import Written

Writer = Callable[..., Written]
Reader = Callable[[bytes, str], Reading]


class Format(NamedTuple):
    """``extension``: of its files, without a dot; ``place``: module and function.

    ``directed``: the writer takes concepts, source and target language, else concepts and a title. ``machine``: who
    reads it cannot tell a term from an ordinary word.
    """

    extension: str
    place: str
    directed: bool = False
    machine: bool = False

    @property
    def write(self) -> Writer:
        return cast(Writer, _function(self.place))


WRITERS = {
    "tbx": Format("tbx", "tbx_writer.write_tbx"),
    "tbx2": Format("v2.tbx", "tbx_writer.write_tbx_v2"),
    "tmx": Format("tmx", "tmx.write_tmx"),
    "skos": Format("ttl", "skos.write_turtle"),
    "skos-json": Format("jsonld", "skos.write_jsonld"),
    "xlsx": Format("xlsx", "xlsx.write_xlsx"),
    "csv": Format("csv", "csv_table.write_csv"),
    "omegat": Format("utf8", "omegat.write_omegat", directed=True),
    "memoq": Format("csv", "memoq.write_memoq"),
    "multiterm": Format("xml", "multiterm.write_multiterm"),
    "weblate": Format("csv", "weblate.write_weblate", directed=True),
    "deepl": Format("csv", "deepl.write_deepl", directed=True, machine=True),
    "google": Format("csv", "google.write_google", machine=True),
}

READERS: dict[str, str] = {
    "tbx": "tbx_reader.read_tbx",
    "tmx": "tmx.read_tmx",
    "xlsx": "xlsx.read_xlsx",
    "csv": "csv_table.read_csv",
}

LARGEST = 256 << 20  # bytes of a file
HEAD = 4096
"""Bytes of a file by which its format is known."""

_EXTENSIONS = {"tbx": "tbx", "tmx": "tmx", "xlsx": "xlsx", "xlsm": "xlsx", "csv": "csv", "tsv": "csv", "txt": "csv"}
_ROOT = re.compile(r"<(?:\w+:)?(tbx|martif|tmx)[\s>]", re.IGNORECASE)
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_READ = "Read are TBX, TMX, XLSX, CSV, and folders with a terms.csv."


def reader_of(path: Path, head: bytes) -> Reader:
    """By what the file begins with (``head``), else by its extension.

    :raises UnreadableFile: it is of no format that is read
    """
    name = _by_content(head) or _EXTENSIONS.get(path.suffix.removeprefix(".").lower())
    if head.startswith(_OLD_OFFICE):
        raise UnreadableFile(f"{path} is a workbook of the old kind.", "Save it as XLSX from your spreadsheet.")
    if name is None:
        raise UnreadableFile(f"{path} is no termbase that can be read.", _READ)
    return cast(Reader, _function(READERS[name]))


def read(path: Path) -> Reading:
    """A termbase in a file or a folder.

    :raises NotFound: there is none
    :raises UnreadableFile: it cannot be read
    """
    if path.is_dir():
        return read_folder(path)
    if not path.exists():
        raise NotFound(f"There is no file or folder {path}.", _READ)
    if not path.is_file():
        raise UnreadableFile(f"{path} is no ordinary file.", _READ)  # a pipe or a device may never end
    if path.stat().st_size > LARGEST:
        raise UnreadableFile(f"{path} has more than {LARGEST >> 20} MB.", "Split the termbase in several files.")
    data = path.read_bytes()
    return reader_of(path, data[:HEAD])(data, str(path))


def _by_content(head: bytes) -> str | None:
    if head.startswith(_ZIP):
        return "xlsx"
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = head[: len(head) // 2 * 2].decode(encoding, "replace").lstrip()
    root = _ROOT.search(text) if text.startswith("<") else None
    return {"tbx": "tbx", "martif": "tbx", "tmx": "tmx"}[root[1].lower()] if root else None


def _function(place: str) -> Callable[..., object]:
    module, function = place.split(".")
    return cast(Callable[..., object], getattr(import_module(f"tongwen.exchange.{module}"), function))
