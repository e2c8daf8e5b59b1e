"""Tables of text in files: CSV, with commas, semicolons or tabs, in UTF-8 or UTF-16.

A spreadsheet writes what its country is used to, so the header decides which sign parts the cells.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tongwen.errors import UnreadableFile
from tongwen.exchange.cells import from_cell, to_cell
from tongwen.exchange.rows import Row

LARGEST = 64 << 20  # bytes of one file: a million terms
DELIMITERS = ",;\t"
_DECLARED = "sep="  # Excel's own first line, before the header


class Table(NamedTuple):
    """``rows``: where each stands (file and line), and its cells, as many as there are; empty rows are left out."""

    header: list[str]
    rows: list[tuple[str, list[str]]]

    def named(self, known: Sequence[str], faults: list[str]) -> Iterator[Row]:
        """The rows by the names of their columns in small letters; those of ``known`` that are missing are empty.

        Every other column, and every row that is longer than the header, is told; so are columns of one name, of which
        the last is read, and text under no name.
        """
        names = [name.casefold() for name in self.header]
        faults.extend(self._misnamed(names))
        for where, cells in self.rows:
            if any(cells[len(names) :]):
                faults.append(f"{where}: has {len(cells)} cells, the header {len(names)}.")
            row = dict(zip(names, cells, strict=False))
            yield where, {name: row.get(name, "") for name in known}

    def _misnamed(self, names: Sequence[str]) -> Iterator[str]:
        if not self.rows:
            return
        where = self.rows[0][0]
        for name in sorted({name for name in names if name and names.count(name) > 1}):
            yield f"{where}: more than one column is named {name}."
        unnamed = [at for at, name in enumerate(names) if not name]
        text = (place for place, cells in self.rows if any(cells[at] for at in unnamed if at < len(cells)))
        if found := next(text, None):
            yield f"{found}: a column has no name."


def unknown_columns(header: Iterable[str], known: Iterable[str], name: str) -> tuple[str, ...]:
    """Of ``name``, one sentence with the columns that are not read."""
    unread = sorted({" ".join(column.split()) for column in map(str.casefold, header) if column not in known} - {""})
    return (f"{name}: a column is not known and not read: {', '.join(unread)}.",) if unread else ()


def read_table(data: bytes, name: str) -> Table:
    """The first line that has any text is the header.

    :raises UnreadableFile: it is no CSV in UTF-8 or UTF-16, or too large
    """
    text = _decoded(data, name)
    csv.field_size_limit(LARGEST)  # one of the module's for all; the size of the file is the bound
    declared, _, rest = text.partition("\n")
    by_itself = declared.lower().startswith(_DECLARED) and len(declared.strip()) == len(_DECLARED) + 1
    before, text = (1, rest) if by_itself else (0, text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = []
    try:
        for cells in reader:
            row = [from_cell(cell) for cell in cells]
            if any(row):
                rows.append((f"{name}:{reader.line_num + before}", row))
    except csv.Error as error:
        place = f"{name}:{reader.line_num + before}"
        raise UnreadableFile(f"{place}: is no CSV: {error}.", "Mind its quotation marks.") from error
    return Table(rows[0][1], rows[1:]) if rows else Table([], [])


def _decoded(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise UnreadableFile(f"{name} has more than {LARGEST >> 20} MB.", "Split the termbase in several files.")
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = "It may be in GB18030 or Big5, which cannot be told apart for sure: save it as “CSV UTF-8”."
        raise UnreadableFile(f"{name}:{line}: is not UTF-8.", hint) from error


def _delimiter(text: str) -> str:
    """The sign by which the header has most cells."""

    def cells(sign: str) -> int:
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
            return len(next((row for row in rows if any(row)), []))
        except csv.Error:
            return 0

    return max(DELIMITERS, key=cells)


def table_text(rows: Iterable[Iterable[str]], line_end: str = "\r\n", quoted: bool = False) -> str:
    """Rows as CSV that ``read_table`` gives back; no cell is run as a formula. ``quoted``: every cell is."""
    out = io.StringIO()
    cells = (map(to_cell, row) for row in rows)
    if quoted:
        csv.writer(out, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(cells)
    else:
        csv.writer(out, lineterminator=line_end).writerows(cells)
    return out.getvalue()
