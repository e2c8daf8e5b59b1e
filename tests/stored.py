"""Documents and structures of every shape, for the properties of the store, and how they are put into it."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from tongwen.model import Block, Cell, Document, Passage, Problem, Record, RecordKind, Span, Structure
from tongwen.store import Writer, pack

# Whatever a file may hold: NUL, emoji and rarer ideographs, line ends, and half of a surrogate pair.
texts = st.text(st.sampled_from("國国a1 \n\r\t\0😀𠮷\ud800\udcff　。"), max_size=40) | st.text(max_size=40)
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
mappings = st.dictionaries(texts, json, max_size=3)
spans = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda edges: Span(*sorted(edges)))
problems = st.builds(Problem, texts, texts, texts, st.none() | spans)
cells = st.builds(Cell, texts, st.none() | spans, st.booleans())
blocks = st.builds(
    Block,
    st.sampled_from(["line", "paragraph", "heading", "item", "table"]),
    spans,
    st.integers(0, 9),
    st.sampled_from(["zh-Hans", "zh-Hant", "en", "und"]),
    st.lists(st.lists(cells, max_size=2).map(tuple), max_size=2).map(tuple),
)


def put(store: Writer, document: Document, structure: Structure) -> list[int]:
    return store.put_parcel(pack(document, structure))


@st.composite
def documents(draw: st.DrawFn, ids: st.SearchStrategy[str] = texts) -> Document:
    return Document(
        id=draw(ids),
        path=draw(texts),
        sha256=draw(st.text("0123456789abcdef", min_size=64, max_size=64)),
        format=draw(st.sampled_from(["text", "markdown", "html"])),
        title=draw(texts),
        language=draw(st.sampled_from(["zh-Hans", "zh-Hant", "en", "und"])),
        text=draw(texts) * draw(st.sampled_from([1, 1, 3000])),
        blocks=tuple(draw(st.lists(blocks, max_size=3))),
        metadata=draw(mappings),
        problems=tuple(draw(st.lists(problems, max_size=2))),
    )


@st.composite
def structures(draw: st.DrawFn) -> Structure:
    ids = draw(st.lists(texts, max_size=5, unique=True))
    records = tuple(draw(_record(name, ids[:number])) for number, name in enumerate(ids))
    owners = draw(st.lists(st.sampled_from(ids), max_size=5)) if ids else []
    passages = tuple(Passage(owner, tuple(draw(st.lists(spans, min_size=1, max_size=3)))) for owner in owners)
    return Structure(records, passages, tuple(draw(st.lists(problems, max_size=2))))


@st.composite
def _record(draw: st.DrawFn, name: str, before: list[str]) -> Record:
    return Record(
        id=name,
        kind=draw(st.sampled_from(get_args(RecordKind))),
        span=draw(spans),
        parent=draw(st.sampled_from([None, *before])),
        label=draw(texts),
        headings=tuple(draw(st.lists(texts, max_size=2))),
        fields=draw(mappings),
    )
