"""A run that is killed, stopped or has no room leaves the old state or the new, file by file, and can go on."""

from __future__ import annotations

import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from little_corpus import SLOW, command, docs_with, run, statute, texts, write
from tongwen.flow import index, indexing, library, status
from tongwen.store import NAME, Store

FILES = 24
KILLS = 30
OLD = {f"{n}.txt": statute(str(n)) for n in range(FILES)}
NEW = {f"{n}.txt": statute(str(n)) + f"第三條　轉處{n}。\n" for n in range(0, FILES, 2)}

KILLABLE = """
import sys
from pathlib import Path
from tongwen.flow import index, indexing
indexing.CHECKPOINT = 0.0
if __name__ == "__main__":
    print("in", flush=True)
    index([Path(sys.argv[1])], Path(sys.argv[2]), jobs=int(sys.argv[3]), full=len(sys.argv) > 4)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus that has changed since its index was built."""
    folder = tmp_path_factory.mktemp("built")
    write(folder / "corpus", OLD)
    index([folder / "corpus"], folder / "index")
    write(folder / "corpus", NEW, when=1_000_000_001)
    return folder


@contextmanager
def at_it(folder: Path, jobs: int, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """An index run that commits after every file, and has just begun."""
    script = folder / "killable.py"  # a file: workers import the main module
    script.write_text(KILLABLE, "utf-8")
    arguments = [command()[0], str(script), str(folder / "corpus"), str(folder / "index"), str(jobs), *more]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"in\n"
        yield process


def killed(folder: Path, jobs: int, after: float, *more: str) -> bool:
    """Kills such a run so many seconds in; whether it was still at it."""
    with at_it(folder, jobs, *more) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
        assert process.returncode == 0
        return False


def whole(folder: Path) -> int:
    """How many files are new; fails unless every other is old, and the engine fits."""
    found = texts(folder / "index")
    newer = {doc for doc, text in found.items() if text == NEW.get(f"{doc}.txt")}
    assert {doc: text for doc, text in found.items() if doc not in newer} == {
        name.removesuffix(".txt"): text for name, text in OLD.items() if name.removesuffix(".txt") not in newer
    }
    assert docs_with(folder / "index", "转处") == newer
    assert docs_with(folder / "index", "精神药物") == set(found)
    return len(newer)


@pytest.mark.parametrize("more", [(), ("full",)])
def test_a_run_killed_at_any_point_leaves_every_file_old_or_new(
    tmp_path: Path, built: Path, more: tuple[str, ...]
) -> None:
    chance = random.Random(20)  # the same points in every run, as far as the machine is as fast
    shutil.copytree(built, tmp_path / "timed")
    with at_it(tmp_path / "timed", 1, *more) as process:
        began = time.monotonic()
        assert process.wait(60) == 0
        lasts = time.monotonic() - began
    kills, states = 0, set()
    for number in range(KILLS // 2):
        folder = tmp_path / str(number)
        shutil.copytree(built, folder)
        kills += killed(folder, 1 + number % 5 // 4, chance.uniform(0, lasts), *more)
        states.add(whole(folder))
        index([folder / "corpus"], folder / "index")
        assert whole(folder) == len(NEW)
        assert [file.suffix for file in (folder / "index" / "whoosh").iterdir()].count(".toc") == 1
    assert kills > KILLS // 6
    assert len(states) > 2


def test_a_first_run_that_is_killed_can_be_run_again(tmp_path: Path) -> None:
    write(tmp_path / "corpus", OLD)
    for after in (0.0, 0.1, 0.3):
        killed(tmp_path, 1, after)
    index([tmp_path / "corpus"], tmp_path / "index")
    assert whole(tmp_path) == 0


def test_what_was_done_before_a_kill_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "corpus", OLD)
    monkeypatch.setattr(indexing, "CHECKPOINT", 0.0)
    done: list[int] = []

    class Killed(BaseException):
        pass

    def kill(number: int, total: int, share: float | None = None) -> None:
        done.append(number)
        if number == 5:
            raise Killed

    with pytest.raises(Killed):
        index([tmp_path / "corpus"], tmp_path / "index", jobs=1, progress=kill)
    assert len(texts(tmp_path / "index")) == 4
    report = index([tmp_path / "corpus"], tmp_path / "index")
    assert (report.added, report.unchanged) == (FILES - 4, 4)


# -- stopped by a person


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_keeps_what_it_has_done(tmp_path: Path, number: signal.Signals) -> None:
    write(tmp_path / "corpus", OLD)
    arguments = [command()[0], "-c", SLOW, *command("index", tmp_path / "corpus", "--index", tmp_path / "index")[3:]]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for _ in range(3):
            assert process.stdout and process.stdout.readline() == "at it\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 128 + number
    assert "stopped; what was done is kept" in err and "Traceback" not in err
    found = texts(tmp_path / "index")
    assert 0 < len(found) < FILES - 1
    assert f"added {len(found)}," in out and f"goes on with the {FILES - len(found)} files that are left" in err
    assert index([tmp_path / "corpus"], tmp_path / "index").added == FILES - len(found)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_before_the_first_file_is_obeyed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    def endless(*_: object) -> None:
        signal.raise_signal(number)
        time.sleep(60)

    write(tmp_path / "corpus", {"0.txt": OLD["0.txt"]})
    monkeypatch.setattr(indexing, "plan", endless)
    with pytest.raises(KeyboardInterrupt) as stop:
        index([tmp_path / "corpus"], tmp_path / "index")
    assert stop.value.args == (number,)


# -- a full disk


def limit() -> None:
    """No file may grow beyond 200 kB: what a process gets to feel of a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))


def test_a_full_disk_is_one_sentence_and_the_old_state(tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"0.txt": OLD["0.txt"]})
    index([tmp_path / "corpus"], tmp_path / "index")
    characters = "".join(map(chr, range(0x4E00, 0x9000)))
    write(tmp_path / "corpus", {f"{n}.txt": f"第一條　{characters[n:]}{characters[:n]}。" for n in range(1, 12)})
    done = run("index", tmp_path / "corpus", "--index", tmp_path / "index", preexec_fn=limit)
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be written" in done.stderr and "Free some space" in done.stderr
    assert "Traceback" not in done.stderr and done.stderr.count("\n") == 1
    assert texts(tmp_path / "index") == {"0": OLD["0.txt"]}
    assert not status(tmp_path / "index").outdated
    assert index([tmp_path / "corpus"], tmp_path / "index").added == 11
    assert len(texts(tmp_path / "index")) == 12


def test_a_disk_full_in_the_engine_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "corpus", {"0.txt": OLD["0.txt"]})
    index([tmp_path / "corpus"], tmp_path / "index")
    before = {file.name for file in (tmp_path / "index" / "whoosh").iterdir()}
    write(tmp_path / "corpus", OLD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tongwen.search.whoosh_engine.generation.write", full)
    with pytest.raises(Exception, match=r"No space left on device.*intact.*Free some space"):
        index([tmp_path / "corpus"], tmp_path / "index")
    assert texts(tmp_path / "index") == {"0": OLD["0.txt"]}
    assert {file.name for file in (tmp_path / "index" / "whoosh").iterdir()} == before


def test_a_run_that_fails_leaves_no_unfinished_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment is not on record before it is written, and cannot be finished on a full disk."""
    write(tmp_path / "corpus", {"0.txt": OLD["0.txt"]})
    index([tmp_path / "corpus"], tmp_path / "index")
    before = {file.name for file in (tmp_path / "index" / "whoosh").iterdir()}

    def full(*_: object) -> None:
        assert {file.name for file in (tmp_path / "index" / "whoosh").iterdir()} - before
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tongwen.search.whoosh_engine.builder.TermsWriter.write", full)
    with pytest.raises(Exception, match="No space left on device"):
        index([tmp_path / "corpus"], tmp_path / "index", full=True)
    assert {file.name for file in (tmp_path / "index" / "whoosh").iterdir()} == before
    with library(tmp_path / "index") as here:
        assert here.engine.count


# -- something else in the place of the engine's files


def in_place_of(place: Path) -> None:
    place.unlink() if place.is_file() else shutil.rmtree(place)
    (place / "mine").mkdir(parents=True)


def whoosh_is_a_file(index: Path) -> None:
    shutil.rmtree(index / "whoosh")
    (index / "whoosh").write_text("mine")


OBSTACLES = {
    "postings": lambda index: in_place_of(next((index / "whoosh").glob("*.pst"))),
    "contents": lambda index: in_place_of(next((index / "whoosh").glob("*.toc"))),
    "engine": whoosh_is_a_file,
}


@pytest.mark.parametrize("more", [(), ("--full",)])
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_stands_in_the_engine_s_way_is_put_aside(tmp_path: Path, obstacle: str, more: tuple[str, ...]) -> None:
    write(tmp_path / "corpus", OLD)
    index([tmp_path / "corpus"], tmp_path / "index")
    OBSTACLES[obstacle](tmp_path / "index")
    told = run("search", "第一條", "--index", tmp_path / "index")
    assert told.returncode == 1 and "damaged" in told.stderr and "tongwen index --full" in told.stderr
    for told_so in ("" if more else "tongwen: the full text is filled anew from what is stored\n", ""):
        done = run("index", tmp_path / "corpus", "--index", tmp_path / "index", *more)
        assert (done.returncode, done.stderr) == (0, told_so)
    assert len([*(tmp_path / "index").glob("*.damaged")]) == 1
    with library(tmp_path / "index") as here:
        assert here.engine.count == here.store.counts()["passages"]


def test_a_reader_reads_on_while_a_run_writes(tmp_path: Path, built: Path) -> None:
    shutil.copytree(built, tmp_path / "here")
    folder = tmp_path / "here"
    with Store.read(folder / "index") as reader:
        assert killed(folder, 1, 60) is False
        assert reader.text("0") == OLD["0.txt"]
    assert texts(folder / "index")["0"] == NEW["0.txt"]
    assert (folder / "index" / NAME).exists()
