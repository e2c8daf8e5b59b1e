"""A termbase as a person edits it: a folder of three CSV files, ``concepts.csv``, ``terms.csv`` and ``links.csv``.

Columns are known by their names, in any order; those that are missing are empty, others are told. ``docs/glossary.md``
says what each holds. No cell is run as a formula where a file is opened in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tongwen.concept import Concept
from tongwen.errors import NotFound, TongwenError, UnreadableFile
from tongwen.exchange.place import TERMS, is_termbase
from tongwen.exchange.reading import Reading
from tongwen.exchange.replacing import replace_files
from tongwen.exchange.rows import COLUMNS, Entries, Row, concept_rows, link_rows, term_rows
from tongwen.exchange.separated import LARGEST, read_table, table_text, unknown_columns

FILES = tuple(f"{name}.csv" for name in COLUMNS)


def read_folder(folder: Path) -> Reading:
    """:raises NotFound: there is no ``terms.csv``
    :raises UnreadableFile: a file is no CSV in UTF-8
    """
    if not is_termbase(folder):
        raise NotFound(f"There is no termbase in {folder}.", f"A termbase is a folder with a {TERMS}.")
    faults: list[str] = []
    found = Entries(faults)
    for row in _rows(folder / TERMS, faults):
        found.term(*row)
    for row in _rows(folder / "concepts.csv", faults):
        found.concept(*row)
    for row in _rows(folder / "links.csv", faults):
        found.link(*row)
    return Reading(found.concepts(), tuple(faults))


def read_terms(folder: Path) -> Reading:
    """The concepts with no more than their terms.

    :raises UnreadableFile: the file is no CSV in UTF-8
    """
    faults: list[str] = []
    found = Entries(faults)
    for row in _rows(folder / TERMS, faults):
        found.term(*row)
    return Reading(found.concepts(), tuple(faults))


def _rows(file: Path, faults: list[str]) -> Iterator[Row]:
    """The rows of a file, white space at the ends of cells taken off; none where there is no file."""
    if not file.exists():
        return
    if not file.is_file():
        raise UnreadableFile(f"{file} is no ordinary file.", "Put it elsewhere.")
    if file.stat().st_size > LARGEST:
        raise UnreadableFile(f"{file} has more than {LARGEST >> 20} MB.", "Split the termbase in several folders.")
    table = read_table(file.read_bytes(), str(file))
    faults.extend(unknown_columns(table.header, COLUMNS[file.stem], str(file)))
    yield from table.named(COLUMNS[file.stem], faults)


def write_folder(concepts: Iterable[Concept], folder: Path) -> None:
    """In place of what is there: each file is replaced as a whole. What was found in texts is not written.

    :raises TongwenError: a file would be larger than what is read; nothing was written
    """
    concepts = tuple(concepts)
    folder.mkdir(parents=True, exist_ok=True)
    # The terms first: the other two refer to them.
    parts = (("terms", term_rows), ("concepts", concept_rows), ("links", link_rows))
    replace_files(
        {
            (file := folder / f"{name}.csv"): _data(file, [COLUMNS[name], *(row for c in concepts for row in rows(c))])
            for name, rows in parts
        }
    )


def _data(file: Path, rows: Iterable[Sequence[str]]) -> bytes:
    data = table_text(rows, "\n").encode()
    if len(data) > LARGEST:
        raise TongwenError(f"{file} would have more than {LARGEST >> 20} MB.", "Split the termbase in several folders.")
    return data
