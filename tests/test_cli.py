"""The command's frame: options, exit codes, and failures told in a sentence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from small_library import build
from tongwen import __version__
from tongwen.cli.boundary import run

TONGWEN = [sys.executable, "-c", "from tongwen.cli import main; main()"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build(folder)
    return folder


@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
@pytest.mark.parametrize("arguments", [["show", "hant/treaty"], ["records", "documents"], ["show", "none"], ["--help"]])
def test_a_closed_stream_is_no_failure(library: Path, arguments: list[str], closed: tuple[int, ...]) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    def run_with(preexec: object) -> subprocess.CompletedProcess[str]:
        call = [*TONGWEN, "--index", str(library), *arguments]
        return subprocess.run(call, capture_output=True, text=True, check=False, preexec_fn=preexec)  # type: ignore[call-overload,no-any-return]

    usual, ended = run_with(None), run_with(close)
    assert ended.returncode == usual.returncode
    assert ended.stdout == ("" if 1 in closed else usual.stdout)
    assert ended.stderr == ("" if 2 in closed else usual.stderr)


INTERRUPTED_AT_IMPORT = """
import signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder())
from tongwen.cli import main
main()
"""


@pytest.mark.parametrize("module", ["click", "tongwen.cli.boundary", "tongwen.cli.group"])
def test_an_interruption_before_anything_has_begun_is_told_as_one(module: str) -> None:
    call = [sys.executable, "-c", INTERRUPTED_AT_IMPORT, module]
    ended = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "tongwen: interrupted\n")


def test_the_package_can_be_run() -> None:
    done = subprocess.run([sys.executable, "-m", "tongwen", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"tongwen, version {__version__}\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"tongwen, version {__version__}\n"


@pytest.mark.parametrize("order", ["before", "after"])
def test_the_index_is_named_before_or_after_the_command(
    order: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named, command = ["--index", str(library)], ["records", "documents"]
    assert run([*named, *command] if order == "before" else [*command, *named]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_the_index_is_found_by_the_environment_and_an_option_wins(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGWEN_INDEX", str(library))
    assert run(["records", "documents"]) == 0
    assert run(["--index", str(tmp_path / "none"), "records", "documents"]) == 1
    assert "none" in capsys.readouterr().err


def test_without_an_index_the_next_step_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TONGWEN_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("tongwen: There is no index at index. ")
    assert "`tongwen index`" in told.err


def test_a_damaged_index_says_how_to_rebuild_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tongwen.sqlite").write_bytes(b"no database" * 500)
    assert run(["--index", str(tmp_path), "show", "hant/treaty"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("tongwen: ")
    assert "`tongwen index --full`" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "Usage: tongwen"),
        (["nothing"], 2, "No such command 'nothing'"),
        (["serch", "药"], 2, "No such command 'serch'. Did you mean search?"),
        (["records", "artcles"], 2, "Did you mean articles? Known are: documents"),
        (["show"], 2, "Missing argument"),
        (["records", "nothing"], 2, "Known are: documents"),
        (["records", "articles", "--format", "xml"], 2, "'xml' is not one of"),
        (["show", "hant/treat"], 1, "Did you mean hant/treaty"),
        (["show", "hant/treaty#art_1.3"], 1, "Did you mean hant/treaty#art_1.2"),
        (["show", "hant/treaty", "--json", "--original"], 2, "exclude each other"),
        (["show", "hant/treaty", "--script", "hans", "--original"], 2, "--script"),
        (["show", "hant/treaty", "--script", "latin"], 2, "'latin' is not one of"),
        (["check", "hant/treat"], 1, "Did you mean hant/treaty"),
        (["check", "none/*"], 1, "There is no document"),
        (["check", "\udcff\x00"], 1, "There is no document"),
    ],
)
def test_a_failure_is_one_sentence_and_an_exit_code(
    arguments: list[str], code: int, told: str, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--index", str(library), *arguments]) == code
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.out == ""
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(("told", "code"), [((), 130), ((signal.SIGINT,), 130), ((signal.SIGTERM,), 143)])
def test_an_interrupted_run_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told: tuple[signal.Signals, ...], code: int
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt(*told)

    monkeypatch.setattr("tongwen.cli.boundary.tongwen.invoke", interrupt)
    assert run(["check"]) == code
    assert capsys.readouterr().err == "tongwen: interrupted\n"


def test_what_the_system_refuses_is_told_with_the_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device", "/full/disk")

    monkeypatch.setattr("tongwen.cli.boundary.tongwen.invoke", refuse)
    assert run(["check"]) == 1
    assert capsys.readouterr().err.startswith("tongwen: No space left on device: /full/disk. ")


def test_a_reader_that_leaves_early_is_no_failure(library: Path) -> None:
    shown = [*TONGWEN, "--index", str(library), "records", "documents"]
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(shown, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_chinese_is_printed_under_any_locale(library: Path) -> None:
    poor = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    shown = [*TONGWEN, "--index", str(library), "show", "hans/report", "--original"]
    ended = subprocess.run(shown, capture_output=True, env=poor, check=True)
    assert ended.stdout.decode() == "一份报告\n没有条文,\t只有一段。\n"


@pytest.mark.parametrize("arguments", [["--help"], ["search", "--help"], ["show", "--help"], ["records", "articles"]])
def test_nothing_heavy_is_imported_that_is_not_needed(arguments: list[str], library: Path) -> None:
    script = (
        "import sys, json; from tongwen.cli.boundary import run; run(sys.argv[1:]);"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "--index", str(library), *arguments]
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=unmeasured)
    loaded = {name.partition(".")[0] for name in json.loads(ended.stderr)}
    assert not loaded & {"opencc", "jieba", "rjieba", "whoosh", "bs4", "lxml", "multiprocessing"}


@pytest.mark.parametrize("kind", ["articles", "boxes", "documents", "citations"])
def test_a_kind_of_records_may_be_singular(kind: str, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for typed in (kind, "box" if kind == "boxes" else kind.removesuffix("s")):
        assert run(["--index", str(library), "records", typed]) == 0
        printed.append(capsys.readouterr())
    assert printed[0] == printed[1]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_that_nothing_of_a_kind_was_found_is_told(form: str, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--index", str(library), "records", "footnotes", "--format", form]) == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "tongwen: no footnotes were found\n")
    assert run(["--index", str(library), "records", "footnotes", "--doc", "none"]) == 0
    assert capsys.readouterr().err == "tongwen: no document's id matches 'none'\n"
