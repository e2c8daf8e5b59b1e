"""Links between concepts: the rules on cases, and what holds of any glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongwen.concept import INVERSE, LINK_KINDS, Concept, Definition, Evidence, Glossary, Link, Term
from tongwen.flow import index
from tongwen.flow.glossaries import glossary
from tongwen.glossary.attestation import Attestations
from tongwen.glossary.cooccurrence import FEWEST, STRONGEST, Counts, Related, chance, likelihood, strongest
from tongwen.glossary.heads import head
from tongwen.glossary.hierarchy import Hierarchy
from tongwen.glossary.linking import RULES, Linking
from tongwen.glossary.lists import lists
from tongwen.glossary.naming import name_key
from tongwen.glossary.occurrences import Finder, Match, Occurrences
from tongwen.model import Span
from tongwen.store import Store

CASES = Path(__file__).parent / "cases" / "links"
BUNDLED = Path(__file__).parent.parent / "corpus" / "termbase"
PIECE = 6  # characters


def rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("name", "others", "expected", "why"), rows("heads.tsv"))
def test_heads(name: str, others: str, expected: str, why: str) -> None:
    names = {other.replace("+", " ") for other in others.split()}
    assert head(name, names.__contains__) == (None if expected == "-" else expected), why


@pytest.mark.parametrize(("text", "names", "expected", "why"), rows("lists.tsv"))
def test_lists(text: str, names: str, expected: str, why: str) -> None:
    found = [f"{whole.key}<{','.join(part.key for part in parts)}" for whole, parts in lists(text, marks(text, names))]
    assert found == ([] if expected == "-" else [expected]), why


def marks(text: str, names: str) -> list[Match]:
    return list(Finder(names.split()).matches(text))


# -- the measure


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 400))
def test_the_measure_is_symmetric_and_never_below_zero(both: int, first: int, second: int, neither: int) -> None:
    one, other, all_ = both + first, both + second, both + first + second + neither
    if all_:
        assert likelihood(both, one, other, all_) >= 0
        assert isclose(likelihood(both, one, other, all_), likelihood(both, other, one, all_), abs_tol=1e-6)


@given(st.integers(1, 20), st.integers(1, 20), st.integers(1, 20))
def test_independent_names_have_the_measure_zero(a: int, b: int, c: int) -> None:
    assert isclose(likelihood(a * b, a * b + a * c, a * b * 2, 2 * (a * b + a * c)), 0, abs_tol=1e-6)


def test_the_measure_is_dunnings() -> None:
    """The first row of table 1 of his paper of 1993: ``the swiss``, 110 of 31,777 bigrams; G² is 270.72."""
    assert isclose(likelihood(110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114), 270.72, abs_tol=0.01)
    assert isclose(chance(10.828), 0.001, rel_tol=1e-3)


def test_few_common_passages_are_never_significant() -> None:
    counts = Counts()
    counts.passages = 100_000
    for _ in range(FEWEST - 1):
        counts.add({1, 2})
    assert not [*counts.significant()]
    counts.add({1, 2})
    assert [found.pair for found in counts.significant()] == [(1, 2)]


def test_counting_is_bounded() -> None:
    counts = Counts(most=10)
    counts.passages = 1000
    for _ in range(5):
        counts.add({1, 2})
    for other in range(10, 200):
        counts.add({3, other})
    assert len(counts._pairs) <= 11
    assert [found.pair for found in counts.significant()] == [(1, 2)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 30)), unique=True))
def test_no_concept_has_more_neighbours_than_the_strongest(pairs: list[tuple[int, int]]) -> None:
    kept = strongest(Related(pair, 3, 1.0, 9.0) for pair in pairs)
    for concept in range(31):
        assert sum(concept in found.pair for found in kept) <= STRONGEST


# -- hierarchies


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))))
def test_nothing_is_ever_above_itself(pairs: list[tuple[str, str]]) -> None:
    hierarchy = Hierarchy()
    taken = [pair for pair in pairs if hierarchy.add(*pair)]
    for one, other in taken:
        assert other in hierarchy.above(one)
        assert one not in hierarchy.above(other)


# -- a whole glossary


class Run:
    """A passage without layout."""

    def __init__(self, record: str, text: str) -> None:
        self.record, self.key, self.printed = record, name_key(text), text

    def span(self, start: int, end: int) -> Span:
        return Span(start, end)


def linked(concepts: Sequence[Concept], texts: Sequence[Sequence[str]]) -> Glossary:
    languages = {f"d{number}": "zh-Hans" for number in range(len(texts))}
    shown = Attestations(concepts, languages)
    linking = Linking(concepts, shown.meant)
    finder = Finder(name_key(term.text) for concept in concepts for term in concept.terms)

    def read() -> Iterator[tuple[str, Occurrences]]:
        for doc, text in zip(languages, texts, strict=True):
            yield doc, finder.read(doc, [Run(f"p_{at}", passage) for at, passage in enumerate(text)])

    for doc, found in read():
        shown.add(doc, found)
        linking.add(doc, found)
    return Glossary(linking.concepts(shown.concepts(), read()))


def concept(key: str, *names: str, links: Sequence[Link] = (), definition: str = "") -> Concept:
    terms = tuple(Term(name, "zh-Hans") for name in names or (key,))
    definitions = (Definition(definition, "zh-Hans"),) if definition else ()
    return Concept(key, terms, definitions=definitions, links=tuple(links))


NAMES = (
    "去罪化",
    "法律去罪化",
    "事实去罪化",
    "司法转处",
    "警方司法转处",
    "减低伤害",
    "毒品",
    "海洛因",
    "可卡因",
    "合法化",
)
passages = st.lists(
    st.lists(st.sampled_from([*NAMES, "、", "等", "包括", "，", "。", "和", "国家"]), max_size=9).map("".join),
    max_size=12,
)


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    ids = [f"c{number}" for number in range(len(NAMES))]
    kinds = st.sampled_from(LINK_KINDS)
    given_ = draw(st.lists(st.tuples(st.sampled_from(ids), kinds, st.sampled_from(ids)), max_size=4))
    said = {(one, other): Link(kind, other, "by hand", "somebody") for one, kind, other in given_ if one < other}
    definitions = draw(st.lists(st.lists(st.sampled_from(NAMES), max_size=3).map("的".join), min_size=10, max_size=10))
    concepts = [
        concept(key, name, links=[link for (one, _), link in said.items() if one == key], definition=text)
        for key, name, text in zip(ids, NAMES, definitions, strict=True)
    ]
    return linked(concepts, draw(st.lists(passages, max_size=3)))


@settings(max_examples=60, deadline=None)
@given(glossaries())
def test_the_laws_of_links(glossary: Glossary) -> None:
    made = [(c.id, link) for c in glossary.concepts for link in c.links if link.source in RULES]
    by_hand = {
        frozenset((c.id, link.target)) for c in glossary.concepts for link in c.links if link.source == "somebody"
    }
    for key, link in made:
        assert link.target != key
        assert glossary.get(link.target)
        assert link.reason
        assert frozenset((key, link.target)) not in by_hand, "what a termbase says is not said otherwise"
        back = [other for other in glossary.links(link.target) if other.target == key]
        assert [other.kind for other in back] == [INVERSE[link.kind]]
    wider = Hierarchy()
    assert all(wider.add(key, link.target) for key, link in made if link.kind == "broader"), "no circle"
    for key, link in made:
        assert link.kind != "related" or not wider.joined(key, link.target)


@settings(max_examples=20, deadline=None)
@given(glossaries())
def test_links_stand_in_the_order_of_their_kinds(glossary: Glossary) -> None:
    for one in glossary.concepts:
        kinds = [LINK_KINDS.index(link.kind) for link in glossary.links(one.id)]
        assert kinds == sorted(kinds)


def test_the_rules_together() -> None:
    concepts = [
        concept("d", "去罪化"),
        concept("jure", "法律去罪化"),
        concept("drug", "毒品"),
        concept("heroin", "海洛因", links=[Link("contrast", "coke", "not the same")]),
        concept("coke", "可卡因"),
        concept("diversion", "司法转处", definition="也可以在尚未去罪化的地区实施。"),
    ]
    text = ["法律去罪化是一种模式。", "海洛因、可卡因等毒品。", "去罪化和司法转处。"]
    glossary = linked(concepts, [text])
    found = {(c.id, link.kind, link.target): link for c in glossary.concepts for link in c.links}
    assert found["jure", "broader", "d"].found == (Evidence("d0", "p_0", Span(0, 5), "法律去罪化是一种模式。"),)
    assert found["heroin", "broader", "drug"].found[0].quote == "海洛因、可卡因等毒品。"
    assert ("coke", "broader", "drug") in found
    assert "去罪化的地区" in found["diversion", "related", "d"].reason
    shown = found["diversion", "related", "d"].found
    assert [(one.record, one.span) for one in shown] == [("p_2", Span(0, 8))]
    assert [kind for one, kind, other in found if {one, other} == {"heroin", "coke"}] == ["contrast"]


def test_what_stands_together_by_far_too_often_is_related() -> None:
    concepts = [concept("a", "减低伤害"), concept("b", "海洛因"), concept("c", "可卡因", links=[Link("contrast", "b")])]
    text = ["减低伤害与海洛因。", "海洛因与可卡因。"] * 12 + ["国家。"] * 300
    glossary = linked(concepts, [text])
    found = [(link.kind, link.target, link.source) for link in glossary.links("b")]
    assert found == [("related", "a", "co-occurrence"), ("contrast", "c", "")]
    assert "Together in 12 passages" in glossary.links("a")[0].reason


def test_a_statutes_own_word_is_no_wider_term_in_another_statute() -> None:
    def stated(key: str, name: str, doc: str) -> Concept:
        said = Definition("…", "zh-Hans", found=Evidence(doc, "p_0", Span(0, 1)), scope="document")
        return Concept(key, (Term(name, "zh-Hans", "admitted"),), definitions=(said,), origin="document")

    concepts = [stated("one", "作品", "d0"), stated("two", "音乐作品", "d1"), stated("three", "美术作品", "d0")]
    glossary = linked(concepts, [["作品。", "美术作品。"], ["音乐作品。"]])
    assert [link.target for link in glossary.links("one")] == ["three"]
    assert not glossary.links("two")


def test_a_word_of_one_region_is_no_head_elsewhere() -> None:
    concepts = [
        Concept("hk", (Term("調查", "zh-Hant-HK"), Term("侦查", "zh-Hans"))),
        concept("other", "流行病学调查"),
        Concept("same", (Term("財務調查", "zh-Hant-HK"),)),
    ]
    assert [link.target for link in linked(concepts, []).links("hk")] == ["same"]


def test_candidates_are_not_linked() -> None:
    candidate = Concept("x", (Term("新去罪化", "zh-Hans", "candidate"),), origin="candidate")
    glossary = linked([concept("d", "去罪化"), candidate], [["新去罪化。"]])
    assert not glossary.links("x")


# -- of a library


def of_library(texts: Path, folder: Path, termbase: Path) -> tuple[Glossary, dict[str, str]]:
    """Its glossary, and the text of each document without white space."""
    index([texts], folder, jobs=1)
    with Store.read(folder) as store:
        found = glossary(store, folder, (termbase,)).glossary
        return found, {doc: "".join(store.text(doc).split()) for doc in store.document_ids()}


@pytest.fixture(scope="module")
def report(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Glossary, dict[str, str]]:
    return of_library(shared / "corpus", tmp_path_factory.mktemp("links"), BUNDLED)


def test_decriminalisation_and_diversion_are_linked_with_the_sentence_that_shows_it(
    report: tuple[Glossary, dict[str, str]],
) -> None:
    found, _ = report
    (link,) = (link for link in found.links("decriminalisation") if link.target == "judicial-diversion")
    assert link.kind == "related"
    (shown,) = link.found
    assert "去罪化" in shown.quote
    assert "司法转处" in shown.quote


def test_every_quotation_stands_in_its_text(report: tuple[Glossary, dict[str, str]]) -> None:
    found, texts = report
    shown = [one for c in found.concepts for link in c.links for one in link.found]
    assert len(shown) > 200
    for one in shown:
        words = "".join(one.quote.strip("…").split())
        assert words, one
        if one.record.startswith("def_"):
            continue  # a definition is printed as it is read: its lines put together
        pieces = [words[at : at + PIECE] for at in range(0, len(words) - PIECE, PIECE)]
        missing = [piece for piece in pieces if piece not in texts[one.doc]]
        assert len(missing) <= max(2, len(pieces) // 2), one  # marks of notes and ends of pages interrupt the text


def test_false_friends_are_told_apart(report: tuple[Glossary, dict[str, str]]) -> None:
    found, _ = report
    pairs = (
        ("procedure", "prescribed-form"),
        ("judicial-diversion", "deferred-prosecution"),
        ("decriminalisation", "legalisation"),
        ("judicial-diversion", "diversion-of-substances"),
    )
    for one, other in pairs:
        (link,) = (link for link in found.links(one) if link.target == other)
        assert (link.kind, bool(link.reason), bool(link.source)) == ("contrast", True, True)
