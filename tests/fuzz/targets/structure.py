"""Any text through normalise, structure, terms and orthography, and into the store's columns and out again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from fuzz import laws, places
from fuzz.target import Target
from tongwen import nesting
from tongwen.decode.language import mark
from tongwen.decode.plain import read_plain
from tongwen.model import Document, Structure
from tongwen.normalise import normalise
from tongwen.orthography import suspicions
from tongwen.segment import segment
from tongwen.store import columns
from tongwen.structure import structure
from tongwen.terms import terms

PIECE = 1500  # bytes of a seed
TABLES = (
    "enumerators.tsv",
    "list_markers.tsv",
    "caption_mentions.tsv",
    "captions.tsv",
    "note_labels.tsv",
    "divisions.tsv",
    "definition_styles.tsv",
    "abbreviation_styles.tsv",
    "note_contexts.tsv",
    "contents_titles.tsv",
    "matter.tsv",
    "quotations.tsv",
    "closings.tsv",
    "table_words.tsv",
    "table_mentions.tsv",
    "treaties.tsv",
    "orthography.tsv",
    "measure_words.tsv",
)


def read(document: Document) -> Structure:
    """All that is made of a decoded document, under its laws."""
    text = normalise(document.text)
    laws.holds(len(text.key) == len(document.text), "the key has another length")
    found = structure(document, text)
    found = found._replace(records=(*found.records, *terms(found, text, document)))
    found = found._replace(problems=(*found.problems, *suspicions(document, text)))
    laws.holds(text.original == document.text, "the original has changed")
    laws.structure(found, document.text)
    _kept(document, found)
    return found


def _kept(document: Document, found: Structure) -> None:
    """What goes into the store comes out equal."""
    parcel = columns.pack(document, found)
    again = tuple(columns.record_of(row[1:]) for row in parcel.records)
    laws.holds(again == found.records, "a record comes out of the store otherwise than it went in")
    nesting.unpack(parcel.nesting, 1)


def _structure(data: bytes) -> Any:
    text = data.decode("utf-8", "surrogateescape")
    language, blocks = mark(text, read_plain(text).blocks, None)
    document = Document("d", "d.txt", sha256(data).hexdigest(), "text", "", language, text, blocks)
    found = read(document)
    tokens = segment(normalise(text))
    laws.holds([t.span.start for t in tokens] == [0, *(t.span.end for t in tokens)][: len(tokens)], "tokens have gaps")
    laws.holds(not tokens or tokens[-1].span.end == len(text), "the tokens do not tile the text")
    return found


def _seeds() -> Iterator[bytes]:
    """Pieces of a page or less: an input takes as long as it is, and most of a text is like the rest of it."""
    kept = ("tests/cases/report/*.txt", "tests/cases/notes/*.txt", "tests/cases/terms/*.txt", "tests/cases/flat/*.txt")
    law = ("tests/cases/structure/*.tsv", "tests/cases/structure/rules/*", "corpus/*/*.txt")
    for data in (*places.files(*kept, *law), *places.real("corpus/*/*.txt", "data/prc/*/*.md", most=8)):
        yield from (data[at : at + PIECE] for at in range(0, len(data), PIECE))


TARGETS = (Target("structure", _structure, _seeds, lambda: places.words(*TABLES), seconds=20),)
