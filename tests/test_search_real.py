"""Any piece of a real text is found where it stands, asked for in either script."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongwen.flow import index
from tongwen.flow.opening import Library, library
from tongwen.model import Span
from tongwen.normalise import convert, fold
from tongwen.search import grams, search
from tongwen.search.highlight import Reading

PIECES = 1000
LONGEST = 8


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("index")
    index([shared / "corpus"], folder, jobs=1)
    with library(folder) as opened:
        yield opened


def pieces(library: Library) -> list[tuple[str, Span, str]]:
    """Pieces of one to eight characters, as they stand in one passage, line wraps inside included."""
    places = [
        (doc, stretch, library.store.text(doc))
        for doc in library.store.document_ids()
        for passage in library.store.structure(doc).passages
        for stretch in Reading.of(doc, passage.pieces, library.store.cut).stretches
    ]
    chance = random.Random(1971)
    weights = [len(stretch) for _, stretch, _ in places]
    found: list[tuple[str, Span, str]] = []
    while len(found) < PIECES:
        doc, stretch, text = chance.choices(places, weights)[0]
        start = chance.randrange(stretch.start, stretch.end)
        piece = Span(start, min(stretch.end, start + chance.randint(1, LONGEST)))
        if grams.tokens(fold(piece.of(text))):
            found.append((doc, piece, piece.of(text)))
    return found


def marked(library: Library, query: str) -> dict[str, list[Span]]:
    marks: dict[str, list[Span]] = {}
    for hit in search(library, query, limit=100_000).hits:
        marks.setdefault(hit.doc, []).extend(hit.highlights)
    return marks


def test_every_piece_is_found_where_it_stands_and_marked(real: Library) -> None:
    chosen = pieces(real)
    assert sum("\n" in typed.strip() for _, _, typed in chosen) > PIECES // 20
    missed = []
    for doc, piece, typed in chosen:
        inked = Span(piece.start + len(typed) - len(typed.lstrip()), piece.end - len(typed) + len(typed.rstrip()))
        if not any(mark.holds(inked) for mark in marked(real, typed).get(doc, [])):
            missed.append((doc, piece, typed))
    assert missed == []


def test_both_scripts_give_the_same_hits(real: Library) -> None:
    for _, _, typed in pieces(real):
        found = [search(real, convert(typed, script)) for script in ("hans", "hant")]
        assert found[0].total == found[1].total
        assert found[0].hits == found[1].hits
