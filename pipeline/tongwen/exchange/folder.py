"""A termbase as a person edits it: a folder of three CSV files, ``concepts.csv``, ``terms.csv`` and ``links.csv``.

Columns are known by their names, in any order; those that are missing are empty, others are told. ``docs/glossary.md``
says what each holds. A row that makes no sense is told with its line and passed over; nothing is ever guessed.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tongwen.concept import (
    LINK_KINDS,
    STATUSES,
    TERM_TYPES,
    Concept,
    Definition,
    Link,
    Status,
    Term,
    TermType,
)
from tongwen.errors import NotFound, UnreadableFile
from tongwen.exchange.reading import Reading

COLUMNS = {
    "concepts": ("concept", "subject", "language", "definition", "source", "note"),
    "terms": ("concept", "language", "term", "status", "type", "source", "note", "scope"),
    "links": ("from", "kind", "to", "reason", "source"),
}
NAME = "termbase"  # of the folder, where it lies among texts
TERMS = "terms.csv"  # the one file that a termbase cannot be without
ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,99}")
TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as its shape goes
LARGEST = 64 << 20  # bytes of one file: a million terms

Row = tuple[str, dict[str, str]]  # where it stands, and its cells


def is_termbase(folder: Path) -> bool:
    return (folder / TERMS).is_file()


def belongs(folder: Path) -> bool:
    """Whether it is the termbase of the folder of texts in which it lies."""
    return folder.name == NAME and is_termbase(folder)


def read_folder(folder: Path) -> Reading:
    """:raises NotFound: there is no ``terms.csv``
    :raises UnreadableFile: a file is no CSV in UTF-8
    """
    if not is_termbase(folder):
        raise NotFound(f"There is no termbase in {folder}.", f"A termbase is a folder with a {TERMS}.")
    faults: list[str] = []
    found = _Found(faults)
    for row in _rows(folder / TERMS, faults):
        found.term(*row)
    for row in _rows(folder / "concepts.csv", faults):
        found.concept(*row)
    for row in _rows(folder / "links.csv", faults):
        found.link(*row)
    return Reading(found.concepts(), tuple(faults))


def term_rows(folder: Path) -> Iterator[Row]:
    """The rows of the terms as they are written, right or wrong.

    :raises UnreadableFile: the file is no CSV in UTF-8
    """
    return _rows(folder / TERMS, [])


def of_terms(rows: Iterable[Row]) -> Reading:
    """The concepts of some rows of terms, with no more than their terms; cells that are missing are empty."""
    faults: list[str] = []
    found = _Found(faults)
    for where, row in rows:
        found.term(where, dict.fromkeys(COLUMNS["terms"], "") | row)
    return Reading(found.concepts(), tuple(faults))


class _Entry(NamedTuple):
    terms: list[Term]
    definitions: list[Definition]
    notes: list[str]
    links: list[Link]
    subjects: list[str]


class _Found:
    """Concepts as their rows come in; the order is that of the first rows of the terms."""

    def __init__(self, faults: list[str]) -> None:
        self._faults, self._entries = faults, dict[str, _Entry]()

    def term(self, where: str, row: Mapping[str, str]) -> None:
        status, kind = row["status"] or "preferred", row["type"] or "full"
        if not ID.fullmatch(row["concept"]):
            self._tell(where, f"{row['concept']!r} is no id: ASCII letters, digits, '-', '_' and '.', a letter first")
        elif not row["term"]:
            self._tell(where, "there is no term")
        elif not TAG.fullmatch(row["language"]):
            self._tell(where, f"{row['language']!r} is no language tag such as zh-Hans, zh-Hant-TW or en")
        elif status not in STATUSES:
            self._tell(where, f"{status!r} is no status: {', '.join(STATUSES)}")
        elif kind not in TERM_TYPES:
            self._tell(where, f"{kind!r} is no type of term: {', '.join(TERM_TYPES)}")
        else:
            self._add(where, row, status, kind)

    def _add(self, where: str, row: Mapping[str, str], status: Status, kind: TermType) -> None:
        entry = self._entries.setdefault(row["concept"], _Entry([], [], [], [], []))
        if any(t.text == row["term"] and t.language == row["language"] for t in entry.terms):
            self._tell(where, f"{row['term']} in {row['language']} stands twice in {row['concept']}")
            return
        entry.terms.append(
            Term(row["term"], row["language"], status, kind, row["source"], row["note"], scope=row["scope"])
        )

    def concept(self, where: str, row: Mapping[str, str]) -> None:
        entry = self._entry(where, row["concept"])
        if entry is None:
            return
        if row["definition"] and not TAG.fullmatch(row["language"]):
            self._tell(where, f"the definition has no language tag: {row['language']!r}")
        elif row["definition"]:
            entry.definitions.append(Definition(row["definition"], row["language"], row["source"]))
        if row["note"] and row["note"] not in entry.notes:
            entry.notes.append(row["note"])
        if row["subject"] and row["subject"] not in entry.subjects:
            entry.subjects.append(row["subject"])
            if len(entry.subjects) > 1:
                self._tell(where, f"{row['concept']} has another subject above: {entry.subjects[0]}")

    def link(self, where: str, row: Mapping[str, str]) -> None:
        entry = self._entry(where, row["from"])
        if entry is None:
            return
        if self._entry(where, row["to"]) is None:
            return
        if row["kind"] not in LINK_KINDS:
            self._tell(where, f"{row['kind']!r} is no kind of link: {', '.join(LINK_KINDS)}")
        elif row["from"] == row["to"]:
            self._tell(where, f"{row['from']} is linked with itself")
        else:
            entry.links.append(Link(row["kind"], row["to"], row["reason"], row["source"]))

    def _entry(self, where: str, key: str) -> _Entry | None:
        if key not in self._entries:
            self._tell(where, f"no term belongs to the concept {key!r}")
        return self._entries.get(key)

    def _tell(self, where: str, what: str) -> None:
        self._faults.append(f"{where}: {what}; the row is passed over.")

    def concepts(self) -> tuple[Concept, ...]:
        return tuple(
            Concept(
                key, tuple(e.terms), next(iter(e.subjects), ""), tuple(e.definitions), tuple(e.notes), tuple(e.links)
            )
            for key, e in self._entries.items()
        )


def _rows(file: Path, faults: list[str]) -> Iterator[Row]:
    """The rows of a file, white space at the ends of cells taken off; none where there is no file."""
    known = COLUMNS[file.stem]
    for where, row in cells(file, faults):
        unknown = sorted(name for name in row if name not in known)
        if unknown and where.endswith(":2"):
            faults.append(f"{file}: a column is not known and not read: {', '.join(unknown)}.")
        yield where, {name: row.get(name, "") for name in known}


def cells(file: Path, faults: list[str]) -> Iterator[Row]:
    """Each row of a CSV file by the names in its first, with file and line; rows without any text are left out."""
    if not file.exists():
        return
    if file.stat().st_size > LARGEST:
        raise UnreadableFile(f"{file} has more than {LARGEST >> 20} MB.", "Split the termbase in several folders.")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        hint = "Save it as “CSV UTF-8” from your spreadsheet."
        raise UnreadableFile(f"{file}:{line}: is not UTF-8.", hint) from error
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        while (row := next(reader, None)) is not None:
            if len(row) > len(header):
                faults.append(f"{file}:{reader.line_num}: has {len(row)} cells, the header {len(header)}.")
            named = {name: cell.strip() for name, cell in zip(header, row, strict=False)}
            if any(named.values()):
                yield f"{file}:{reader.line_num}", named
    except csv.Error as error:
        raise UnreadableFile(f"{file}:{reader.line_num}: is no CSV: {error}.", "Mind its quotation marks.") from error


def write_folder(concepts: Iterable[Concept], folder: Path) -> None:
    """In place of what is there: each file is replaced as a whole. What was found in texts is not written."""
    concepts = tuple(concepts)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("concepts", _concepts), ("links", _links), ("terms", _terms)):
        _replace(folder / f"{name}.csv", [COLUMNS[name], *(row for c in concepts for row in rows(c))])


def _terms(c: Concept) -> Iterator[Sequence[str]]:
    return ((c.id, t.language, t.text, t.status, t.type, t.source, t.note, t.scope) for t in c.terms)


def _concepts(c: Concept) -> Iterator[Sequence[str]]:
    """One row for each definition, with the first of which the notes stand; further ones in rows of their own."""
    said = [(d.language, d.text, d.source) for d in c.definitions]
    notes = [*c.notes]
    while said or notes or c.subject:
        language, text, source = said.pop(0) if said else ("", "", "")
        yield c.id, c.subject, language, text, source, notes.pop(0) if notes else ""
        if not said and not notes:
            return


def _links(c: Concept) -> Iterator[Sequence[str]]:
    return ((c.id, link.kind, link.target, link.reason, link.source) for link in c.links)


def _replace(file: Path, rows: Iterable[Sequence[str]]) -> None:
    beside = file.with_name(f".{file.name}.new")
    with beside.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
