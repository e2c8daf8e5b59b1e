"""Decode: which files are read, what their documents are called, and what is said of those that cannot be read."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tongwen.decode import EMPTY, SourceFile, decode, document_ids, find_files, load_manifest, load_words
from tongwen.decode.files import PassedOver
from tongwen.errors import NotFound, UnreadableFile, UsageError
from tongwen.model import Document

ANY_FILE = st.binary() | st.text(st.sampled_from("第一條款\n<>|-# tdrhp/\0=!\"'`:\ufeff\u3000")).map(str.encode)


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("第一條\n", encoding="utf-8")


def names_of(*paths: Path) -> list[str]:
    return [str(file.path.relative_to(file.root)) for file in find_files(paths)]


def test_texts_are_found_in_order_and_the_rest_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a/c.HTM", "a.txt", ".git/x.txt", ".hidden.txt", "photo.png", "manifest.toml", "_index.md")
    assert names_of(tmp_path) == ["_index.md", "a.txt", "b.md", "a/c.HTM"]


def test_a_file_named_itself_is_taken_whatever_its_extension(tmp_path: Path) -> None:
    put(tmp_path, "NOTES", "x.law")
    assert names_of(tmp_path / "NOTES", tmp_path / "x.law") == ["NOTES", "x.law"]
    assert decode(tmp_path / "x.law", tmp_path).format == "text"


@pytest.mark.parametrize("ascii_only", [True, False])
def test_of_json_a_folder_gives_what_names_a_statute(tmp_path: Path, ascii_only: bool) -> None:
    law = {"法規名稱": "示範法", "法規內容": []}
    write = {"law.json": json.dumps(law, ensure_ascii=ascii_only), "cut.JSON": '{"法規名稱": "示', "other.json": "[1]"}
    for name, content in write.items():
        (tmp_path / name).write_text(content, "utf-8")
    os.mkfifo(tmp_path / "pipe.json")  # which nobody writes to: to open it would never end
    passed_over = PassedOver()
    found = [file.path.name for file in find_files([tmp_path, tmp_path / "other.json"], passed_over)]
    assert found == ["cut.JSON", "law.json", "pipe.json", "other.json"]
    assert passed_over.formats == {".json without a statute": 1}


def test_a_link_does_not_take_the_place_of_the_file_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "m.txt", "z/x.txt")
    (tmp_path / "a.txt").symlink_to(tmp_path / "m.txt")
    (tmp_path / "b").symlink_to(tmp_path / "z")
    (tmp_path / "z/a.txt").symlink_to(tmp_path / "z/x.txt")
    found = [str(path.relative_to(root)) for root, path in find_files([tmp_path])]
    assert found == ["m.txt", "z/x.txt"]


def test_loops_of_links_end_and_each_file_is_given_once(tmp_path: Path) -> None:
    put(tmp_path, "a/b/x.txt")
    (tmp_path / "a/b/up").symlink_to(tmp_path / "a")
    (tmp_path / "a/again.txt").symlink_to(tmp_path / "a/b/x.txt")
    assert len(names_of(tmp_path, tmp_path / "a")) == 1


def test_a_folder_that_does_not_exist_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file or folder"):
        find_files([tmp_path / "none"])


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["a.txt", "b/a.txt"], ["a", "b/a"]),
        (["a.txt", "a.md", "b.md"], ["a.md", "a.txt", "b"]),
        (["a.txt", "a.md", "a.txt.md"], ["a.md", "a.txt", "a.txt.md"]),
        (["e\u0301.txt"], ["\u00e9"]),
        (["換\n行😀.txt"], ["換\n行😀"]),
    ],
)
def test_ids(tmp_path: Path, names: list[str], ids: list[str]) -> None:
    put(tmp_path, *names)
    assert sorted(document_ids(find_files([tmp_path])).values()) == ids


def test_ids_from_several_folders_differ(tmp_path: Path) -> None:
    put(tmp_path, "p/x.txt", "q/x.txt", "r/q/x.txt")
    roots = [tmp_path / "p", tmp_path / "q", tmp_path / "r/q"]
    assert len(set(document_ids(find_files(roots)).values())) == 3


@pytest.mark.parametrize("names", [["é.txt", "e\u0301.txt"], ["\udcff.txt", "%FF.txt"]])
def test_names_that_are_written_alike_give_ids_that_differ(tmp_path: Path, names: list[str]) -> None:
    put(tmp_path, *names)
    assert len(set(document_ids(find_files([tmp_path])).values())) == 2


def test_a_name_that_is_no_unicode_gives_a_valid_id(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xb7\xa8.txt")
    Path(path).write_text("第一條", encoding="utf-8")
    assert decode(Path(path), tmp_path).id == "%B7%A8"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"\xfe\xff", "is empty"),
        (b"\xff\xfe\0\0", "is empty"),
        (b"\0\0\xfe\xff", "is empty"),
        (b"\0\0\0\0text", "is not a text"),
        (b"\x89PNG\r\n\x1a\n", "is not a text but a PNG image"),
        (b"PK\x03\x04....", "is not a text but a ZIP"),
        (b"\x7fELF\x02\x01", "is not a text but a program"),
        (bytes(range(256)) * 40, "is not a text"),
        (b"\0" * 5000, "is not a text"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(UnreadableFile, match=reason):
        decode(tmp_path / "a.txt", tmp_path)


def test_what_cannot_be_opened_is_refused_in_a_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone")
    for name, reason in (("pipe.txt", "not a regular file"), ("dangling.txt", "No such file"), ("gone", "No such")):
        with pytest.raises(UnreadableFile, match=reason):
            decode(tmp_path / name, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(UnreadableFile, match="Permission denied"):
        decode(tmp_path / "a.txt", tmp_path)


def test_a_line_of_200_megabytes_is_above_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(UnreadableFile, match=r"200\.0 MiB, more than the limit of 64 MiB.*TONGWEN_MAX_FILE_MB"):
        decode(tmp_path / "a.txt", tmp_path)


def test_the_limit_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes("第一條".encode() * 150_000)
    monkeypatch.setenv("TONGWEN_MAX_FILE_MB", "1")
    with pytest.raises(UnreadableFile, match="limit of 1 MiB"):
        decode(tmp_path / "a.txt", tmp_path)
    monkeypatch.setenv("TONGWEN_MAX_FILE_MB", "2")
    assert len(decode(tmp_path / "a.txt", tmp_path).text) == 450_000
    monkeypatch.setenv("TONGWEN_MAX_FILE_MB", "much")
    with pytest.raises(UsageError, match="not a number"):
        decode(tmp_path / "a.txt", tmp_path)


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<script>document.write('文')</script>", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="holds no text"):
        decode(tmp_path / "a.html", tmp_path)


def test_manifest_says_what_the_file_cannot(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh/法.txt").write_bytes("某法\n人之初".encode("gb18030"))
    (tmp_path / "manifest.toml").write_text(
        '["zh/法.txt"]\ntitle = "示範 法"\nlanguage = "zh-Hant"\ndate = 2025-01-01\nencoding = "gbk"\nown = [1, "x"]\n',
        encoding="utf-8",
    )
    manifest = load_manifest(tmp_path)
    document = decode(tmp_path / "zh/法.txt", tmp_path, manifest)
    assert not manifest.problems
    assert (document.title, document.language, document.text) == ("示範 法", "zh-Hant", "某法\n人之初")
    assert document.metadata == {"date": "2025-01-01", "own": [1, "x"], "encoding": "gbk"}


@pytest.mark.parametrize("written", ["zh/é法.txt", "./zh/é法.txt", "zh//é法.txt", "zh/e\u0301法.txt"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_entry_may_be_written_in_any_way_that_names_the_file(tmp_path: Path, written: str, form: str) -> None:
    (tmp_path / "zh").mkdir()
    put(tmp_path / "zh", unicodedata.normalize(form, "é法.txt"))  # type: ignore[arg-type]
    (tmp_path / "manifest.toml").write_text(f'["{written}"]\ntitle = "甲"\n', encoding="utf-8")
    manifest = load_manifest(tmp_path)
    (file,) = (tmp_path / "zh").iterdir()
    assert (decode(file, tmp_path, manifest).title, manifest.problems) == ("甲", ())


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ('["a.txt"\n', "cannot be read"),
        ('title = "甲"\n', "is not a table"),
        ('["b.txt"]\ntitle = "甲"\n', "is no file of this folder"),
        ('["."]\ntitle = "甲"\n', "is a folder"),
        ('["a.txt"]\ntitle = 3\n', "has a title that is no text"),
        ('["a.txt"]\nlanguage = "zh"\n', "has the language 'zh'"),
        ('["a.txt"]\nencoding = "klingon"\n', "unknown encoding 'klingon'"),
    ],
)
def test_a_fault_in_the_manifest_is_told_and_the_file_is_read(tmp_path: Path, manifest: str, message: str) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "manifest.toml").write_text(manifest, encoding="utf-8")
    loaded = load_manifest(tmp_path)
    assert [message in problem.message for problem in loaded.problems] == [True]
    assert decode(tmp_path / "a.txt", tmp_path, loaded).text == "第一條\n"


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "huge"])
def test_what_may_never_end_is_not_read_as_manifest_or_lexicon(tmp_path: Path, kind: str) -> None:
    for name in ("manifest.toml", "lexicon.tsv"):
        make = {"pipe": os.mkfifo, "device": lambda p: p.symlink_to("/dev/zero"), "folder": Path.mkdir}
        make.get(kind, lambda p: p.write_bytes(b"#" * (16 * 2**20 + 1)))(tmp_path / name)
    (problem,) = load_manifest(tmp_path).problems
    assert problem.code == "manifest-unreadable" and "it is" in problem.message
    with pytest.raises(OSError, match=r"regular file|16 MiB"):
        load_words(tmp_path)


def test_no_manifest_is_no_fault(tmp_path: Path) -> None:
    assert load_manifest(tmp_path) == EMPTY


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example("# 　總則\n\n>　引文\n\n[^1]: 　註\n".encode(), "a.md")
@given(ANY_FILE, st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_file_is_a_document_with_blocks_in_order_or_refused(tmp_path: Path, data: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(data)
    try:
        check(decode(tmp_path / name, tmp_path))
    except UnreadableFile as refusal:
        assert refusal.message.endswith(".")


def check(document: Document) -> None:
    """The law of decode: spans lie inside the text, in order and disjoint, without white space at their ends."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        end = block.span.end
        assert block.span.of(document.text) == block.span.of(document.text).strip()
        widths = {len(row) for row in block.grid}
        assert len(widths) == (block.kind == "table")
        for cell in (cell for row in block.grid for cell in row if cell.span is not None):
            assert block.span.holds(cell.span) and cell.span.of(document.text) == cell.text
    document.text.encode()


def test_real_texts_keep_the_law(shared: Path) -> None:
    roots = [shared / "corpus", shared / "data" / "prc" / "刑法", shared / "data" / "prc" / "宪法相关法"]
    documents = [decode(file.path, file.root) for file in find_files(roots)]
    for document in documents:
        check(document)
    assert {document.metadata["encoding"] for document in documents} == {"utf-8"}
    titles = {document.id: document.title for document in documents}
    assert titles["zh-Hant/psychotropic-substances-1971"] == "1971年精神藥物公約"


def test_big5_pages_read_as_their_utf8_twins(shared: Path) -> None:
    folder = shared / "data" / "big5"
    for file in find_files([folder / "raw"]):
        page, twin = (decode(folder / side / file.path.name, folder) for side in ("raw", "utf8"))
        assert (page.text, page.blocks, page.title) == (twin.text, twin.blocks, twin.title)
        check(page)


def test_source_files_are_pairs() -> None:
    assert document_ids([SourceFile(Path("/r"), Path("/r/a.txt"))]) == {Path("/r/a.txt"): "a"}
