"""Nothing that comes from outside is unpickled: a pickle runs what it holds."""

from __future__ import annotations

import ast
import io
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

import pdf_writer
from conftest import ROOT
from little_corpus import write
from tongwen.decode import decode
from tongwen.decode.pdf import _Outcome
from tongwen.errors import IndexDamaged, UnreadableFile
from tongwen.flow import index
from tongwen.search.engine import Home, Term
from tongwen.search.whoosh_engine import WhooshIndex

PIPELINE = ROOT / "pipeline" / "tongwen"
RUNNING = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "joblib"}
SUSPECT = re.compile(rf"{'|'.join(RUNNING)}|(?<![.\w])(?:eval|exec|compile)\(")
ROOM = {PIPELINE / "decode" / "pdf" / "__init__.py", PIPELINE / "decode" / "pdf" / "child.py"}
"""The process that reads a PDF answers with a pickle, of which nothing but our own types is read."""
WORKERS = PIPELINE / "flow" / "workers.py"
"""What our own processes made, through pipes that nobody else holds, is unpickled as ``multiprocessing`` does it."""


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_nobody_else_knows_pickles() -> None:
    texts = {path: path.read_text("utf-8") for path in PIPELINE.rglob("*.py")}
    trees = {path: ast.parse(text) for path, text in texts.items() if SUSPECT.search(text)}
    assert {path for path, tree in trees.items() if RUNNING & set(imported(tree))} == {*ROOM, WORKERS}
    for path, tree in trees.items():
        found = {name for name in called(tree) if name.rpartition(".")[2] in ("read_pickle", "load_pickle")}
        assert not found, path
        allowed = {"pickle.loads"} if path == WORKERS else set[str]()
        assert {"pickle.load", "pickle.loads", "eval", "exec", "compile"} & set(called(tree)) <= allowed, path


SEARCH = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append(args) if event == "pickle.find_class" else None)
from pathlib import Path
from tongwen.flow import library
from tongwen.search import search
with library(Path(sys.argv[1])) as opened:
    found = search(opened, "精神藥物")
assert found.total, "nothing found"
assert not seen, seen
import pickle
class Odd: pass
pickle.loads(pickle.dumps(Odd()))
assert seen, "the hook hears nothing"
"""


def test_a_search_unpickles_nothing(tmp_path: Path) -> None:
    index([write(tmp_path / "texts", ["a.txt", "b.txt"])], tmp_path / "index", jobs=1)
    done = subprocess.run(
        [sys.executable, "-c", SEARCH, tmp_path / "index"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# -- files that somebody made, with checksums that fit


class Trap:
    """Makes a file where it is unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.place),)


def made(folder: Path) -> str:
    writer = WhooshIndex.writer(Home(folder), None)
    writer.add(1, "a", 0, "毒品")
    return writer.commit()


def contents(folder: Path, content: bytes) -> str:
    """The table of contents in place of the one that is there; its name says that it is sound."""
    file = next(folder.glob("*.toc"))
    file.write_bytes(content)
    return f"{file.stem.rpartition('_')[2]}-{crc32(content):08x}"


def test_a_trap_as_table_of_contents_does_not_spring(tmp_path: Path) -> None:
    made(tmp_path / "engine")
    generation = contents(tmp_path / "engine", pickle.dumps(Trap(tmp_path / "sprung")))
    with pytest.raises(IndexDamaged):
        WhooshIndex.reader(Home(tmp_path / "engine"), generation)
    assert not (tmp_path / "sprung").exists()


def test_a_trap_among_the_terms_does_not_spring(tmp_path: Path) -> None:
    folder = tmp_path / "engine"
    made(folder)
    file = next(folder.glob("*.trm"))
    whole = file.read_bytes()
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    length = int.from_bytes(whole[-4:], "big")
    cut = whole[: -4 - length] + trap
    file.write_bytes(cut + len(trap).to_bytes(4, "big"))
    told = json.loads(next(folder.glob("*.toc")).read_bytes())
    content = file.read_bytes()
    told[0]["seals"][".trm"] = [len(content), crc32(content)]
    generation = contents(folder, json.dumps(told).encode())
    with pytest.raises(IndexDamaged):
        WhooshIndex.reader(Home(folder), generation)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../../outside"},
        {"name": ""},
        {"passages": -1},
        {"passages": "1"},
        {"deleted": [-1]},
        {"seals": {".trm": [1, 2]}},
        {"seals": {".trm": [1, -2], ".pst": [1, 2]}},
        {"seals": {".trm": [], ".pst": []}},
        {"seals": {".trm": [2**80, 2**80], ".pst": [2**80]}},
    ],
)
def test_an_odd_table_of_contents_is_told_as_damage(tmp_path: Path, change: dict[str, object]) -> None:
    generation = made(tmp_path)
    reader = WhooshIndex.reader(Home(tmp_path), generation)
    assert reader.phrase([Term("毒")])
    told = json.loads(next(tmp_path.glob("*.toc")).read_bytes())
    with pytest.raises(IndexDamaged):
        WhooshIndex.reader(Home(tmp_path), contents(tmp_path, json.dumps([{**told[0], **change}]).encode()))


@pytest.mark.parametrize("content", [b"", b"null", b"[1]", b"[[]]", b"{}x", b"[" * 100_000, b"\xff"])
def test_what_is_no_table_of_contents_is_told_as_damage(tmp_path: Path, content: bytes) -> None:
    made(tmp_path)
    with pytest.raises(IndexDamaged):
        WhooshIndex.reader(Home(tmp_path), contents(tmp_path, content))


# -- what the process that reads a PDF says


def test_an_outcome_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        _Outcome(io.BytesIO(pickle.dumps(Trap(tmp_path / "sprung")))).load()
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize("said", [pickle.dumps(Trap(Path("sprung"))), b"\x80", b"nonsense"])
def test_a_process_that_says_something_else_has_read_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf_writer.write([pdf_writer.Page().text(60, 700, "第一條")]))
    assert "第一條" in decode(file, tmp_path).text
    done = subprocess.CompletedProcess([], 0, stdout=said)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    with pytest.raises(UnreadableFile):
        decode(file, tmp_path)
    assert not (tmp_path / "sprung").exists()
