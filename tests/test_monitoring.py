"""What machines read: the status in its formats, the last run, and the log."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from little_corpus import command, run, write
from tongwen.errors import IndexFault
from tongwen.flow import index, indexing, runs, status

FIELDS = {
    *("index", "counts", "engine", "generation", "size", "sizes", "free", "built", "updated", "age", "version"),
    *("schema", "code", "changed", "new", "vanished", "missing", "outdated", "reasons", "failed", "folders"),
    *("faults", "engine_fault", "last_run", "stale", "stale_counts", "failed_count", "healthy"),
}
METRIC = re.compile(r'tongwen_[a-z_]+(\{[a-z]+="[a-z_]+"\})? -?[\d.]+(e[+-]?\d+)?')


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", ["a.txt", "b.txt"])


def test_the_json_has_the_documented_fields(tmp_path: Path, corpus: Path) -> None:
    run("index", cwd=tmp_path)
    found = json.loads(run("status", "--json", cwd=tmp_path).stdout)
    assert set(found) == FIELDS
    assert (found["healthy"], found["stale_counts"]["new"], found["failed_count"]) == (True, 0, 0)
    assert sum(found["sizes"].values()) == found["size"] and found["sizes"]["database"] > 0
    assert found["free"] > 0 and 0 <= found["age"] < 3600 and found["schema"] > 0 and found["code"]
    assert (found["last_run"]["result"], found["last_run"]["added"]) == ("done", 2)


def unread(corpus: Path) -> None:
    (corpus / "empty.txt").touch()
    index([corpus], corpus.parent / "index")


def stale(corpus: Path) -> None:
    write(corpus, ["c.txt"])


def well(corpus: Path) -> None:
    pass


@pytest.mark.parametrize(("change", "code"), [(well, 0), (stale, 3), (unread, 3)])
def test_a_check_tells_by_its_exit_code(tmp_path: Path, corpus: Path, change: object, code: int) -> None:
    assert run("status", "--check", cwd=tmp_path).returncode == 1
    index([corpus], tmp_path / "index")
    change(corpus)  # type: ignore[operator]
    assert run("status", "--check", cwd=tmp_path).returncode == code
    assert run("status", cwd=tmp_path).returncode == 0


def test_prometheus_can_read_it(tmp_path: Path, corpus: Path) -> None:
    index([corpus], tmp_path / "index")
    write(corpus, ["c.txt"])
    lines = run("status", "--format", "prometheus", cwd=tmp_path).stdout.splitlines()
    values = [line for line in lines if not line.startswith("#")]
    assert all(METRIC.fullmatch(line) for line in values)
    assert 'tongwen_holdings{kind="documents"} 2' in values and 'tongwen_stale_files{reason="new"} 1' in values
    assert 'tongwen_last_run_result{result="done"} 1' in values and "tongwen_healthy 0" in values
    assert len({line.split()[2] for line in lines if line.startswith("# TYPE")}) * 2 == len(lines) - len(values)


# -- the last run


def last(folder: Path) -> runs.Run:
    found = runs.last(folder)
    assert found
    return found


def test_the_last_run_is_kept_whatever_its_end(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "index"
    index([corpus], folder)
    index([corpus], folder)
    assert (last(folder).result, last(folder).unchanged, last(folder).added) == ("done", 2, 0)
    (corpus / "empty.txt").touch()
    index([corpus], folder)
    assert (last(folder).result, last(folder).failed) == ("problems", 1)

    def full(*_: object) -> None:
        raise IndexFault("no room")

    monkeypatch.setattr(indexing, "plan", full)
    with pytest.raises(IndexFault):
        index([corpus], folder)
    assert (last(folder).result, last(folder).error) == ("failed", "no room")
    monkeypatch.undo()
    assert not status(folder).healthy and "the last run failed" in run("status", cwd=tmp_path).stdout


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"other": 1}', "\udc80"])
def test_a_damaged_note_of_the_last_run_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / runs.NAME).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert runs.last(tmp_path) is None
    assert runs.spoilt(tmp_path)


def test_a_byte_that_changes_in_the_note_of_the_last_run_is_told(tmp_path: Path) -> None:
    assert not runs.spoilt(tmp_path)
    runs.keep(tmp_path, runs.Run("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00", 1.0, "done", error="\ud800"))
    assert runs.last(tmp_path) and not runs.spoilt(tmp_path)
    content = (tmp_path / runs.NAME).read_bytes()
    for at in range(len(content)):
        (tmp_path / runs.NAME).write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert runs.spoilt(tmp_path)


# -- the log


def events(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_a_run_tells_what_happens(tmp_path: Path, corpus: Path) -> None:
    (corpus / "empty.txt").touch()
    run("index", "--log", "log", cwd=tmp_path)
    found = events(tmp_path / "log")
    assert [event["event"] for event in found] == [
        *("command_started", "run_started", "run_planned", "engine_filled", "file_read", "file_read", "file_failed"),
        *("checkpoint", "run_finished", "command_ended"),
    ]
    read = next(event for event in found if event["event"] == "file_read")
    assert read["doc"] == "a" and float(str(read["seconds"])) > 0
    assert read["characters"] == len((corpus / "a.txt").read_text("utf-8"))
    ended = found[-2]
    assert (ended["level"], ended["result"], ended["added"], ended["failed"]) == ("warning", "problems", 2, 1)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{12}\+00:00", str(event["time"])) for event in found)


@pytest.mark.parametrize("way", ["option", "environment", "stderr"])
def test_every_command_tells_its_beginning_and_end(tmp_path: Path, corpus: Path, way: str) -> None:
    index([corpus], tmp_path / "index")
    arguments = {"option": ["--log", "log"], "stderr": ["--log", "-"]}.get(way, [])
    environment = {**os.environ, "TONGWEN_LOG": "log"} if way == "environment" else None
    done = run(*arguments, "search", "精神", cwd=tmp_path, env=environment)
    if way == "stderr":
        (tmp_path / "log").write_text(done.stderr, "utf-8")
    started, ended = events(tmp_path / "log")
    assert (started["event"], started["command"], ended["exit_code"]) == ("command_started", "search", 0)
    assert "精神" not in (tmp_path / "log").read_text("utf-8")


def test_an_index_that_holds_nothing_is_not_well(tmp_path: Path, corpus: Path) -> None:
    index([corpus], tmp_path / "index")
    for file in corpus.rglob("*"):
        if file.is_file():
            file.unlink()
    index([corpus], tmp_path / "index", prune=True)
    found = status(tmp_path / "index")
    assert (found.counts["documents"], found.stale, found.healthy) == (0, False, False)
    assert run("status", "--check", cwd=tmp_path).returncode == 3


def test_what_was_typed_is_not_logged_and_a_fault_is(tmp_path: Path, corpus: Path) -> None:
    run("--log", "log", "index", "--executor", "secret", cwd=tmp_path)
    run("--log", "log", "status", cwd=tmp_path)
    wrong, fault = (event for event in events(tmp_path / "log") if event["event"] == "command_failed")
    assert (wrong["level"], wrong["error"], wrong["message"]) == ("info", "UsageError", "")
    assert fault["level"] == "error"
    assert fault["error"] == "NoIndex" and "no index" in str(fault["message"])
    assert "secret" not in (tmp_path / "log").read_text("utf-8")


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    done = run("--log", tmp_path / "none" / "log", "status", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "none/log" in done.stderr


def test_a_file_that_could_not_be_read_is_named_once(tmp_path: Path, corpus: Path) -> None:
    write(corpus / "deep er", {"a.txt": "", "a\nb.txt": ""})
    write(tmp_path / "aside", {"c.txt": ""})
    run("index", "../corpus", "../aside", "--index", "../index", cwd=corpus)
    run("index", "corpus/deep er/a.txt", cwd=tmp_path)
    told = run("status", cwd=tmp_path).stdout
    assert [line.count(".txt") for line in told.splitlines() if "is empty" in line] == [1, 1, 1]
    assert f"\n  {corpus}/deep er/a.txt is empty. Delete it, or put its text into it.\n" in told
    assert f"\n  {corpus}/deep er/a\\nb.txt is empty. Delete it" in told


NO_POWERS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


@pytest.mark.skipif(NO_POWERS and not shutil.which("setpriv"), reason="nothing is closed to this user")
def test_what_may_not_be_looked_at_is_told_and_is_not_gone(tmp_path: Path, corpus: Path) -> None:
    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*NO_POWERS, *command(*arguments)], capture_output=True, text=True, check=False, cwd=tmp_path
        )

    write(corpus / "in" / "side", ["c.txt"])
    assert call("index", "corpus/in/side", "corpus/a.txt", "corpus").returncode == 0
    assert call("status", "--check").returncode == 0
    for closed in (corpus / "in", corpus):
        mode = closed.stat().st_mode
        closed.chmod(0)
        try:
            ended = call("index", "--prune", "--full", "corpus/in/side", "corpus")
            assert (ended.returncode, "cannot be" in ended.stderr, "removed 0" in ended.stdout) == (3, True, True)
            status = call("status", "--check")
            assert status.returncode == 3 and "cannot be" in status.stdout and "gone" not in status.stdout
            proven = call("verify", "--json")
            verdict = json.loads(proven.stdout)
            assert (proven.returncode, verdict["missing"], bool(verdict["closed"])) == (3, [], True)
        finally:
            closed.chmod(mode)
    assert call("verify").returncode == 0


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, corpus: Path) -> None:
    ended = run("--log", "/dev/full", "index", cwd=tmp_path)
    assert (ended.returncode, ended.stdout[:8]) == (0, "added 2,")
    assert ended.stderr == "tongwen: the log /dev/full cannot be written: No space left on device\n"
