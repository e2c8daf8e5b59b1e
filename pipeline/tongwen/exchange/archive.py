"""The ZIP archive that a workbook is, looked at before it is unpacked: within bounds, and without a document type."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from tongwen.errors import UnreadableFile

UNPACKED = 512 << 20  # bytes: a million terms unpack to a quarter of this
_MOST_PARTS = 2_000
_ENTRY = b"PK\x01\x02"  # before each entry of an archive's directory
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    ValueError,
    LookupError,
    NotImplementedError,
    OSError,
)
_AGAIN = "Open it in a spreadsheet and save it again as XLSX."
_CHUNK = 4096  # bytes


def check(data: bytes, name: str) -> None:
    """A part never gives more than its entry says, so that what entries say can be added up.

    :raises UnreadableFile: it is no archive, it would grow too large, or one of its parts declares entities
    """
    try:
        if data.count(_ENTRY) > _MOST_PARTS:
            raise zipfile.BadZipFile
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise UnreadableFile(f"{name} unpacks to more than {UNPACKED >> 20} MiB.", "Split the termbase.")
            for part in archive.namelist():
                _check_part(archive, part, name)
    except _FAULTS as fault:
        raise UnreadableFile(f"{name} is no XLSX workbook, or it is cut off or damaged.", _AGAIN) from fault


def _check_part(archive: zipfile.ZipFile, part: str, name: str) -> None:
    """What stands before the first element, however long it is: a document type can stand nowhere else."""
    seen: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
    parser.StartElementHandler = lambda *_: seen.append("element")
    with archive.open(part) as stream:
        while not seen and (chunk := stream.read(_CHUNK)):
            try:
                parser.Parse(chunk)
            except expat.ExpatError:
                break  # no XML: a picture, or what is told when it is read
    if seen[:1] == ["doctype"]:
        raise UnreadableFile(f"{name} is not safe to read: its part {part} declares a document type.", _AGAIN)
