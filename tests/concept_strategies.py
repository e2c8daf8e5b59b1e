"""Concepts as a termbase has them: ids and terms once, links that lead somewhere, texts that formats stumble over."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from tongwen.concept import LINK_KINDS, STATUSES, TERM_TYPES, Concept, Definition, Link, Term
from tongwen.exchange.cells import plain

LANGUAGES = ("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "en")
NASTY = (
    *("去罪化", "司法轉處", "diversion", "=1+1", "'=1", "''@x", "-2", "+cmd|' /C'!A0", "@SUM(A1)", "＝1", "#tag"),
    *("'", "\u200b=x", "a\tb", "a\nb", "a\r\nb", "<b>&amp;", '"q"', "it's", "a;b,c|d", "\\", "\x00\x07", "\u2028\x85"),
    *("𠮷", "\ufeff", "\ud800"),
)


def raw_texts() -> st.SearchStrategy[str]:
    nasty = st.sampled_from(NASTY)
    return nasty | st.tuples(nasty, nasty).map("".join) | st.text(st.characters(codec=None), max_size=6)


def texts(least: int = 0) -> st.SearchStrategy[str]:
    """As any table can hold them: no white space at the ends, line feeds between lines, nothing that is not text."""
    clean = raw_texts().map(lambda text: plain(text).strip())
    return clean.filter(bool) if least else st.just("") | clean


def terms(text: st.SearchStrategy[str]) -> st.SearchStrategy[Term]:
    kinds = st.sampled_from(STATUSES), st.sampled_from(TERM_TYPES)
    few = st.sampled_from(("", "UN", "'=1"))
    return st.builds(
        Term,
        text,
        st.sampled_from(LANGUAGES),
        *kinds,
        few,
        few,
        converted=st.booleans(),
        scope=st.sampled_from(("", "d")),
    )


def concepts(
    text: st.SearchStrategy[str] | None = None, ids: tuple[str, ...] = ("a", "b", "c", "d-1"), most: int = 4
) -> st.SearchStrategy[list[Concept]]:
    text = texts(1) if text is None else text
    return st.lists(st.sampled_from(ids), unique=True, max_size=most).flatmap(
        lambda keys: st.tuples(*(_concept(key, [k for k in keys if k != key], text) for key in keys)).map(list)
    )


def _concept(key: str, others: list[str], text: st.SearchStrategy[str]) -> st.SearchStrategy[Concept]:
    few = st.sampled_from(("", "UN", "=x"))
    said = st.builds(Definition, text, st.sampled_from(LANGUAGES), few)
    links = st.builds(Link, st.sampled_from(LINK_KINDS), st.sampled_from(others or [key]), few, few)
    return st.builds(
        Concept,
        st.just(key),
        _tuples(terms(text), lambda t: (t.language, t.text), 1),
        few,
        _tuples(said, lambda d: (d.language, d.text, d.source)),
        _tuples(text, lambda note: note),
        _tuples(links, lambda link: (link.kind, link.target)) if others else st.just(()),
    )


def _tuples(of, key, least: int = 0):  # type: ignore[no-untyped-def]
    return st.lists(of, min_size=least, max_size=3, unique_by=key).map(tuple)


def approved(found: list[Concept]) -> list[Concept]:
    """As they would be with every term approved and written by somebody."""
    return [replace(c, terms=tuple(replace(t, status="admitted", converted=False) for t in c.terms)) for c in found]
