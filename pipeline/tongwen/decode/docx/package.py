"""The package that a DOCX file is: a ZIP archive of XML parts, which name each other by relationships.

Nothing that lies outside the archive is ever opened, no entity is declared (a part with a DOCTYPE is refused, as
ECMA-376 part 2, section 8.1.4, has it), and what is inflated is counted. Expat expands no external entity by itself.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from tongwen.decode.docx.elements import value
from tongwen.decode.docx.parsing import Refused, elements
from tongwen.decode.source import SETTING, limit
from tongwen.errors import UnreadableFile

UNPACKED = 2
"""How many times the largest file its parts may be when inflated: XML packs to a tenth, text never to a thousandth."""

_MOST_PARTS = 20_000
_CHUNK = 4 << 20  # bytes: old versions of Expat read an unfinished token again with each chunk
_ENTRY = b"PK\x01\x02"  # before each entry of an archive's directory
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # ECMA-376 part 2, annex B
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, LookupError, OSError)
_AGAIN = "Open it in a word processor and save it again as DOCX."


@dataclass(slots=True)
class Package:
    """``name`` is the file's, for messages. Part names are compared in small letters, as the standard has it."""

    data: bytes
    name: str
    unpacked: int = 0
    archive: zipfile.ZipFile = field(init=False)
    parts: dict[str, zipfile.ZipInfo] = field(init=False)

    def __post_init__(self) -> None:
        if self.data.count(_ENTRY) > _MOST_PARTS:
            raise UnreadableFile(f"{self.name} has more than {_MOST_PARTS:,} parts, which no text needs.", _AGAIN)
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(self.data))
        except _FAULTS as fault:
            raise UnreadableFile(f"{self.name} is no DOCX document, or it is cut off or damaged.", _AGAIN) from fault
        self.parts = {info.filename.replace("\\", "/").lower(): info for info in self.archive.infolist()}

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that ``part`` ("": the package itself) names for a kind of relationship, e.g. ``styles``."""
        folder, own = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{own}.rels")
        if source not in self.parts:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
            for target in self._targets(source, kind)
        ]

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        for relation in self.elements(source):
            inside = value(relation, "TargetMode") != "External"
            if inside and posixpath.basename(value(relation, "Type")).lower() == kind.lower():
                yield value(relation, "Target")

    def elements(self, part: str, depth: int = 1, root: str = "") -> Iterator[Element]:
        """The elements of a part that stand ``depth`` below its root, in order; each is given whole and forgotten.

        ``root``: the name of the part's root, where another one would be of another format.

        :raises UnreadableFile: there is no such part, it is no XML, or it goes beyond a bound
        """
        try:
            self._refuse_doctype(part)
            yield from elements(self._chunks(part), depth, root)
        except ParseError as fault:
            line, column = fault.position
            message = f"{self.name} is damaged: its part {part} is broken at line {line}, column {column + 1}."
            raise UnreadableFile(message, _AGAIN) from fault
        except Refused as fault:
            raise UnreadableFile(f"{self.name} {fault.why}.", fault.hint) from fault
        except _FAULTS as fault:
            raise UnreadableFile(f"{self.name} is damaged: its part {part} cannot be unpacked.", _AGAIN) from fault

    def _chunks(self, part: str) -> Iterator[bytes]:
        with self._open(part) as stream:
            while chunk := stream.read(_CHUNK):
                self.unpacked += len(chunk)
                self._check(self.unpacked)
                yield chunk

    def _open(self, part: str) -> IO[bytes]:
        info = self.parts.get(part)
        if info is None:
            raise UnreadableFile(f"{self.name} is no Word document: it has no part {part}.", _AGAIN)
        self._check(info.file_size)
        if info.compress_type not in _METHODS:
            raise NotImplementedError
        return self.archive.open(info)

    def _check(self, size: int) -> None:
        if size > UNPACKED * limit() << 20:
            message = f"{self.name} unpacks to more than {UNPACKED * limit()} MiB, the limit for a DOCX document."
            raise UnreadableFile(message, f"Split it, or set {SETTING} (now {limit()}) higher.")

    def _refuse_doctype(self, part: str) -> None:
        seen: list[str] = []
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
        parser.StartElementHandler = lambda *_: seen.append("element")
        with self._open(part) as stream:
            while not seen and (chunk := stream.read(4096)):
                try:
                    parser.Parse(chunk)
                except expat.ExpatError:
                    return  # which is told with its place when the part is read
        if seen[:1] == ["doctype"]:
            message = f"{self.name} is not safe to read: its part {part} declares a document type, as no DOCX does."
            raise UnreadableFile(message, _AGAIN)
