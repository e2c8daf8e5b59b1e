"""Every input has its limits (docs/limits.md), and nothing is written but where somebody wants it."""

from __future__ import annotations

import io
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from fuzz.target import bounded
from little_corpus import run, write
from tongwen.cli.boundary import run as call
from tongwen.cli.destination import inside
from tongwen.decode import beside as beside_room
from tongwen.decode import decode, document_ids, find_files, load_manifest, load_words
from tongwen.decode import source as source_room
from tongwen.decode.docx import parsing as docx_parsing
from tongwen.decode.manifest import DEEPEST
from tongwen.errors import QueryError, UnreadableFile, UsageError
from tongwen.exchange import archive, formats, separated, xlsx
from tongwen.exchange.formats import read, reader_of
from tongwen.flow import index
from tongwen.flow.indexing import MOST_JOBS
from tongwen.search.query import LONGEST, parse

STATUTE = "第一條　本法所稱毒品，指精神藥物。\n"


def document(folder: Path, name: str, content: str | bytes) -> str:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return decode(file, folder).text


# -- files


@pytest.mark.parametrize(("name", "share"), [("a.txt", 1), ("a.md", 1), ("a.html", 4), ("a.json", 1)])
def test_a_file_may_have_just_so_many_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, share: int
) -> None:
    monkeypatch.setenv(source_room.SETTING, "4")
    most = (4 << 20) // share
    file = tmp_path / name
    file.write_bytes(b" " * most)
    with pytest.raises(UnreadableFile, match="is empty"):
        source_room.read_bytes(file)
    file.write_bytes(b" " * (most + 1))
    with pytest.raises(UnreadableFile, match="more than the limit"):
        source_room.read_bytes(file)


@pytest.mark.parametrize("reader", [load_manifest, load_words])
def test_what_lies_beside_the_texts_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Callable[[Path], object]
) -> None:
    monkeypatch.setattr(beside_room, "LIMIT", 2 << 20)
    for name in ("manifest.toml", "lexicon.tsv"):
        (tmp_path / name).write_text("# a\n" * (1 << 19))
        assert beside_room.read_beside(tmp_path / name)
        (tmp_path / name).write_text("# a\n" * (1 << 19) + "#")
        with pytest.raises(OSError, match="larger than 2 MiB"):
            beside_room.read_beside(tmp_path / name)


@pytest.mark.parametrize("part", ["a", '"a"', "a-1 "])
def test_a_key_of_a_manifest_may_have_so_many_parts(tmp_path: Path, part: str) -> None:
    (tmp_path / "manifest.toml").write_text(".".join([part] * DEEPEST) + " = 1")
    assert not [p for p in load_manifest(tmp_path).problems if p.code == "manifest-unreadable"]
    for many in (DEEPEST + 1, 100_000):
        (tmp_path / "manifest.toml").write_text(".".join([part] * many) + " = 1")
        with bounded(5):
            (problem,) = load_manifest(tmp_path).problems
        assert f"more than {DEEPEST} parts" in problem.message


@pytest.mark.parametrize("value", ["[" * 100_000, "{a=" * 100_000, "9" * 100_000, '"' * 100_000, "." * 100_000])
def test_a_manifest_that_is_made_to_harm_is_a_problem(tmp_path: Path, value: str) -> None:
    (tmp_path / "manifest.toml").write_text(f'["a.txt"]\nx = {value}')
    with bounded(5):
        (problem,) = load_manifest(tmp_path).problems
    assert problem.code == "manifest-unreadable"


@pytest.mark.parametrize("name", ["../a.txt", "b/../../a.txt", "/etc/passwd", "x" * 5000, "a\\u0000b", ".."])
def test_an_entry_names_a_file_of_its_folder_alone(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"a.txt": STATUTE, "in/b.txt": STATUTE})
    (tmp_path / "in" / "manifest.toml").write_text(f'["{name}"]\ntitle = "other"\n')
    manifest = load_manifest(tmp_path / "in")
    assert [problem.code for problem in manifest.problems] == ["manifest-entry"]
    assert decode(tmp_path / "a.txt", tmp_path / "in", manifest).title != "other"


@pytest.mark.parametrize("opened", ["[", '{"a":'])
def test_json_may_nest_so_deep(tmp_path: Path, opened: str) -> None:
    with pytest.raises(UnreadableFile, match="nested too deep"):
        document(tmp_path, "a.json", '{"法規名稱": "甲", "法規內容": ' + opened * 100_000)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "sup", "a name=x", "svg"])
def test_html_may_nest_as_deep_as_it_likes(tmp_path: Path, tag: str) -> None:
    with bounded(20):
        assert document(tmp_path, "a.html", f"<p>甲{f'<{tag}>' * 3000}乙").startswith("甲")


# -- archives and mark-up


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY j SYSTEM "file:///etc/passwd">'
FETCHED = '<!DOCTYPE a SYSTEM "http://localhost:1/a.dtd" ['


def workbook(change: Callable[[str, bytes], bytes]) -> bytes:
    """One that holds a term, with its parts changed."""
    from fuzz.targets.exchange import concepts  # noqa: PLC0415

    whole = xlsx.write_xlsx(concepts()).data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            made.writestr(name, change(name, source.read(name)))
    return out.getvalue()


@pytest.mark.parametrize("declared", [LAUGHS, EXTERNAL, FETCHED])
@pytest.mark.parametrize("before", ["", f"<!--{'-x' * 100_000}-->", " " * 200_000])
@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_no_part_of_a_workbook_declares_a_document_type(declared: str, before: str, code: str) -> None:
    def put(name: str, content: bytes) -> bytes:
        text = re.sub(r"^<\?xml.*?\?>", "", content.decode())
        return f"{before}{declared}]>{text}".encode(code) if name.endswith("sheet2.xml") else content

    with bounded(10), pytest.raises(UnreadableFile, match="declares a document type"):
        xlsx.read_xlsx(workbook(put), "a.xlsx")


def test_a_workbook_has_no_more_rows_than_one_sheet_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = 5

    def far(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet2.xml"):
            return content
        row = f'<row r="{rows}"><c r="A{rows}"><v>1</v></c></row></sheetData>'
        return content.replace(b"</sheetData>", row.encode())

    monkeypatch.setattr(xlsx, "ROWS", 16)  # of which the other sheets have ten
    assert xlsx.read_xlsx(workbook(far), "a.xlsx").concepts
    rows = 1_000_000
    with pytest.raises(UnreadableFile, match="more than 16 rows"):
        xlsx.read_xlsx(workbook(far), "a.xlsx")


@pytest.mark.parametrize("name", ["a.tbx", "a.tmx"])
@pytest.mark.parametrize("declared", [LAUGHS, EXTERNAL])
def test_no_termbase_declares_entities(name: str, declared: str) -> None:
    data = f"{declared}]><{name[2:]}>&j;</{name[2:]}>".encode()
    with bounded(5), pytest.raises(UnreadableFile):
        reader_of(Path(name), data[: formats.HEAD])(data, name)


def test_a_part_of_a_word_document_has_so_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_parsing, "MOST", 10)
    assert len(list(docx_parsing.elements([b"<a>", b"<b/>" * 9, b"</a>"], 1))) == 9
    with pytest.raises(docx_parsing.Refused):
        list(docx_parsing.elements([b"<a>", b"<b/>" * 10, b"</a>"], 1))


def test_members_of_an_archive_are_never_written(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("../../outside.xml", "<a/>")
        made.writestr("/tmp/outside-of-all.xml", "<a/>")
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UnreadableFile):
        document(tmp_path, "a.docx", out.getvalue())
    with pytest.raises(UnreadableFile):
        xlsx.read_xlsx(out.getvalue(), "a.xlsx")
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "a.docx"}
    assert not Path("/tmp/outside-of-all.xml").exists()


def test_an_archive_has_so_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(lambda _, content: content)
    parts = data.count(b"PK\x01\x02")
    monkeypatch.setattr(archive, "_MOST_PARTS", parts)
    archive.check(data, "a.xlsx")
    monkeypatch.setattr(archive, "_MOST_PARTS", parts - 1)
    with pytest.raises(UnreadableFile):
        archive.check(data, "a.xlsx")


def test_a_termbase_has_so_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"concept,language,term\na,en,b\n"
    (tmp_path / "a.csv").write_bytes(text)
    monkeypatch.setattr(separated, "LARGEST", len(text))
    assert read(tmp_path / "a.csv").concepts
    (tmp_path / "a.csv").write_bytes(text + b"\n")
    with pytest.raises(UnreadableFile, match="more than"):
        read(tmp_path / "a.csv")
    monkeypatch.setattr(formats, "LARGEST", 3)
    with pytest.raises(UnreadableFile, match="more than"):
        read(tmp_path / "a.csv")


def test_a_cell_of_a_table_may_be_as_long_as_its_file() -> None:
    cell = "a" * 300_000  # the standard library stops at 131,072
    data = f"concept,language,term\na,en,{cell}\n".encode()
    assert reader_of(Path("a.csv"), data[:99])(data, "a.csv").concepts[0].terms[0].text == cell


# -- what is typed


def test_a_query_has_so_many_characters() -> None:
    assert parse("毒" * LONGEST).groups
    with pytest.raises(QueryError, match="at most 1,000"):
        parse("毒" * (LONGEST + 1))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("limits")
    text = f"# 甲法\n\n{STATUTE}\n表1 用量\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
    index([write(folder / "texts", {"a.md": text})], folder / "index", jobs=1)
    return folder / "index"


HUGE = (10**9, 10**30)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        *((("search", "毒品", "--limit", str(n)), 0) for n in HUGE),
        *((("search", "毒品", "--offset", str(n)), 0) for n in HUGE),
        (("search", "毒品", "--limit", "-1"), 2),
        (("search", "毒 " * 500), 0),
        (("search", '"毒" OR ' * 120), 0),
        (("search", "a" * 1000), 0),
        *((("glossary", "list", "--limit", str(n)), 0) for n in HUGE),
        (("glossary", "link", "毒品", "--depth", "10"), 2),
    ],
)
def test_numbers_that_no_one_means_do_no_harm(
    small: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int
) -> None:
    with bounded(20):
        assert call([*arguments, "--index", str(small)]) == code
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("jobs", [MOST_JOBS + 1, 10**9])
def test_there_are_so_many_jobs(tmp_path: Path, jobs: int) -> None:
    texts = write(tmp_path / "texts", ["a.txt"])
    with pytest.raises(UsageError, match="limit"):
        index([texts], tmp_path / "index", jobs=jobs)
    assert index([texts], tmp_path / "index", jobs=MOST_JOBS).added == 1


# -- where things are written


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/x", "a\0b", "link/x", "..", "a/../.."])
def test_nothing_is_written_outside_of_the_folder_that_was_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UsageError):
        inside(tmp_path / "out", name)
    assert set(tmp_path.rglob("*")) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["a", "..", ".", "", "b c", "條", "~", "con"]), max_size=6).map("/".join))
def test_a_name_leads_into_the_folder_or_nowhere(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir(exist_ok=True)
    try:
        file = inside(folder, f"{name}.csv")
    except UsageError:
        return
    assert file.is_relative_to(folder.resolve()) and file.parent.is_dir()


@pytest.mark.parametrize("odd", ["../../odd", "/odd", "a/../../../odd"])
def test_tables_of_a_document_with_an_odd_id_stay_in_their_folder(small: Path, tmp_path: Path, odd: str) -> None:
    """Of an index that somebody has changed."""
    shutil.copytree(small, tmp_path / "index")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    export = ["tables", "--index", str(tmp_path / "index"), "--format", "csv", "-o", f"{tmp_path / 'deep' / 'er'}/"]
    assert call(export) == 0
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")}
    assert written == {"deep/er/a/table_1.csv"}
    with closing(sqlite3.connect(tmp_path / "index" / "tongwen.sqlite")) as store:
        store.execute("UPDATE documents SET id = ?", (odd,))
        store.commit()
    assert call(export) == 2
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")} == written


def test_ids_never_lead_out_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ["in/a.txt", "a.txt"])
    monkeypatch.chdir(tmp_path / "in")
    ids = document_ids([*find_files([Path("..")]), *find_files([Path()])])
    assert not any(".." in name.split("/") or name.startswith("/") for name in ids.values())
    twice = document_ids([*find_files([Path("../a.txt")]), *find_files([Path("a.txt")])])
    assert len(set(twice.values())) == 2
    assert not any(".." in name.split("/") or name.startswith("/") for name in twice.values())


# -- what is shown


def test_no_message_steers_the_terminal(tmp_path: Path) -> None:
    name = "\x1b]0;a\x07\x9b2Jb.txt"
    (tmp_path / name).write_bytes(b"\x89PNG")
    done = run("index", tmp_path / name, "--index", tmp_path / "index")
    assert done.returncode and "PNG" in done.stderr
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.stderr)
    done = run("search", "x", "--index", tmp_path / "\x1b[2J")
    assert done.returncode and not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.stderr)


# -- the documentation


def test_the_limits_that_are_documented_are_those_of_the_code() -> None:
    text = (ROOT / "docs" / "limits.md").read_text("utf-8")
    told: Mapping[str, object] = {
        "64 MiB": source_room.LIMIT,
        "16 MiB": beside_room.LIMIT >> 20,
        f"{DEEPEST} parts": DEEPEST,
        f"{LONGEST:,} characters": LONGEST,
        f"{MOST_JOBS} processes": MOST_JOBS,
        f"{xlsx.ROWS:,} rows": xlsx.ROWS,
        f"{archive.UNPACKED >> 20} MiB": archive.UNPACKED,
        f"{separated.LARGEST >> 20} MiB": separated.LARGEST,
        f"{formats.LARGEST >> 20} MiB": formats.LARGEST,
        f"{docx_parsing.DEEPEST} deep": docx_parsing.DEEPEST,
        f"{docx_parsing.MOST:,} elements": docx_parsing.MOST,
    }
    assert source_room.LIMIT == 64 and beside_room.LIMIT == 16 << 20
    assert [limit for limit in told if limit not in text] == []
