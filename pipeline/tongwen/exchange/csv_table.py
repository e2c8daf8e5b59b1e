"""One CSV file that holds a whole termbase and can be edited and read back: a row for each term.

On the rows of a concept's terms also stand, one of each to a row, its definitions (of the row's language), its notes
and its links; what finds no row has one of its own, without a term. No cell holds several things, so that rows may be
sorted and filtered. Also read are the folder's ``terms.csv`` and a plain table with a column for each language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongwen.concept import Concept
from tongwen.errors import UnreadableFile
from tongwen.exchange import headers
from tongwen.exchange.reading import Reading
from tongwen.exchange.rows import FACTS, Entries, facts, link_rows, term_rows
from tongwen.exchange.separated import Table, read_table, table_text, unknown_columns
from tongwen.exchange.table_losses import lost_in_tables
from tongwen.exchange.user_table import HELP, read_user_table
from tongwen.exchange.writing import Written

_CONCEPT = ("concept", "subject", "language")
_TERM = ("term", "status", "type", "source", "note", "scope")
_SAID = {"definition": "definition", "source": "definition source", "note": "concept note"}  # row's name: column
_LINK = {"kind": "link kind", "to": "link to", "reason": "link reason", "source": "link source"}
COLUMNS = (*_CONCEPT, *_TERM, *_SAID.values(), *_LINK.values(), *FACTS)

BOM = "\ufeff"
"""By which Excel knows UTF-8."""


def write_csv(concepts: Sequence[Concept], title: str = "") -> Written:
    """``title`` has no place in a file of which every line is a row."""
    rows = (row for c in concepts for row in _rows(c))
    cells = ([row.get(name, "") for name in COLUMNS] for row in rows)
    return Written((BOM + table_text([COLUMNS, *cells])).encode(), lost_in_tables(concepts))


def _rows(c: Concept) -> Iterator[dict[str, str]]:
    rows = [dict(zip(("concept", "language", *_TERM), row, strict=True)) for row in term_rows(c)]
    for row, term in zip(rows, c.terms, strict=True):
        row.update(zip(FACTS, facts(term), strict=True))
    _put_definitions(rows, c)
    for number, note in enumerate(c.notes):
        _row(rows, number)[_SAID["note"]] = note
    for number, (_, *link) in enumerate(link_rows(c)):
        _row(rows, number).update(zip(_LINK.values(), link, strict=True))
    return ({**row, "concept": c.id, "subject": c.subject} for row in rows)


def _put_definitions(rows: list[dict[str, str]], c: Concept) -> None:
    """Each on the next row of its language, so that their order is kept."""
    after = 0
    for said in c.definitions:
        ahead = (at for at in range(after, len(rows)) if rows[at].get("language") == said.language)
        at = next(ahead, len(rows))
        _row(rows, at).update({"language": said.language, "definition": said.text, _SAID["source"]: said.source})
        after = at + 1


def _row(rows: list[dict[str, str]], number: int) -> dict[str, str]:
    if number == len(rows):
        rows.append({})
    return rows[number]


def read_csv(data: bytes, name: str) -> Reading:
    """:raises UnreadableFile: it is no CSV in UTF-8 or UTF-16, or no column is known that holds terms"""
    return read_rows(read_table(data, name), name)


def read_rows(table: Table, name: str) -> Reading:
    """A table of either shape.

    :raises UnreadableFile: no column is known that holds terms
    """
    if has_a_row_for_each_term(table):
        return _read_long(table, name)
    roles = headers.roles(table.header)
    if any(role and role.kind == "term" for role in roles):
        return read_user_table(table, roles, name)
    raise UnreadableFile(f"{name}: no column is known that holds terms.", HELP)


def has_a_row_for_each_term(table: Table) -> bool:
    return {"concept", "language", "term"} <= {column.casefold() for column in table.header}


def _read_long(table: Table, name: str) -> Reading:
    faults = [*unknown_columns(table.header, COLUMNS, name)]
    found = Entries(faults)
    rows = [row for row in table.named(COLUMNS, faults) if not row[1]["term"] or found.term(*row)]
    for where, row in rows:
        said = {key: row[column] for key, column in _SAID.items()}
        language = row["language"] if said["definition"] else ""  # that of the term, where nothing is defined
        found.concept(where, {**said, "concept": row["concept"], "subject": row["subject"], "language": language})
    for where, row in rows:
        link = {key: row[column] for key, column in _LINK.items()}
        if any(link.values()):
            found.link(where, {**link, "from": row["concept"]})
    return Reading(found.concepts(), tuple(faults))
