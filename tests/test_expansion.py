"""A query is widened by the names that the glossary knows, as it is now, and each hit says by which entry."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from little_corpus import LONG_AGO, write
from naming_library import TERMS, build
from tongwen.cli.boundary import run
from tongwen.flow import index
from tongwen.flow.opening import Library, library
from tongwen.flow.thesaurus import LibraryThesaurus
from tongwen.glossary.naming import id_of, name_key
from tongwen.normalise import convert
from tongwen.search import Results, search
from tongwen.store.kept_terms import NAME

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

Found = dict[str, str]
"""Each hit's reference, and why it is one."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="module")
def texts(place: Path) -> Iterator[Library]:
    with library(place) as opened:
        yield opened


@pytest.fixture
def own(place: Path, tmp_path: Path) -> Path:
    """An index with a termbase that may be edited."""
    copytree(place.parent, tmp_path / "library")
    index([tmp_path / "library" / "texts"], tmp_path / "library" / "index", jobs=1, prune=True)
    return tmp_path / "library" / "index"


def wide(opened: Library, place: Path, query: str, **options: object) -> Results:
    names = LibraryThesaurus(opened.store, place)
    return search(opened, query, limit=100, thesaurus=names, **options)  # type: ignore[arg-type]


def why(results: Results) -> Found:
    return {f"{hit.doc}#{hit.id}": " ".join(hit.why) for hit in results.hits}


def asked(place: Path, query: str) -> Found:
    with library(place) as opened:
        return why(wide(opened, place, query))


def each(reason: str, hits: str) -> Found:
    return dict.fromkeys(hits.split(), reason)


INCB = each("glossary:incb", "treaty#art_1.1 treaty#art_1.2 review#art_1.1 review#art_2.1")
DRUGS = f"glossary:{id_of(name_key('国务院药品监督管理部门'))}"
HARM = "glossary:harm-reduction"


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("INCB", {**each("exact", "bulletin#art_1.1"), **INCB}),
        ("Ｉｎｃｂ", {**each("exact", "bulletin#art_1.1"), **INCB}),
        # A deprecated name leads to its concept; what is deprecated for one and approved for another is the other's.
        ("国际麻醉品控制委员会", {**each("glossary:incb", "bulletin#art_1.1"), **INCB}),
        ("合法化", each("exact", "review#art_3.1")),
        (
            "去罪化",
            each("exact", "review#art_3.1") | each("glossary:decriminalisation", "treaty#art_2 english#art_3.1"),
        ),
        # Neighbouring words, with what else was typed.
        ("harm reduction", each("exact", "english#art_1.1") | each(HARM, "review#art_4.1 bulletin#art_2.1")),
        ("harm reduction 公共卫生", each(HARM, "review#art_4.1")),
        ('"harm reduction" 公共卫生', each(HARM, "review#art_4.1")),
        ("减低 伤害", each("exact", "review#art_4.1") | each(HARM, "english#art_1.1 bulletin#art_2.1")),
        ("INCB 报告", each("glossary:incb", "treaty#art_1.2 review#art_1.1")),
        ("INCB report", each("glossary:incb glossary:report", "treaty#art_1.2 review#art_1.1")),
        # Operators.
        ("INCB OR 程序公正", {**each("words", "bulletin#art_1.1 review#art_5.1"), **INCB}),
        ("去罪化 -合法化", each("glossary:decriminalisation", "treaty#art_2 english#art_3.1")),
        ("报告 -INCB", each("exact", "treaty#art_1.2 review#art_1.1 tobacco#art_1.1")),
        # A short form counts where it has the meaning: in its document, or beside a full form.
        ("禁毒委员会", each("exact", "scoped#art_1.1") | each("glossary:agency", "scoped#art_2.1")),
        ("国务院药品监督管理部门", each("exact", "drugs#art_1.1 cosmetics#art_2.1") | each(DRUGS, "drugs#art_2.1")),
        ("药监部门", each("exact", "drugs#art_1.1 drugs#art_2.1 cosmetics#art_1.1")),
        # An abbreviation in capitals is no word in small letters, and a single character is no name.
        ("世界卫生组织", each("exact", "review#art_6.1") | each("glossary:who", "english#art_3.1 clinic#art_1.1")),
        ("schedule", {}),
        # A name of two entries.
        ("程序", each("exact", "review#art_5.1") | each("glossary:programme", "bulletin#art_3.1")),
    ],
)
def test_a_query_finds_by_other_names(texts: Library, place: Path, query: str, hits: Found) -> None:
    found = wide(texts, place, query)
    assert why(found) == hits
    assert found.total == len(hits)


def test_it_is_told_how_the_query_was_read(texts: Library, place: Path) -> None:
    assert wide(texts, place, "程序").read_as == (
        "exact: 程序",
        "glossary: 程序 = procedure (procedure)",
        "glossary: 程序 = program, 程式 (programme)",
    )
    (told,) = wide(texts, place, "药监部门").read_as[1:]
    assert told == f"glossary: 药监部门 = 国务院药品监督管理部门 ({DRUGS.removeprefix('glossary:')}, in drugs alone)"
    assert not [told for told in wide(texts, place, "烟草").read_as if "glossary" in told]


def test_other_names_are_marked_where_they_mean_it(texts: Library, place: Path) -> None:
    def marked(query: str, doc: str) -> set[str]:
        found = wide(texts, place, query, doc=doc).hits
        return {mark.of(texts.store.text(doc)) for hit in found for mark in hit.highlights}

    assert marked("INCB", "treaty") == {"管制局", "國際麻醉品管制局"}
    assert marked("报告 OR INCB", "tobacco") == {"报告"}
    assert marked("世界卫生组织 OR those", "english") == {"WHO", "Those"}


WHO = each("exact", "english#art_3.1 clinic#art_1.1")


@pytest.mark.parametrize(
    ("query", "hits", "spellings"),
    [
        ("WHO", {**WHO, **each("glossary:who", "review#art_6.1")}, {"WHO": 2}),
        ("ＷＨＯ", {**WHO, **each("glossary:who", "review#art_6.1")}, {"WHO": 2}),
        ('"WHO"', {**WHO, **each("glossary:who", "review#art_6.1")}, {"WHO": 2}),
        ("ART", each("exact", "clinic#art_1.1") | each("partial", "clinic#art_3.1"), {"ART": 1}),
        ("WHO reports", each("words", "clinic#art_1.1"), {"WHO": 1, "reports": 1}),
        ('"WHO reports"', {}, {}),
        ("reports -WHO", each("exact", "clinic#art_2.1"), {"reports": 1}),
    ],
)
def test_an_acronym_typed_in_capitals_counts_in_capitals(
    texts: Library, place: Path, query: str, hits: Found, spellings: dict[str, int]
) -> None:
    found = wide(texts, place, query, spelled=True)
    assert why(found) == hits
    assert found.total == len(hits)
    assert found.spellings == spellings
    assert any(told.startswith("in capitals alone: ") for told in found.read_as)
    marks = {mark.of(texts.store.text(hit.doc)) for hit in found.hits for mark in hit.highlights}
    assert not marks & {"who", "art", "Art"}
    assert why(found).keys() - why(search(texts, query, limit=100)).keys() <= {"review#art_6.1", "clinic#art_2.1"}


@pytest.mark.parametrize("query", ["who", "Who", "INCBs who", "those WHOEVER"])
def test_other_words_count_in_any_case(texts: Library, place: Path, query: str) -> None:
    assert not any("capitals" in told for told in wide(texts, place, query).read_as)
    plain = search(texts, query, limit=100)
    assert why(plain).items() <= why(wide(texts, place, query)).items()


def test_an_acronym_that_is_also_a_word_of_its_entry_counts_in_any_case(own: Path) -> None:
    edit(own, f"{TERMS}art,en,art,admitted,full,,,\n")
    assert asked(own, "ART").items() >= each("exact", "clinic#art_1.1 clinic#art_2.1").items()


def test_of_many_names_six_are_told(own: Path) -> None:
    edit(own, TERMS + "".join(f"incb,en,board {at},admitted,full,,,\n" for at in "abcd"))
    with library(own) as opened:
        (told,) = [told for told in wide(opened, own, "INCB").read_as if told.startswith("glossary")]
    assert told.count(",") == 5
    assert told.endswith(" and 2 more (incb)")


def test_a_long_hit_is_shown_around_what_was_typed(own: Path) -> None:
    long = f"管制局{'提出报告' * 1000}INCB"
    write(own.parent / "texts", {"treaty.txt": f"示范公约\n第一条　国际麻醉品管制局{long}。\n"})
    index([own.parent / "texts"], own, jobs=1)
    with library(own) as opened:
        (hit,) = wide(opened, own, "INCB", doc="treaty").hits
    assert hit.why == ("exact",)
    assert "INCB" in hit.text


def test_options_go_on_working(texts: Library, place: Path) -> None:
    assert set(why(wide(texts, place, "INCB", doc="rev*"))) == {"review#art_1.1", "review#art_2.1"}
    assert {hit.kind for hit in wide(texts, place, "INCB", kind="article").hits} == {"article"}
    assert why(wide(texts, place, "除罪化", exact_script=True)) == {"treaty#art_2": "exact"}
    whole = wide(texts, place, "INCB").hits
    names = LibraryThesaurus(texts.store, place)
    pages = [search(texts, "INCB", limit=2, offset=at, thesaurus=names).hits for at in (0, 2, 4)]
    assert sum(pages, ()) == whole


WORDS = ["INCB", "管制局", "国际麻醉品管制局", "麻管局", "去罪化", "除罪化", "合法化", "harm", "reduction", "减低伤害"]
WORDS += [
    "減害",
    "报告",
    "report",
    "程序",
    "药监部门",
    "委员会",
    "who",
    "烟草",
    "OR",
    "|",
    "-管制局",
    '"harm reduction"',
]
QUERIES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@QUIET
@given(QUERIES)
def test_what_is_found_as_typed_stays_and_comes_first(texts: Library, place: Path, query: str) -> None:
    plain, found = search(texts, query, limit=100), wide(texts, place, query)
    if not any("glossary" in reason for hit in found.hits for reason in hit.why):
        assert why(plain) == why(found)
        return
    close = [hit for hit in found.hits if hit.why[0] in ("citation", "exact", "words")]
    assert found.hits[: len(close)] == tuple(close)
    if close:
        assert why(plain).keys() <= why(found).keys()
        kept = [(h.doc, h.id, h.score, h.why) for h in plain.hits if h.why[0] in ("citation", "exact", "words")]
        assert [(h.doc, h.id, h.score, h.why) for h in close] == kept


@QUIET
@given(QUERIES)
def test_either_script_is_widened_alike(texts: Library, place: Path, query: str) -> None:
    hans, hant = (wide(texts, place, convert(query, script)) for script in ("hans", "hant"))
    assert hans.hits == hant.hits


def test_all_full_names_of_an_entry_find_the_same(texts: Library, place: Path) -> None:
    for one, other in product(("去罪化", "除罪化", "decriminalisation"), repeat=2):
        assert why(wide(texts, place, one)).keys() == why(wide(texts, place, other)).keys()


# -- the termbase as it is now


def edit(place: Path, terms: str) -> None:
    (place.parent / "texts" / "termbase" / "terms.csv").write_text(terms, "utf-8")


def test_an_edit_counts_at_once(own: Path) -> None:
    assert asked(own, "公共卫生") == {"review#art_4.1": "exact"}
    edit(own, f"{TERMS}health,zh-Hans,公共卫生,preferred,full,,,\nhealth,zh-Hans,烟草,admitted,full,,,\n")
    found = each("exact", "review#art_4.1") | each("glossary:health", "tobacco#p_1 tobacco#art_1.1")
    assert asked(own, "公共卫生") == found
    edit(own, TERMS.replace("incb,", "icbn,"))  # as many bytes, perhaps in the same moment
    assert asked(own, "INCB")["review#art_1.1"] == "glossary:icbn"
    (own.parent / "texts" / "termbase" / "terms.csv").unlink()
    assert asked(own, "INCB") == {"bulletin#art_1.1": "exact"}


def test_a_termbase_is_read_once(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(own.parent / "texts" / "termbase" / "terms.csv", (LONG_AGO, LONG_AGO))
    found = asked(own, "INCB")
    monkeypatch.setattr("tongwen.exchange.folder.read_terms", None)
    assert asked(own, "INCB") == found


@pytest.mark.parametrize("state", ["folder", "damaged", "another"])
def test_what_was_kept_can_always_be_made_again(own: Path, state: str) -> None:
    found = asked(own, "INCB")
    (own / NAME).unlink()
    if state == "folder":  # as good as one in which nothing may be written
        (own / NAME).mkdir()
    else:
        (own / NAME).write_bytes(b"no database" * 99 if state == "damaged" else b"")
    assert asked(own, "INCB") == found


def test_a_termbase_that_cannot_be_read_is_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own.parent / "texts" / "termbase" / "terms.csv").write_bytes(
        "concept,language,term\nx,en,naïve\n".encode("latin-1")
    )
    assert run(["--index", str(own), "search", "INCB"]) == 3
    told = capsys.readouterr()
    assert told.out.startswith("1 hit in 1 document")
    assert "terms.csv:2: is not UTF-8." in told.err
    assert run(["--index", str(own), "search", "INCB", "--no-expand"]) == 0


# -- as it is printed


def test_a_hit_says_by_which_entry(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--index", str(place), "search", "INCB"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith(
        "; glossary: INCB = International Narcotics Control Board, 国际麻醉品管制局, 麻管局, 管制局 (incb)"
    )
    assert "   review#art_1.1  glossary:incb" in lines
    assert "   bulletin#art_1.1" in lines


def test_json_keeps_its_promises(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--index", str(place), "search", "INCB", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total"] == len(found["hits"]) == 5
    assert [hit["why"] for hit in found["hits"]] == [["exact"], *[["glossary:incb"]] * 4]
    assert all(hit["highlights"] for hit in found["hits"])
    assert run(["--index", str(place), "search", "INCB", "--json", "--no-expand"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1


def test_looking_up_other_names_loads_no_heavy_library(place: Path) -> None:
    script = "import sys; from tongwen.cli.boundary import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    call = [sys.executable, "-c", script, "--index", str(place), "search", "INCB", "--json"]
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    ended = subprocess.run(call, capture_output=True, text=True, check=True, env=unmeasured)
    loaded = set(ended.stderr.split())
    assert json.loads(ended.stdout)["total"] == 5
    assert not loaded & {"opencc", "rjieba", "ahocorasick", "lxml", "rdflib", "openpyxl", "bs4", "multiprocessing"}


# -- real texts


def test_the_bundled_texts_are_found_by_all_names(tmp_path: Path) -> None:
    index([ROOT / "corpus"], tmp_path / "index", jobs=1)
    with library(tmp_path / "index") as opened:
        found = {
            query: why(wide(opened, tmp_path / "index", query))
            for query in ("去罪化", "除罪化", "减低伤害", "harm reduction")
        }
    assert found["去罪化"].keys() == found["除罪化"].keys()
    assert (
        set(found["减低伤害"].values()) == set(found["harm reduction"].values()) == {"exact", "glossary:harm-reduction"}
    )
    assert found["减低伤害"]["en/model-convention-2025#art_6"] == "glossary:harm-reduction"
    assert found["harm reduction"]["zh-Hant/model-act-treatment#art_9.1"] == "glossary:harm-reduction"


def test_in_a_treaty_and_a_report_incb_finds_its_names(shared: Path, tmp_path: Path) -> None:
    place = tmp_path / "index"
    index([shared / "corpus"], place, jobs=1)
    with library(place) as opened:
        names = LibraryThesaurus(opened.store, place, [ROOT / "corpus" / "termbase"])
        found = search(opened, "INCB", limit=1000, thesaurus=names)
        marks = {hit.doc: set[str]() for hit in found.hits}
        for hit in found.hits:
            marks[hit.doc] |= {mark.of(opened.store.text(hit.doc)) for mark in hit.highlights}
    assert {"管制局", "國際麻醉品管制局"} <= marks["zh-Hant/psychotropic-substances-1971"]
    assert "INCB" in marks["zh-Hans/drug-decriminalisation-asia-2016"]
    assert {hit.why for hit in found.hits} == {("exact",), ("glossary:incb",)}
