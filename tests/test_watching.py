"""Watching: what changes is seen once it stays as it is, and the command goes on until it is stopped."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from little_corpus import SLOW, command, run, texts, write
from tongwen.flow.watching import changes, look
from tongwen.store.folder import FILES


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", ["a.txt", "zh/c.txt"])


CHANGES: dict[str, Callable[[Path], object]] = {
    "new": lambda corpus: write(corpus, ["zh/d.txt"]),
    "longer": lambda corpus: write(corpus, {"a.txt": "第一條"}),
    "touched": lambda corpus: write(corpus, ["zh/c.txt"], when=1),
    "gone": lambda corpus: (corpus / "a.txt").unlink(),
    "renamed": lambda corpus: (corpus / "a.txt").rename(corpus / "b.txt"),
    "folder": lambda corpus: (corpus / "new").mkdir(),
    "all gone": shutil.rmtree,
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_seen(corpus: Path, name: str) -> None:
    before = look([corpus])
    assert look([corpus]) == before
    CHANGES[name](corpus)
    assert look([corpus]) != before


def test_hidden_files_are_none(corpus: Path) -> None:
    before = look([corpus])
    write(corpus, [".a.txt.swp"])
    write(corpus / ".git", ["x.txt"])
    os.utime(corpus / "a.txt", (1_000_000_000, 1_000_000_000))
    assert look([corpus]) == before


def test_a_file_is_watched_by_itself_and_a_loop_of_links_ends(corpus: Path) -> None:
    (corpus / "zh" / "up").symlink_to(corpus)
    assert len(look([corpus])) == 2
    before = look([corpus / "a.txt"])
    write(corpus, ["b.txt"])
    assert look([corpus / "a.txt"]) == before
    write(corpus, {"a.txt": "第一條"})
    assert look([corpus / "a.txt"]) != before


def test_what_is_being_written_is_waited_for(corpus: Path) -> None:
    seen: list[int] = []
    steps: Iterator[Callable[[], object]] = iter(
        (
            lambda: None,
            lambda: write(corpus, {"new.txt": "第"}),
            lambda: write(corpus, {"new.txt": "第一"}),
            lambda: write(corpus, {"new.txt": "第一條"}),
            lambda: None,  # now it stays
            lambda: None,
            lambda: write(corpus, {"a.txt": "第"}),
            lambda: None,
        )
    )

    def sleep(_: float) -> None:
        seen.append(0)
        next(steps)()

    watched = changes([corpus], 1.0, sleep)
    next(watched)
    assert not seen  # the first time comes at once
    next(watched)
    assert len(seen) == 5
    next(watched)
    assert len(seen) == 8


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_reads_what_changes_until_it_is_stopped(
    tmp_path: Path, corpus: Path, number: signal.Signals
) -> None:
    arguments = command("index", "--watch", "--watch-poll", "0.05", "--json", "--log", "log")
    with subprocess.Popen(
        arguments, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and json.loads(process.stdout.readline())["added"] == 2
        write(corpus, ["b.txt"])
        assert json.loads(process.stdout.readline())["added"] == 1
        assert set(texts(tmp_path / "index")) == {"a", "b", "zh/c"}  # a new reader sees it
        (corpus / "b.txt").unlink()
        assert json.loads(process.stdout.readline())["vanished"] == [str(corpus / "b.txt")]
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert [line.split(": ")[0] for line in err.splitlines()] == ["tongwen", "tongwen"] and "b.txt has vanished" in err
    events = [json.loads(line)["event"] for line in (tmp_path / "log").read_text().splitlines()]
    assert events.count("run_finished") == events.count("watch_changed") == 3
    assert (events[0], events[-1]) == ("command_started", "command_ended")


def test_a_folder_that_is_gone_takes_nothing_with_it(tmp_path: Path, corpus: Path) -> None:
    write(tmp_path / "other", ["b.txt"])
    arguments = command("index", "--watch", "--prune", "--watch-poll", "0.05", "--json", "corpus", "other")
    with subprocess.Popen(
        arguments, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stderr and json.loads(process.stdout.readline())["added"] == 3
        corpus.rename(tmp_path / "away")
        assert "corpus is gone; what was read of it is kept" in process.stderr.readline()
        assert json.loads(process.stdout.readline())["removed"] == 0
        (tmp_path / "away").rename(corpus)
        assert json.loads(process.stdout.readline())["unchanged"] == 3
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.mark.parametrize("more", [[], ["--watch"], ["--executor", "threads"]])
def test_ctrl_c_on_a_terminal_says_what_is_done(tmp_path: Path, more: list[str]) -> None:
    write(tmp_path / "corpus", [f"{n}.txt" for n in range(60)])
    arguments = [command()[0], "-c", SLOW, *command("index", "--jobs", "1", *more)[3:]]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        arguments, cwd=tmp_path, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        for _ in range(3):
            assert process.stdout and process.stdout.readline() == b"at it\n"
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert process.returncode == 130
    assert "of 60 files" in shown and "stopped; what was done is kept" in shown and "Traceback" not in shown
    assert f"added {len(texts(tmp_path / 'index'))}," in out.decode()


def test_a_second_ctrl_c_is_obeyed_at_once(tmp_path: Path) -> None:
    write(tmp_path / "corpus", [f"{n}.txt" for n in range(3)])
    slow = SLOW.replace("0.1", "60")
    with subprocess.Popen(
        [command()[0], "-c", slow, *command("index", "--jobs", "1")[3:]],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stdout.readline() == b"at it\n"
        process.send_signal(signal.SIGINT)
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:
                continue
        assert process.stderr and b"interrupted" in process.stderr.read()
    assert process.returncode in {130, -signal.SIGINT}  # the latter where one more came while it was ending


@pytest.mark.parametrize("index", ["index", "."])
def test_an_index_among_the_texts_is_none_of_them(tmp_path: Path, corpus: Path, index: str) -> None:
    folder = corpus / index
    nothing = look([corpus])
    told = run("--log", "runs.jsonl", "index", "--engine", "whoosh", "--index", index, ".", cwd=corpus)
    assert look([corpus]) == nothing
    assert (told.returncode, json.loads(run("status", "--json", "--index", index, cwd=corpus).stdout)["new"]) == (0, [])
    assert "passed over 1 file of other formats: .jsonl 1 (" in told.stderr
    run("glossary", "list", "--index", index, cwd=corpus)
    assert {file.name for file in folder.iterdir() if file.is_file()} - {"a.txt", "runs.jsonl"} <= FILES
    before = look([corpus])
    run("--log", "runs.jsonl", "index", "--full", "--index", index, ".", cwd=corpus)
    assert look([corpus]) == before
    write(folder, ["b.txt"])
    assert look([corpus]) != before
    assert run("index", "--index", index, ".", cwd=corpus).stdout.startswith("added 1,")


@pytest.mark.parametrize("wrong", ["--watch --watch-poll nan", "--watch --watch-poll inf", "--watch-poll 3"])
def test_a_time_that_cannot_be_waited_for_is_wrong_usage(corpus: Path, wrong: str) -> None:
    ended = run("index", *wrong.split(), corpus, cwd=corpus)
    assert (ended.returncode, "Traceback" in ended.stderr, ended.stdout) == (2, False, "")
