"""Queries and what they find, in two short statutes that say nearly the same in the two scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from tongwen.errors import QueryError, UsageError
from tongwen.flow import index
from tongwen.flow.opening import Library, library
from tongwen.model import Span
from tongwen.normalise import convert
from tongwen.search import Results, search
from tongwen.search.engine import Found, Term
from tongwen.search.query import parse

CASES = ROOT / "tests" / "cases" / "search"


@pytest.fixture(scope="module")
def statutes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("index")
    index([CASES / "texts"], folder, jobs=1)
    with library(folder) as opened:
        yield opened


def rows() -> Iterator[tuple[str, ...]]:
    for line in (CASES / "queries.tsv").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


def ids(found: Results) -> set[str]:
    return {f"{hit.doc}#{hit.id}" for hit in found.hits}


@pytest.mark.parametrize(("query", "options", "why", "hits"), list(rows()))
def test_a_query_finds(statutes: Library, query: str, options: str, why: str, hits: str) -> None:
    """``*``: whatever is alike, but something."""
    given_: dict[str, Any] = {name: value or True for name, _, value in (o.partition("=") for o in options.split())}
    found = search(statutes, query, limit=100, **given_)
    assert {hit.why for hit in found.hits} <= {(why,)}
    assert found.hits if hits == "*" else ids(found) == set(hits.split())
    assert found.total == len(found.hits)
    assert found.read_as


def test_a_hit_says_all_that_is_shown_of_it(statutes: Library) -> None:
    (hit,) = search(statutes, "進口須經 OR 藥物之進口", doc="hant").hits
    text = statutes.store.text("hant")
    assert (hit.doc, hit.id, hit.kind, hit.title) == ("hant", "art_4.1", "provision", "管制藥品示範法")
    assert hit.label == "第四條"
    assert hit.text == "第四條　藥物之進口，須經許可。"
    assert [mark.of(text) for mark in hit.highlights] == ["藥物之進口"]
    assert hit.json()["span"] == [hit.span.start, hit.span.end]


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("許可 撤銷", ["撤銷", "許可"]),
        ("受處分人 復審", ["受處分人", "復審", "復審"]),
        ("5年1", ["5年1"]),
        ("1", ["1", "1", "1"]),
        ("審；復", ["審；復"]),
        ("受處分人 施行", ["受處分人", "施行"]),
    ],
)
def test_every_occurrence_is_marked(statutes: Library, query: str, marks: list[str]) -> None:
    text = statutes.store.text("hant")
    first = search(statutes, query, doc="hant", limit=1).hits[0]
    assert [mark.of(text) for mark in first.highlights] == marks


@pytest.mark.parametrize(
    ("typed", "once"),
    [
        ("甲|乙|甲 乙", "甲|乙 乙"),
        ("甲 -乙 -乙 -丙", "甲 -乙 -丙"),
    ],
)
def test_a_choice_and_an_exclusion_typed_twice_are_asked_for_once(typed: str, once: str) -> None:
    twice, same = parse(typed), parse(once)
    assert (twice.groups, twice.excluded) == (same.groups, same.excluded)


def test_words_are_looked_up_only_while_a_document_may_hold_all(
    statutes: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is common takes longest, and a longer word is seldom the more common one."""
    asked: list[str] = []
    engine = type(statutes.engine)
    phrase = engine.phrase

    def asking(self: Any, terms: Sequence[Term]) -> Found:
        asked.append("".join(term.token for term in terms))
        return phrase(self, terms)

    monkeypatch.setattr(engine, "phrase", asking)
    assert not search(statutes, '許可 "沒有這樣的詞" -藥').total
    assert "许可" not in asked
    assert search(statutes, '許可 "撤銷" -沒有這樣的詞').total
    assert "许可" in asked


def test_what_is_found_closer_comes_first(statutes: Library) -> None:
    found = search(statutes, "药物 许可", limit=100)
    assert [hit.why for hit in search(statutes, "1", limit=9).hits] == [("partial",)]
    tiers = [hit.why[0] for hit in search(statutes, "撤销 许可", limit=100).hits]
    assert tiers == ["exact", "exact"]
    assert found.hits[0].score >= found.hits[-1].score


def test_pages_put_together_are_the_whole_list(statutes: Library) -> None:
    whole = search(statutes, "许可", limit=100)
    pages = [search(statutes, "许可", limit=2, offset=at) for at in range(0, 100, 2)]
    assert [hit for page in pages for hit in page.hits] == list(whole.hits)
    assert {page.total for page in pages} == {whole.total} == {7}
    assert search(statutes, "许可", limit=0).hits == ()


def test_spellings_are_counted_as_they_are_written(statutes: Library) -> None:
    found = search(statutes, "复审", spelled=True)
    assert found.spellings == {"復審": 2, "复审": 1, "複審": 1}
    assert not found.sampled
    assert search(statutes, "复审", doc="hans", spelled=True).spellings == {"复审": 1}
    assert search(statutes, "審", exact_script=True, spelled=True).spellings == {"審": 3}


@pytest.mark.parametrize("query", ["", " ", "\u3000\n\t"])
def test_an_empty_query_is_told(statutes: Library, query: str) -> None:
    with pytest.raises(QueryError, match="empty"):
        search(statutes, query)


def test_a_query_that_is_too_long_is_told(statutes: Library) -> None:
    with pytest.raises(QueryError, match="10,000"):
        search(statutes, "药" * 10_000)
    assert search(statutes, "药" * 1000).total


def test_a_kind_that_is_not_there_is_told(statutes: Library) -> None:
    with pytest.raises(UsageError, match="article"):
        search(statutes, "药物", kind="poem")


TYPED = st.text(alphabet='药物藥許可第二條-"“”「」|() OR，1a\n', max_size=20)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED)
def test_whatever_is_typed_is_answered(statutes: Library, query: str) -> None:
    try:
        found = search(statutes, query, limit=100)
    except QueryError:
        assert not query.strip()
        return
    assert len(found.hits) == found.total <= 100
    for hit in found.hits:
        text = statutes.store.text(hit.doc)
        assert hit.text == "\n".join(piece.of(text) for piece in hit.pieces)
        assert all(any(piece.holds(mark) for piece in hit.pieces) for mark in hit.highlights)
        assert all(hit.span.holds(mark) for mark in hit.highlights)
        assert hit.highlights or hit.why == ("citation",)  # a place that is named need not print its name so
    assert len(ids(found)) == found.total


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TYPED.filter(str.strip))
def test_the_script_that_is_typed_makes_no_difference(statutes: Library, query: str) -> None:
    hans, hant = (search(statutes, convert(query, script)) for script in ("hans", "hant"))
    assert hans.hits == hant.hits


def test_a_long_passage_is_shown_around_its_first_mark(tmp_path: Path) -> None:
    text = "前" * 3000 + "，美沙酮，" + "後" * 3000
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "long.txt").write_text(text, encoding="utf-8")
    index([tmp_path / "texts"], tmp_path / "index", jobs=1)
    with library(tmp_path / "index") as opened:
        (hit,) = search(opened, "美沙酮").hits
        assert len(hit.text) <= 2000
        assert hit.highlights == (Span(3001, 3004),)
        assert hit.pieces[0].of(text) == hit.text
        assert hit.pieces[0].holds(hit.highlights[0])
