"""Concepts from termbases and texts: whose a name is, where it stands, and what was made by conversion."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from little_corpus import run as tongwen
from little_corpus import write
from tongwen.concept import Concept, Definition, Evidence, Glossary, Link, Term
from tongwen.errors import NotFound
from tongwen.glossary.assembly import Said, assemble
from tongwen.glossary.attestation import Attestations
from tongwen.glossary.lookup import named
from tongwen.glossary.naming import bare, id_of, name_key, regional
from tongwen.glossary.occurrences import Finder, sentence
from tongwen.glossary.plain import as_json, of_json
from tongwen.glossary.selection import Selection
from tongwen.model import Record, RecordKind, Span

INCB = Concept(
    "incb",
    (
        Term("International Narcotics Control Board", "en"),
        Term("INCB", "en", "admitted", "abbreviation"),
        Term("国际麻醉品管制局", "zh-Hans"),
        Term("管制局", "zh-Hans", "admitted", "short"),
    ),
)
DECRIMINALISATION = Concept(
    "decriminalisation",
    (
        Term("去罪化", "zh-Hans"),
        Term("合法化", "zh-Hans", "deprecated"),
        Term("除罪化", "zh-Hant-TW"),
        Term("decriminalisation", "en"),
    ),
)
LEGALISATION = Concept("legalisation", (Term("合法化", "zh-Hans"),))
CURATED = (INCB, DECRIMINALISATION, LEGALISATION)


# -- names


@pytest.mark.parametrize(
    ("one", "other"),
    [("國際 麻醉品\n管制局", "国际麻醉品管制局"), (" Harm  Reduction", "harm reduction"), ("ＩＮＣＢ", "incb")],
)
def test_writings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("《中华人民共和国专利法》", "中华人民共和国专利法"),
        ("“技术成果", "技术成果"),
        ("、中华人民共和国海关", "中华人民共和国海关"),
        ("《企业破产法（试行）》", "企业破产法（试行）"),
        ("「甲」與「乙」", "「甲」與「乙」"),
        ("* 70%", ""),
        ("，", ""),
    ],
)
def test_marks_around_a_name_are_none_of_it(printed: str, name: str) -> None:
    assert bare(printed) == name


@given(st.text("《》“”「」、，甲乙a ", max_size=12))
def test_a_bare_name_is_a_part_of_what_is_printed_and_stays(printed: str) -> None:
    assert bare(printed) in printed
    assert bare(bare(printed)) == bare(printed)


@pytest.mark.parametrize(
    ("language", "jurisdiction", "tag"),
    [
        ("zh-Hant", "Taiwan", "zh-Hant-TW"),
        ("zh-Hant", "中華民國", "zh-Hant-TW"),
        ("zh-Hant", "Hong Kong SAR", "zh-Hant-HK"),
        ("zh-Hant", "International", "zh-Hant"),
        ("zh-Hans", "Taiwan", "zh-Hans"),
        ("en", "Hong Kong", "en"),
    ],
)
def test_a_region_is_told_by_the_jurisdiction(language: str, jurisdiction: str, tag: str) -> None:
    assert regional(language, jurisdiction) == tag


# -- assembly


def said(record_kind: RecordKind, language: str = "zh-Hans", doc: str = "d", **fields: object) -> Said:
    named = ("term_span", "definition_span", "full_span", "abbr_span", "equivalent_span")
    spans = {name: [0, 1] for name in named}
    record = Record(f"{record_kind}_1", record_kind, Span(0, 1), fields={**spans, **fields})  # type: ignore[dict-item]
    return Said(doc, f"title of {doc}", language, record)


def defined(term: str, definition: str, **more: object) -> Said:
    return said("definition", term=term, definition=definition, scope="document", **more)


def shortened(full: str, abbr: str, kind: str = "short", sure: bool = True, **more: object) -> Said:
    return said("abbreviation", full=full, abbr=abbr, kind=kind, sure=sure, **more)


def by_id(concepts: Sequence[Concept]) -> dict[str, Concept]:
    return {concept.id: concept for concept in concepts}


def test_a_definition_belongs_to_the_concept_whose_name_it_defines() -> None:
    found = by_id(assemble(CURATED, [defined("去罪化", "撤销刑事惩罚。")]))
    assert [(d.text, d.source) for d in found["decriminalisation"].definitions] == [("撤销刑事惩罚。", "title of d")]
    assert len(found) == len(CURATED)


def test_a_name_that_is_wrong_for_one_concept_is_that_of_the_other() -> None:
    found = by_id(assemble(CURATED, [defined("合法化", "使之合法。")]))
    assert found["legalisation"].definitions
    assert not found["decriminalisation"].definitions


def test_a_name_of_nobody_becomes_a_concept_with_an_id_that_does_not_depend_on_others() -> None:
    alone, among = (
        by_id(assemble(curated, [defined("房地", "建築物。", language="zh-Hant")])) for curated in ((), CURATED)
    )
    own = id_of(name_key("房地"))
    assert alone[own] == among[own]
    assert (alone[own].origin, alone[own].terms[0].status) == ("document", "admitted")


def test_a_definition_that_only_repeats_a_longer_name_is_a_short_form_in_its_document() -> None:
    found = by_id(assemble(CURATED, [defined("管制局", "公約設立之國際麻醉品管制局。", language="zh-Hant", doc="t")]))
    (short,) = (t for t in found["incb"].terms if t.scope)
    assert (short.text, short.type, short.scope, short.language) == ("管制局", "short", "t", "zh-Hant")
    assert len(found) == len(CURATED)


def test_an_unsure_long_form_is_a_candidate_and_a_self_name_nothing() -> None:
    found = assemble((), [shortened("的某机构", "ABC", "acronym", sure=False), shortened("某某办法", "本办法", "self")])
    (concept,) = found
    assert [(t.text, t.language, t.type, t.status) for t in concept.terms] == [
        ("的某机构", "zh-Hans", "full", "candidate"),
        ("ABC", "en", "acronym", "candidate"),
    ]


def test_of_two_concepts_with_one_name_neither_is_guessed() -> None:
    twins = (Concept("a", (Term("转移", "zh-Hans"),)), Concept("b", (Term("转移", "zh-Hans"),)))
    found = by_id(assemble(twins, [defined("转移", "移往他处。")]))
    assert not found["a"].definitions
    assert not found["b"].definitions
    assert found[id_of(name_key("转移"))].notes == ("The same name as a and b.",)


def test_definitions_in_the_same_provision_of_a_text_and_its_translation_are_of_one_concept() -> None:
    def twin(doc: str, language: str, term: str, parent: str) -> Said:
        one = defined(term, "…", language=language, doc=doc)
        return one._replace(record=one.record._replace(parent=parent), original="zh")

    both = [twin("en", "en", "Minor", "art_1.6"), twin("zh", "zh-Hant", "未成年人", "art_1.6")]
    several = [twin("en", "en", "Export", "art_1.7"), twin("en", "en", "Import", "art_1.7")]
    found = assemble((), [*both, *several, twin("zh", "zh-Hant", "輸出", "art_1.7")])
    assert [[(t.text, t.language) for t in c.terms] for c in found] == [
        [("Export", "en")],
        [("Import", "en")],
        [("Minor", "en"), ("未成年人", "zh-Hant")],
        [("輸出", "zh-Hant")],
    ]


def test_the_term_in_brackets_behind_a_term_is_the_same_in_another_language() -> None:
    found = assemble((), [defined("危險藥物", "第一部所列之物", language="zh-Hant-HK", equivalent="dangerous drug")])
    assert [(t.text, t.language, t.status) for c in found for t in c.terms] == [
        ("危險藥物", "zh-Hant-HK", "admitted"),
        ("dangerous drug", "en", "admitted"),
    ]


# -- where names stand


class Passage:
    """A passage that is printed without anything between its characters."""

    def __init__(self, text: str, record: str = "p_1") -> None:
        self.record, self.printed, self.key = record, text, name_key(text)

    def span(self, start: int, end: int) -> Span:
        return Span(start, end)


def attested(concepts: Sequence[Concept], texts: dict[str, tuple[str, str]]) -> dict[str, Concept]:
    """``texts``: document to language tag and text."""
    finder = Finder(name_key(t.text) for c in concepts for t in c.terms)
    book = Attestations(concepts, {doc: language for doc, (language, _) in texts.items()})
    for doc, (_, text) in texts.items():
        book.add(doc, finder.read(doc, [Passage(text)]))
    return by_id(book.concepts())


def counts(concept: Concept) -> dict[tuple[str, str], int]:
    return {(term.text, term.language): term.count for term in concept.terms if term.count}


def test_the_longest_name_counts_and_none_inside_it() -> None:
    finder = Finder(["去罪化", "法律去罪化", "罪化"])
    assert [match.key for match in finder.matches("法律去罪化与去罪化")] == ["法律去罪化", "去罪化"]


def test_a_latin_name_is_a_word_of_its_own() -> None:
    finder = Finder(["ost", "incb"])
    assert [match.start for match in finder.matches("cost ost incb的 post-2015")] == [5, 9]


@settings(deadline=None)  # the first call loads a dictionary
@given(st.lists(st.text("去罪化法律ab ", min_size=2, max_size=4), max_size=5), st.text("去罪化法律ab 。", max_size=30))
def test_what_is_found_stands_there_and_never_overlaps(names: list[str], text: str) -> None:
    matches = list(Finder(names).matches(text))
    assert all(text[match.start : match.end] == match.key for match in matches)
    assert all(one.end <= two.start for one, two in pairwise(matches))


def test_a_form_counts_as_it_is_written_and_other_writings_become_forms_of_their_texts() -> None:
    texts = {"hans": ("zh-Hans", "去罪化。去罪化。"), "tw": ("zh-Hant-TW", "除罪化"), "hk": ("zh-Hant-HK", "去罪化")}
    found = attested(CURATED, texts)["decriminalisation"]
    assert counts(found) == {("去罪化", "zh-Hans"): 2, ("除罪化", "zh-Hant-TW"): 1, ("去罪化", "zh-Hant-HK"): 1}
    assert [t.status for t in found.terms if t.language == "zh-Hant-HK"] == ["admitted"]


def test_a_word_of_one_region_is_no_word_of_another() -> None:
    concept = Concept("diversion", (Term("司法转处", "zh-Hans"), Term("轉向", "zh-Hant-TW")))
    assert not counts(attested([concept], {"d": ("zh-Hans", "并转向以健康为基础的方法")})["diversion"])


def test_an_acronym_is_no_word_in_small_letters() -> None:
    concept = Concept("who", (Term("WHO", "en", "admitted", "acronym"), Term("World Health Organization", "en")))
    text = "The WHO says who; WORLD HEALTH ORGANIZATION."
    assert counts(attested([concept], {"d": ("en", text)})["who"]) == {
        ("WHO", "en"): 1,
        ("World Health Organization", "en"): 1,
    }


@pytest.mark.parametrize(("text", "tag"), [("维持治疗", "zh-Hans"), ("維持治療", "zh-Hant")])
def test_chinese_in_an_english_text_is_of_its_own_script(text: str, tag: str) -> None:
    concept = Concept("c", (Term("maintenance", "en"), Term("维持治疗", "zh-Hans")))
    assert counts(attested([concept], {"d": ("en", f"maintenance ({text})")})["c"]) == {
        ("maintenance", "en"): 1,
        (text, tag): 1,
    }


def test_a_short_form_counts_only_where_it_has_its_meaning() -> None:
    other = attested(CURATED, {"d": ("zh-Hans", "烟草专卖管制局")})["incb"]
    same = attested(CURATED, {"d": ("zh-Hans", "国际麻醉品管制局。管制局报告。")})["incb"]
    assert not counts(other)
    assert counts(same) == {("国际麻醉品管制局", "zh-Hans"): 1, ("管制局", "zh-Hans"): 1}


def test_a_deprecated_form_that_is_right_elsewhere_is_counted_there() -> None:
    found = attested(CURATED, {"d": ("zh-Hans", "大麻合法化")})
    assert counts(found["legalisation"]) == {("合法化", "zh-Hans"): 1}
    assert not counts(found["decriminalisation"])


def test_a_script_without_a_form_gets_one_that_says_that_it_was_converted() -> None:
    found = attested(CURATED, {"d": ("zh-Hans", "大麻合法化")})
    made = [t for t in found["incb"].terms if t.converted]
    assert [(t.text, t.language, t.status, t.attested) for t in made] == [
        ("國際麻醉品管制局", "zh-Hant", "admitted", False)
    ]
    assert not any(t.converted for t in found["decriminalisation"].terms)


def test_a_converted_form_is_none_where_a_text_has_it() -> None:
    found = attested(CURATED, {"d": ("zh-Hant", "國際麻醉品管制局")})["incb"]
    assert [(t.converted, t.count) for t in found.terms if t.language == "zh-Hant"] == [(False, 1)]


@pytest.mark.parametrize(
    ("text", "at", "shown"),
    [
        ("甲。乙丙丁。戊", "丙", "乙丙丁。"),
        ("甲乙丙", "乙", "甲乙丙"),
        ("他说：“乙。”然后", "乙", "他说：“乙。”"),
    ],
)
def test_what_is_quoted_is_a_sentence(text: str, at: str, shown: str) -> None:
    start = text.index(at)
    assert sentence(text, start, start + 1) == shown


def test_a_quotation_is_cut_with_a_mark() -> None:
    quoted = sentence("甲" * 300, 150, 152)
    assert quoted.startswith("…")
    assert quoted.endswith("…")
    assert len(quoted) < 200


# -- the whole

texts = st.text("去罪化甲a1 \"'=,", min_size=1, max_size=6)
evidence = st.builds(Evidence, texts, texts, st.integers(0, 9).map(lambda n: Span(n, n + 1)), texts)
terms = st.builds(Term, texts, st.sampled_from(["zh-Hans", "zh-Hant-TW", "en"]), found=st.lists(evidence).map(tuple))
links = st.builds(Link, st.sampled_from(["broader", "related"]), texts, texts, found=st.lists(evidence).map(tuple))
definitions = st.builds(Definition, texts, st.just("en"), found=st.none() | evidence)
concepts = st.builds(
    Concept,
    texts,
    st.lists(terms, min_size=1, max_size=3).map(tuple),
    definitions=st.lists(definitions, max_size=2).map(tuple),
    links=st.lists(links, max_size=2).map(tuple),
)


@given(concepts)
def test_a_concept_comes_back_from_json_as_it_was(concept: Concept) -> None:
    assert of_json(json.loads(json.dumps(as_json(concept)))) == concept


def test_links_are_seen_from_both_sides() -> None:
    narrow = Concept(
        "narrow", (Term("甲乙", "zh-Hans"),), links=(Link("broader", "wide", "why"), Link("related", "gone"))
    )
    glossary = Glossary((narrow, Concept("wide", (Term("乙", "zh-Hans"),))))
    assert [(link.kind, link.target) for link in glossary.links("narrow")] == [("broader", "wide")]
    assert [(link.kind, link.target, link.reason) for link in glossary.links("wide")] == [("narrower", "narrow", "why")]


def test_an_entry_is_found_by_its_id_and_by_every_form_the_better_meaning_first() -> None:
    glossary = Glossary(CURATED)
    assert [c.id for c in named(glossary, "incb")] == ["incb"]
    assert [c.id for c in named(glossary, "國際麻醉品管制局")] == ["incb"]
    assert [c.id for c in named(glossary, "合法化")] == ["legalisation", "decriminalisation"]
    with pytest.raises(NotFound, match="Did you mean 国际麻醉品管制局"):
        named(glossary, "麻醉品管制局")


def test_a_selection_never_shows_candidates_with_the_others() -> None:
    mixed = Concept(
        "m", (Term("甲", "zh-Hans"), Term("乙", "zh-Hans", "candidate"), Term("丙", "zh-Hant", converted=True))
    )
    assert [[t.text for t in c.terms] for c in Selection().of([mixed])] == [["甲", "丙"]]
    assert [[t.text for t in c.terms] for c in Selection(frozenset({"candidate"})).of([mixed])] == [["乙"]]
    assert [[t.text for t in c.terms] for c in Selection(converted="leave-out").of([mixed])] == [["甲"]]


def test_a_region_leaves_the_words_that_have_none() -> None:
    (concept,) = Selection(regions=("HK",)).of([DECRIMINALISATION])
    assert [t.text for t in concept.terms] == ["去罪化", "合法化", "decriminalisation"]


# -- from the shell

TERMS = "concept,language,term\ndrug,zh-Hans,毒品\ndrug,en,drug\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("library")
    texts = {"texts/a.txt": "甲法\n\n第一条　本法所称毒品，是指鸦片。\n\n第二条　贩卖毒品的，处罚款。\n"}
    write(place, {**texts, "texts/termbase/terms.csv": TERMS})
    assert tongwen("index", place / "texts", "--index", place / "index").stderr == ""
    return place


def test_a_termbase_lies_among_the_texts_and_an_edit_works_at_once(library: Path) -> None:
    where = ("--index", library / "index", "glossary")
    first = json.loads(tongwen(*where, "list", "--json").stdout)
    assert (first["id"], first["terms"][0]["count"], first["definitions"][0]["definition"]) == ("drug", 2, "鸦片。")
    file = library / "texts/termbase/terms.csv"
    file.write_text(TERMS + "fine,zh-Hans,罚款\nbad,zh,\n", "utf-8")
    edited = tongwen(*where, "list", "--json")
    assert [json.loads(line)["id"] for line in edited.stdout.splitlines()] == ["drug", "fine"]
    assert (edited.returncode, edited.stderr) == (3, f"tongwen: {file}:5: there is no term; the row is passed over.\n")
    file.write_text(TERMS, "utf-8")


def test_what_is_kept_beside_the_index_may_be_lost_or_damaged(library: Path) -> None:
    where = ("--index", library / "index", "glossary", "list", "--json")
    before = tongwen(*where).stdout
    for damage in (b"", b"no database", None):
        for file in (library / "index").glob("glossary.sqlite*"):
            file.unlink() if damage is None else file.write_bytes(damage)
        assert tongwen(*where).stdout == before


def test_a_termbase_needs_no_index(library: Path, tmp_path: Path) -> None:
    bundled = ROOT / "corpus" / "termbase"
    shown = tongwen("--index", tmp_path / "none", "glossary", "show", "--termbase", bundled, "去罪化")
    assert (shown.returncode, shown.stdout.splitlines()[0][:3]) == (0, "去罪化")
    assert tongwen("--index", tmp_path / "none", "glossary", "list").returncode == 1


def test_terms_are_records_of_the_library(library: Path) -> None:
    (row,) = map(json.loads, tongwen("--index", library / "index", "records", "terms").stdout.splitlines())
    said = {name: row[name] for name in ("doc", "term", "key", "hans", "hant", "en", "count", "documents", "converted")}
    assert said == {
        "doc": "a",
        "term": "毒品",
        "key": "毒品",
        "hans": "毒品",
        "hant": "毒品",
        "en": "drug",
        "count": 2,
        "documents": 1,
        "converted": ["hant"],
    }


REPEATED = """甲法

第一条　社区戒毒由社区戒毒工作小组负责。参加社区戒毒的人员应当报到。

第二条　社区戒毒工作小组应当制定社区戒毒计划；社区戒毒的期限为三年。

第三条　毒品依法销毁。接受社区戒毒的，由公安机关送达；拒绝社区戒毒的，处罚款。
"""


def test_candidates_come_behind_the_others_with_a_score_and_a_reason(tmp_path: Path) -> None:
    write(tmp_path, {"texts/a.txt": REPEATED, "texts/termbase/terms.csv": TERMS})
    tongwen("index", tmp_path / "texts", "--index", tmp_path / "index")
    where = ("--index", tmp_path / "index")
    rows = list(map(json.loads, tongwen(*where, "records", "terms").stdout.splitlines()))
    assert [row["status"] for row in rows] == ["preferred"] + ["candidate"] * (len(rows) - 1)
    first = rows[1]
    assert (first["term"], first["doc"], first["id"], first["count"], first["documents"]) == (
        "社区戒毒",
        "a",
        "art_1.1",
        8,
        1,
    )
    assert REPEATED[slice(*first["span"])] == "社区戒毒"
    assert [row["score"] for row in rows[1:]] == sorted((row["score"] for row in rows[1:]), reverse=True)
    listed = [json.loads(line) for line in tongwen(*where, "glossary", "list", "--json").stdout.splitlines()]
    assert [concept["id"] for concept in listed] == ["drug"]
    proposed = tongwen(*where, "glossary", "list", "--status", "candidate", "--json").stdout.splitlines()
    assert [json.loads(line)["terms"][0]["term"] for line in proposed] == [row["term"] for row in rows[1:]]
    assert "8 times" in json.loads(proposed[0])["terms"][0]["note"]
