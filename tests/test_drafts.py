"""Drafts against a glossary: what must be told and what must not, what holds of every draft, and real texts."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from tongwen.cli.glossary_check import command
from tongwen.concept import Concept, Glossary
from tongwen.errors import UnreadableFile
from tongwen.exchange.folder import read_folder
from tongwen.flow.drafts import Checked, approved, check, check_beside
from tongwen.glossary.checking import Draft, align, check_draft
from tongwen.glossary.checking.forms import fitting, foreign, wanted
from tongwen.glossary.occurrences import Finder
from tongwen.model import Document, Passage, Record, Span
from tongwen.normalise import convert, normalise
from tongwen.terms.running import running

CASES = ROOT / "tests" / "cases" / "drafts"
TERMBASE = CASES / "termbase"
CURATED = ROOT / "corpus" / "termbase"
CONCEPTS = read_folder(TERMBASE).concepts


@dataclass(frozen=True)
class Case:
    name: str
    languages: list[str]
    texts: list[str]
    expected: list[str]


def cases(file: str) -> Iterator[Case]:
    for block in re.split(r"^-{8}\n", (CASES / file).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, expected = block.split("\n=>")
        name, languages, text = head.split("\n", 2)
        yield Case(name[3:], languages.split()[1:], text.split("\n->\n"), expected.strip().splitlines())


def written(folder: Path, *texts: str) -> list[Path]:
    files = [folder / f"{number}.txt" for number, _ in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def cut(document: Document | None, span: Span | None) -> str:
    return span.of(document.text) if document and span else ""


def told(done: Checked) -> list[str]:
    shown = ((f.code, cut(done.source, f.source), cut(done.document, f.span)) for f in done.findings)
    return [" ".join(filter(None, row)) for row in shown]


@pytest.mark.parametrize("case", list(cases("drafts.txt")), ids=lambda case: case.name)
def test_what_is_told_of_a_draft(case: Case, tmp_path: Path) -> None:
    file, *_ = written(tmp_path, *case.texts)
    assert told(check(file, CONCEPTS, case.languages[0])) == case.expected


@pytest.mark.parametrize("case", list(cases("pairs.txt")), ids=lambda case: case.name)
def test_what_is_told_of_a_translation(case: Case, tmp_path: Path) -> None:
    source, target = written(tmp_path, *case.texts)
    assert told(check_beside(source, target, CONCEPTS, case.languages[1])) == case.expected


def draft(text: str, language: str = "zh-Hans") -> Draft:
    passage = Passage("p_1", (Span(0, len(text)),))
    return Draft(language, (running(passage, normalise(text)),), (Record("p_1", "paragraph", Span(0, len(text))),))


PLAIN = st.text(alphabet="春眠不觉晓处闻啼鸟夜来风雨声花落知多少，。", min_size=1, max_size=60)
NAMES = st.sampled_from(sorted({t.text for c in CONCEPTS for t in c.terms if t.language.startswith("zh-Hans")}))
MIXTURES = st.lists(st.one_of(PLAIN, NAMES), min_size=1, max_size=8).map("，".join)


@given(PLAIN)
@settings(max_examples=40, deadline=None)
def test_nothing_is_told_of_a_draft_without_terms(text: str) -> None:
    assert check_draft(draft(text), Glossary(CONCEPTS)) == []


@given(MIXTURES)
@settings(max_examples=60, deadline=None)
def test_the_script_of_a_draft_changes_no_code(text: str) -> None:
    """But for words of regions: of a Traditional text nobody knows the region."""
    swapped = convert(text, "hant")

    def codes(one: Draft) -> list[tuple[str, str]]:
        found = check_draft(one, Glossary(CONCEPTS))
        return [(f.code, f.concept) for f in found if f.code != "term-regional"]

    assert len(swapped) == len(text)
    assert codes(draft(swapped, "zh-Hant")) == codes(draft(text))


@given(MIXTURES)
@settings(max_examples=60, deadline=None)
def test_a_finding_points_into_the_draft(text: str) -> None:
    for finding in check_draft(draft(text), Glossary(CONCEPTS)):
        assert all(span.end <= len(text) and len(span) for span in (finding.span, *finding.more))
        assert finding.message.endswith(".")


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "en"])
@pytest.mark.parametrize("concepts", [CONCEPTS, read_folder(CURATED).concepts], ids=["cases", "curated"])
def test_nothing_is_told_of_what_the_glossary_asks_for(language: str, concepts: tuple[Concept, ...]) -> None:
    best = [forms[0] for concept in concepts if (forms := wanted(concept, language))]
    found = check_draft(draft("。".join(best) + "。", language), Glossary(concepts))
    assert [f for f in found if f.code.startswith("term-")] == []


def test_a_word_of_a_region_is_never_fitting_too() -> None:
    for concept in read_folder(CURATED).concepts:
        for language in ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK"):
            assert fitting(concept, language).isdisjoint(foreign(concept, language))


def found_in(text: str, *names: str) -> list[str]:
    return [match.key for match in Finder(names).matches(text)]


def test_a_short_name_is_not_cut_out_of_the_words_around_it() -> None:
    assert found_in("机器运转处理完毕", "转处") == []
    assert found_in("提交保证金", "交保") == []
    assert found_in("由警察转处", "转处") == ["转处"]
    assert found_in("贩卖毒品罪", "毒品") == ["毒品"]


def test_a_substance_is_not_found_in_the_name_of_its_derivative() -> None:
    assert found_in("氯二氮平、二氮平", "二氮平") == ["二氮平"]
    assert found_in("甲基安非他命", "安非他命", "甲基安非他命") == ["甲基安非他命"]


def test_who_is_no_organisation() -> None:
    assert check_draft(draft("Anyone who decriminalises it asks who.", "en"), Glossary(CONCEPTS)) == []


def test_how_a_pair_is_aligned() -> None:
    def aligned(*texts: str) -> tuple[str, int]:
        one, other = (_paragraphs(text.split("|")) for text in texts)
        found = align(one, other)
        return found.way, len(found.segments)

    assert aligned("一|二|三", "甲|乙|丙") == ("paragraphs", 3)
    assert aligned("一|二|三", "甲|乙") == ("whole", 1)
    assert aligned("# 一|二|三|# 四|五", "# 甲|乙|# 丙|丁") == ("sections", 3)


def _paragraphs(lines: list[str]) -> Draft:
    """A line that begins with ``#`` is the heading of a section, and the lines behind it belong to that."""
    text, records, passages, section = "\n".join(lines), list[Record](), list[Passage](), None
    start = 0
    for number, line in enumerate(lines):
        span = Span(start, start + len(line))
        kind = "section" if line.startswith("#") else "paragraph"
        section = f"sec_{number}" if kind == "section" else section
        name = f"sec_{number}" if kind == "section" else f"p_{number}"
        records.append(Record(name, kind, span, None if kind == "section" else section))  # type: ignore[arg-type]
        passages.append(Passage(name, (span,)))
        start = span.end + 1
    whole = normalise(text)
    return Draft("zh-Hans", tuple(running(passage, whole) for passage in passages), tuple(records))


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = command.main(arguments, standalone_mode=False, help_option_names=["-h", "--help"])
    return code, *capsys.readouterr()


def test_the_command_prints_the_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = written(tmp_path, "他们不是瘾君子。\n瘾君子不是病人。")
    code, out, _ = run([str(file), "--termbase", str(TERMBASE)], capsys)
    assert code == 0
    assert out.splitlines() == [
        "  1:5  term-deprecated  瘾君子 is deprecated for 毒品使用者: Pejorative.",
        "      他们不是瘾君子。",
        "              ^^^^^^",
        "      also 2:1",
        "      → The glossary has 毒品使用者.",
        "1 finding in a text in zh-Hans: term-deprecated 1",
    ]


def test_what_is_missing_is_not_underlined_and_no_quotation_is_long(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = written(tmp_path, "实行司法转处。", "Judicial transfer is applied here. " * 30)
    common = [str(source), str(target), "--termbase", str(TERMBASE)]
    shown = run(common, capsys)[1].splitlines()
    assert shown[2].startswith("      Judicial transfer is applied here.")
    assert shown[3].startswith("      source 1:3")
    assert [line.strip() for line in shown if set(line.strip()) == {"^"}] == ["^" * 8]
    assert max(map(len, [json.loads(run([*common, "--json"], capsys)[1])["quote"], *shown])) <= 160


def test_strict_tells_by_its_code_whether_anything_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = written(tmp_path, "他们不是瘾君子。", "他们是毒品使用者。")
    common = ["--termbase", str(TERMBASE), "--strict"]
    assert run([str(bad), *common], capsys)[0] == 3
    assert run([str(good), *common], capsys)[:2] == (0, "Nothing found in a text in zh-Hans.\n")


def test_a_draft_that_cannot_be_read_is_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.txt cannot be read") as told:
        run([str(tmp_path / "none.txt"), "--termbase", str(TERMBASE), "--strict"], capsys)
    assert told.value.exit_code == 1


def test_json_has_one_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = written(tmp_path, "实行司法转处。", "Judicial transfer is applied.")
    _, out, _ = run([str(source), str(target), "--termbase", str(TERMBASE), "--json"], capsys)
    (row,) = map(json.loads, out.splitlines())
    assert (row["code"], row["concept"], row["suggestion"]) == ("term-differs", "diversion", "diversion")
    assert row["source"] == {"span": [2, 6], "quote": "实行司法转处。"}
    assert (row["line"], row["column"], row["span"]) == (1, 1, [0, 29])


def test_a_draft_may_come_by_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("他们不是瘾君子。".encode())))
    _, out, _ = run(["-", "--termbase", str(TERMBASE)], capsys)
    assert "term-deprecated" in out


def test_without_an_index_a_termbase_is_asked_for(tmp_path: Path) -> None:
    from tongwen.errors import NotFound  # noqa: PLC0415

    with pytest.raises(NotFound, match="no glossary"):
        approved(tmp_path)


def test_the_bundled_convention_beside_its_translations() -> None:
    """The few terms in which the convention and the termbase differ, and nothing else."""
    concepts, faults = approved(ROOT, [CURATED])
    files = [ROOT / "corpus" / tag / "model-convention-2025.txt" for tag in ("zh-Hant", "zh-Hans", "en")]
    assert not faults
    assert check_beside(files[1], files[0], concepts).findings == []
    done = check_beside(files[0], files[2], concepts)
    assert done.aligned is not None
    assert done.aligned.way == "articles"
    assert {f.code for f in done.findings} <= {"term-differs", "definition-unused"}
    assert len(done.findings) <= 4


def test_the_two_real_documents(shared: Path) -> None:
    concepts, _ = approved(ROOT, [CURATED])
    treaty = check(shared / "corpus/zh-Hant/psychotropic-substances-1971.txt", concepts)
    report = check(shared / "corpus/zh-Hans/drug-decriminalisation-asia-2016.txt", concepts)
    assert treaty.findings == []
    assert len(report.findings) <= 30
    assert any(f.code == "term-deprecated" and f.concept == "incb" for f in report.findings)


def test_statutes_are_full_of_ordinary_words_and_few_findings(shared: Path) -> None:
    concepts, _ = approved(ROOT, [CURATED])
    files = sorted((shared / "data/prc").rglob("*.md"))[::60]
    found = [f for file in files for f in check(file, concepts).findings]
    assert len([f for f in found if f.code.startswith("term-")]) <= 1
    assert len(found) <= len(files) / 2
