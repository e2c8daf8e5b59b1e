"""Concepts for tests: a strategy that draws them with the texts that break formats, and the curated termbase."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tongwen.concept import LINK_KINDS, STATUSES, TERM_TYPES, Concept, Definition, Evidence, Link, Term
from tongwen.exchange.folder import read_folder
from tongwen.model import Span

TERMBASE = Path(__file__).parent.parent / "corpus" / "termbase"
LANGUAGES = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "en", "fr", "de-CH")

_NASTY = (
    "去罪化",
    "司法轉處",
    "diversion",
    "=1+1",
    "-2",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "＝1",
    "#tag",
    "a\tb",
    "a\nb",
    "a\r\nb",
    "  both ends ",
    "<b>&amp;</b>",
    "]]>",
    "<!--",
    '"quoted"',
    "it's",
    "a;b,c|d",
    " | ",
    "\\|",
    "note: scope: x",
    "scope: 管制局",
    "score: 1.5",
    "place: a#b [1,2)",
    "a#b [1,2) words",
    "broader: x | source: y",
    "\x00\x07",
    "\x1b[31m",
    "\u2028\x85",
    "e\u0301\u20dd",
    "𠮷𠀋😀",
    "\u200b\ufeff",
    "\ufffe\ud800",
    "\u202eabc",
    "\u3000全角\u3000",
    "長" * 3000,
    "100%20#",
    "${x} {0} %s",
)


def texts(least: int = 0) -> st.SearchStrategy[str]:
    """A nasty text, two in a row, or any short text, with lone surrogates too."""
    nasty = st.sampled_from(_NASTY)
    some = st.one_of(nasty, st.tuples(nasty, nasty).map("".join), st.text(st.characters(codec=None), max_size=8))
    return some if least else st.one_of(st.just(""), some)


def evidence() -> st.SearchStrategy[Evidence]:
    spans = st.tuples(st.integers(0, 10**6), st.integers(0, 200)).map(lambda s: Span(s[0], s[0] + s[1]))
    return st.builds(Evidence, texts(), texts(), spans, texts())


def terms() -> st.SearchStrategy[Term]:
    return st.builds(
        Term,
        text=texts(least=1),
        language=st.sampled_from(LANGUAGES),
        status=st.sampled_from(STATUSES),
        type=st.sampled_from(TERM_TYPES),
        source=texts(),
        note=texts(),
        found=st.lists(evidence(), max_size=2).map(tuple),
        count=st.integers(0, 9),
        documents=st.integers(0, 3),
        converted=st.booleans(),
        scope=texts(),
        score=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    )


def definitions() -> st.SearchStrategy[Definition]:
    return st.builds(Definition, texts(least=1), st.sampled_from(LANGUAGES), texts(), st.none() | evidence(), texts())


def links(targets: list[str]) -> st.SearchStrategy[Link]:
    found = st.lists(evidence(), max_size=2).map(tuple)
    return st.builds(Link, st.sampled_from(LINK_KINDS), st.sampled_from(targets), texts(), texts(), found)


@st.composite
def concepts(draw: st.DrawFn, most: int = 3) -> list[Concept]:
    """Up to ``most``, the first with a term that every format can hold; links lead anywhere, into the void as well."""
    ids = draw(
        st.lists(st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,8}", fullmatch=True), min_size=1, unique=True, max_size=most)
    )
    first, *others = [draw(_concept(key, [*ids, "nowhere"])) for key in ids]
    return [replace(first, terms=(Term("程序", "zh-Hant"), *first.terms)), *others]


def _concept(key: str, targets: list[str]) -> st.SearchStrategy[Concept]:
    return st.builds(
        Concept,
        st.just(key),
        st.lists(terms(), max_size=4).map(tuple),
        texts(),
        st.lists(definitions(), max_size=2).map(tuple),
        st.lists(texts(), max_size=2).map(tuple),
        st.lists(links(targets), max_size=2).map(tuple),
        st.sampled_from(("curated", "document", "candidate")),
    )


@cache
def curated() -> tuple[Concept, ...]:
    """The termbase that is bundled."""
    return read_folder(TERMBASE).concepts
