"""Searching in OpenSearch is an engine like the others: it passes what is asked of every one of them.

Generations of files are what it has none of, so a library's own tests stand for those of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from kept_engines import ENGINES
from opensearch_cluster import at as address_at
from opensearch_cluster import library, opensearch  # noqa: F401  fixtures
from test_engine_conformance import (  # noqa: F401  collected here with this engine
    counted,
    flat,
    test_a_new_generation_adds_removes_and_replaces,
    test_a_passage_may_hold_anything,
    test_a_phrase_is_a_row_of_tokens,
    test_a_phrase_is_found_in_its_passage_with_its_document,
    test_a_term_may_be_a_part_of_a_word,
    test_the_frequency_is_never_less_than_what_is_found,
    test_the_vocabulary_holds_words_and_numbers,
)
from tongwen.errors import QueryError
from tongwen.opensearch import encoding, layout
from tongwen.opensearch import engine as engine_module
from tongwen.opensearch.client import connected
from tongwen.opensearch.engine import PassageReader
from tongwen.opensearch.sender import Sender, entry
from tongwen.opensearch.snapshot import Snapshot
from tongwen.search import grams
from tongwen.search.engine import Found, Term

Held = dict[int, tuple[str, int, str]]
"""Key → document, record, key text."""


class Everything:
    """Keys of passages in no order: all of them count."""

    def get(self, doc: str, default: object) -> range:
        return range(1 << 62)


@dataclass
class PassageIndex:
    """Passages alone, in an index that is made once for the same passages."""

    client: object
    place: Path
    made: dict[str, Held] = field(default_factory=dict)

    def writer(self, folder: Path, generation: str | None) -> _Writer:
        return _Writer(self, dict(self.made[generation]) if generation else {})

    def reader(self, folder: Path, generation: str | None) -> PassageReader:
        where = address_at(self.place)
        held = self.made[generation or ""]
        sizes = [len(grams.tokens(text)) for _, _, text in held.values()]
        name = int(generation or 0)
        snapshot = Snapshot(self.client, where, name)  # type: ignore[arg-type]
        return PassageReader(snapshot, lambda docs: Everything(), lambda: (len(sizes), sum(sizes)))  # type: ignore[arg-type,return-value]

    def named(self) -> None:
        """Whoever asks for it finds it."""


@dataclass
class _Writer:
    index: PassageIndex
    held: Held

    def add(self, key: int, doc_id: str, record: int, key_text: str) -> None:
        self.held[key] = (doc_id, record, key_text)

    def remove(self, keys: Iterable[int], text: object) -> None:
        for key in keys:
            self.held.pop(key, None)

    def commit(self) -> str:
        generation = str(int(sha256(repr(self.held).encode("utf-8", "surrogatepass")).hexdigest()[:8], 16))
        if generation not in self.index.made:
            fill(self.index, int(generation), self.held)
            self.index.made[generation] = self.held
        return generation


def fill(index: PassageIndex, generation: int, held: Held) -> None:
    where = address_at(index.place)
    name = layout.index(where.name, "passages", generation)
    index.client.indices.create(index=name, body=layout.definition("passages"))  # type: ignore[attr-defined]
    sender = Sender(index.client, where)  # type: ignore[arg-type]
    for key, (doc, record, text) in held.items():
        body = {"doc": encoding.keyword(doc), "put": key, "key": key, "record": record, **encoding.passage(text)}
        sender.add(entry(name, str(key), body))
    assert sender.flush() == []
    index.client.indices.refresh(index=name)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def engine(opensearch: str) -> Iterator[PassageIndex]:  # noqa: F811
    with library(opensearch) as place, connected(address_at(place)) as client:
        yield PassageIndex(client, place)


def by_document(found: Found) -> dict[str, list[tuple[int, ...]]]:
    return {doc: list(zip(*found.rows(doc), strict=True)) for doc in found.docs}


def test_whatever_is_asked_the_answer_is_whooshs(
    engine: PassageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "PAGE", 7)
    whoosh = ENGINES["whoosh"]
    chance = random.Random(1)
    texts = {
        key: ("AB"[key // 50], "".join(chance.choices("药物条a1b ,\n", k=chance.randrange(40))))
        for key in range(1, 100)
    }
    writers = [engine.writer(tmp_path, None), whoosh.writer(tmp_path, None)]
    readers = []
    for made, index in zip(writers, (engine, whoosh), strict=True):
        for key, (doc, text) in texts.items():
            made.add(key, doc, key % 7, text)
        readers.append(index.reader(tmp_path, made.commit()))
    ours, whooshs = readers
    assert (ours.count, ours.size) == (whooshs.count, whooshs.size)
    assert dict(ours.lengths("A")) == dict(whooshs.lengths("A"))
    for terms in queries(chance):
        assert by_document(ours.phrase(terms)) == by_document(whooshs.phrase(terms))
        assert ours.frequency(terms) == whooshs.frequency(terms), terms
        assert [ours.vocabulary(term) for term in terms] == [whooshs.vocabulary(term) for term in terms]
        if all(term.part == "whole" for term in terms):
            assert flat(ours.phrase(terms)) == counted(texts, [term.token for term in terms])


def queries(chance: random.Random) -> Iterator[list[Term]]:
    for _ in range(25):
        tokens = grams.tokens("".join(chance.choices("药物条a1b,", k=chance.randrange(1, 5))))
        yield [Term(token) for token in tokens]
        edges = {0: "suffix", len(tokens) - 1: "prefix"} if len(tokens) > 1 else {0: "infix"}
        yield [Term(t, edges.get(at, "whole") if grams.is_word(t) else "whole") for at, t in enumerate(tokens)]  # type: ignore[arg-type]


def test_too_many_words_are_told(engine: PassageIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "WORDS", 1)
    writer = engine.writer(tmp_path, None)
    writer.add(1, "d", 0, "one onto only")
    reader = engine.reader(tmp_path, writer.commit())
    with pytest.raises(QueryError, match="More than 1 words"):
        reader.vocabulary(Term("on", "prefix"))
