"""Indexing again touches what has changed, says what it did, and never leaves less than was there."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from little_corpus import docs_with, statute, texts, write
from tongwen.errors import IndexDamaged, NotFound, UsageError
from tongwen.flow import Report, fingerprint, index, library, opening, reading, status, verify
from tongwen.flow.tasks import Task
from tongwen.model import Json
from tongwen.store import NAME, File, Store


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", ["a.txt", "b.md", "zh/c.txt"])


@pytest.fixture
def built(tmp_path: Path, corpus: Path) -> Path:
    index([corpus], tmp_path / "index")
    return tmp_path / "index"


def counts(report: Report) -> dict[str, int]:
    """What is not nought of a report."""
    names = ("added", "updated", "unchanged", "removed")
    said = {name: getattr(report, name) for name in names} | {"failed": len(report.failed)}
    return {name: number for name, number in said.items() if number}


# -- what has changed


def test_the_first_run_adds_all_and_the_second_does_nothing(tmp_path: Path, corpus: Path) -> None:
    assert counts(index([corpus], tmp_path / "index")) == {"added": 3}
    before = (tmp_path / "index" / NAME).stat()  # without the time of the last look, which reading changes
    assert counts(index([corpus], tmp_path / "index")) == {"unchanged": 3}
    after = (tmp_path / "index" / NAME).stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert set(texts(tmp_path / "index")) == {"a", "b", "zh/c"}


def test_a_changed_file_is_updated(built: Path, corpus: Path) -> None:
    write(corpus, {"a.txt": statute("a") + "第三條　轉處。\n"})
    assert counts(index([corpus], built)) == {"updated": 1, "unchanged": 2}
    assert docs_with(built, "转处") == {"a"}
    assert texts(built)["a"].endswith("轉處。\n")


def test_a_change_that_keeps_the_size_is_seen_by_its_time(built: Path, corpus: Path) -> None:
    write(corpus, {"a.txt": statute("a").replace("毒品", "麻藥")}, when=1_000_000_001)
    assert counts(index([corpus], built)) == {"updated": 1, "unchanged": 2}


def test_a_change_within_the_clock_s_grain_is_seen(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, ["a.txt"], when=2_000_000_000)  # later than now: as little settled as a file of this moment
    index([corpus], tmp_path / "index")
    write(corpus, {"a.txt": statute("a").replace("毒品", "麻藥")}, when=2_000_000_000)
    assert counts(index([corpus], tmp_path / "index")) == {"updated": 1}


def test_a_touched_file_is_unchanged(built: Path, corpus: Path) -> None:
    os.utime(corpus / "a.txt")
    assert counts(index([corpus], built)) == {"unchanged": 3}


def test_a_new_file_is_added(built: Path, corpus: Path) -> None:
    write(corpus, ["d.txt"])
    assert counts(index([corpus], built)) == {"added": 1, "unchanged": 3}


def test_a_vanished_file_is_named_and_kept_until_it_is_pruned(built: Path, corpus: Path) -> None:
    (corpus / "a.txt").unlink()
    report = index([corpus], built)
    assert (counts(report), report.vanished) == ({"unchanged": 2}, [str(corpus / "a.txt")])
    assert set(texts(built)) == {"a", "b", "zh/c"}
    report = index([corpus], built, prune=True)
    assert (counts(report), report.vanished) == ({"unchanged": 2, "removed": 1}, [])
    assert set(texts(built)) == {"b", "zh/c"} == docs_with(built, "精神药物")


def test_a_file_that_could_never_be_read_is_forgotten_when_it_is_gone(built: Path, corpus: Path) -> None:
    (corpus / "d.pdf").write_bytes(b"no PDF")
    (corpus / "e.json").write_text('{"a": 1}', "utf-8")
    assert len(index([corpus, corpus / "e.json"], built).failed) == 2
    (corpus / "d.pdf").unlink()
    report = index([corpus], built)
    assert (counts(report), report.vanished, report.failed) == ({"unchanged": 3}, [], [])
    assert status(built).healthy and (verify(built).missing, verify(built).faults) == ([], [])


def test_only_what_was_below_the_folders_given_is_pruned(built: Path, corpus: Path) -> None:
    (corpus / "a.txt").unlink()
    assert counts(index([corpus / "zh"], built, prune=True)) == {"unchanged": 1}
    assert set(texts(built)) == {"a", "b", "zh/c"}


def test_a_manifest_s_entry_updates_the_document_it_names(built: Path, corpus: Path) -> None:
    (corpus / "manifest.toml").write_text('["a.txt"]\ntitle = "甲法"\n', "utf-8")
    assert counts(index([corpus], built)) == {"updated": 1, "unchanged": 2}
    (corpus / "manifest.toml").write_text('["a.txt"]\ntitle = "乙法"\n["b.md"]\ndate = 2001-01-01\n', "utf-8")
    assert counts(index([corpus], built)) == {"updated": 2, "unchanged": 1}
    with Store.read(built) as store:
        assert store.title("a") == "乙法"
        assert next(store.records("documents", "b"))["date"] == "2001-01-01"
    assert counts(index([corpus], built)) == {"unchanged": 3}


def test_full_reads_everything_again(built: Path, corpus: Path) -> None:
    assert counts(index([corpus], built, full=True)) == {"updated": 3}
    assert docs_with(built, "精神药物") == set(texts(built)) == {"a", "b", "zh/c"}


# -- folders and ids


def test_a_second_folder_is_added_to_the_first(built: Path, tmp_path: Path) -> None:
    more = write(tmp_path / "more", ["x.txt"])
    assert counts(index([more], built)) == {"added": 1}
    assert set(texts(built)) == {"a", "b", "zh/c", "x"}


def test_a_second_folder_s_file_of_the_same_id_is_told(built: Path, tmp_path: Path, corpus: Path) -> None:
    more = write(tmp_path / "more", {"a.txt": "別的法\n\n第一條　別的。\n"})
    report = index([more], built)
    assert counts(report) == {"failed": 1}
    assert str(corpus / "a.txt") in report.failed[0].problem
    assert texts(built)["a"] == statute("a")


def test_two_folders_in_one_call_give_their_names_to_the_ids(tmp_path: Path, corpus: Path) -> None:
    more = write(tmp_path / "more", ["a.txt"])
    assert counts(index([corpus, more], tmp_path / "index")) == {"added": 4}
    assert counts(index([corpus, more], tmp_path / "index")) == {"unchanged": 4}
    assert set(texts(tmp_path / "index")) == {"corpus/a.txt", "more/a.txt", "b", "zh/c"}


@pytest.mark.parametrize("part", ["zh", "zh/c.txt", "."])
def test_a_part_of_the_folder_keeps_its_ids(built: Path, corpus: Path, part: str) -> None:
    write(corpus, {"zh/c.txt": statute("c") + "第三條　轉處。\n"})
    assert counts(index([corpus / part], built))["updated"] == 1
    assert set(texts(built)) == {"a", "b", "zh/c"}


@pytest.mark.parametrize("paths", [["zh", "."], [".", "zh"], ["zh/c.txt", "."], ["zh/c.txt", "a.txt", "b.md"]])
def test_a_folder_named_beside_a_part_of_it_gives_the_ids(tmp_path: Path, corpus: Path, paths: list[str]) -> None:
    assert counts(index([corpus / path for path in paths], tmp_path / "index")) == {"added": 3}
    assert set(texts(tmp_path / "index")) == {"a", "b", "zh/c"}
    assert not status(tmp_path / "index").stale
    assert counts(index([corpus], tmp_path / "index")) == {"unchanged": 3}


def test_a_wider_folder_renames(tmp_path: Path, corpus: Path) -> None:
    index([corpus / "zh"], tmp_path / "index")
    assert set(texts(tmp_path / "index")) == {"c"}
    assert counts(index([corpus], tmp_path / "index")) == {"added": 2, "updated": 1}
    assert set(texts(tmp_path / "index")) == {"a", "b", "zh/c"} == docs_with(tmp_path / "index", "精神药物")


def test_a_file_beside_one_of_the_same_stem_renames_it(built: Path, corpus: Path) -> None:
    write(corpus, {"a.html": "<h1>甲</h1><p>第一條　轉處。</p>"})
    assert counts(index([corpus], built)) == {"added": 1, "updated": 1, "unchanged": 2}
    assert set(texts(built)) == {"a.html", "a.txt", "b", "zh/c"}
    assert counts(index([corpus], built)) == {"unchanged": 4}
    (corpus / "a.html").unlink()
    assert counts(index([corpus], built, prune=True)) == {"updated": 1, "unchanged": 2, "removed": 1}
    assert set(texts(built)) == {"a", "b", "zh/c"}


def test_a_file_that_the_manifest_passes_over_is_no_document(tmp_path: Path, corpus: Path) -> None:
    index([corpus], tmp_path / "index")
    (corpus / "manifest.toml").write_text('["a.txt"]\nindex = false\n', "utf-8")
    report = index([corpus], tmp_path / "index")
    assert (counts(report), report.vanished) == ({"unchanged": 2}, [str(corpus / "a.txt")])
    assert counts(index([corpus], tmp_path / "index", prune=True)) == {"unchanged": 2, "removed": 1}
    assert set(texts(tmp_path / "index")) == {"b", "zh/c"}


def test_a_folder_s_own_words_are_kept_for_the_queries_and_nothing_is_read_again(built: Path, corpus: Path) -> None:
    (corpus / "lexicon.tsv").write_text("# word\treason\n轉處機制\ta term\n\n", "utf-8")
    assert counts(index([corpus], built)) == {"unchanged": 3}
    with library(built) as found:
        assert found.words == ("转处机制",)
    (corpus / "lexicon.tsv").write_bytes(b"\xff\xfe\xb2")
    report = index([corpus], built)
    assert [fault for fault in report.faults if "lexicon" in fault]


def test_a_manifest_that_cannot_be_read_is_told_and_the_texts_are_read(tmp_path: Path, corpus: Path) -> None:
    (corpus / "manifest.toml").write_text("[a\n", "utf-8")
    report = index([corpus], tmp_path / "index")
    assert (counts(report), len(report.faults)) == ({"added": 3}, 1)


def test_a_folder_that_moved_is_the_same(built: Path, corpus: Path, tmp_path: Path) -> None:
    corpus.rename(tmp_path / "elsewhere")
    assert counts(index([tmp_path / "elsewhere"], built)) == {"unchanged": 3}
    assert status(built).vanished == [] == status(built).missing


def test_a_project_that_is_copied_finds_its_own_texts(built: Path, corpus: Path, tmp_path: Path) -> None:
    for name in ("corpus", "index"):
        shutil.copytree(tmp_path / name, tmp_path / "copy" / name)
    assert counts(index([tmp_path / "copy" / "corpus"], tmp_path / "copy" / "index")) == {"unchanged": 3}
    assert not status(tmp_path / "copy" / "index").stale


# -- what cannot be read


def spoil(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """A stage that fails on one file alone."""
    process = reading.process

    def spoilt(path: Path, *rest: object) -> object:
        if path.name == name:
            raise error
        return process(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "process", spoilt)


def test_a_file_that_fails_keeps_its_last_good_version(built: Path, corpus: Path) -> None:
    good = texts(built)
    (corpus / "a.txt").write_bytes(b"")
    for _ in range(2):
        report = index([corpus], built)
        assert counts(report) == {"unchanged": 2, "failed": 1}
        assert report.failed[0].path == str(corpus / "a.txt")
        assert texts(built) == good
    write(corpus, ["a.txt"])
    assert counts(index([corpus], built)) == {"unchanged": 3}
    assert counts(index([corpus], built)) == {"unchanged": 3}
    assert status(built).failed == {}


def test_a_file_that_never_was_good_is_added_when_it_is(built: Path, corpus: Path) -> None:
    (corpus / "d.txt").write_bytes(b"")
    assert counts(index([corpus], built)) == {"unchanged": 3, "failed": 1}
    assert list(status(built).failed) == [str(corpus / "d.txt")]
    write(corpus, ["d.txt"])
    assert counts(index([corpus], built)) == {"added": 1, "unchanged": 3}


@pytest.mark.parametrize("error", [ValueError("what a stage\ndid not expect"), RecursionError("deep"), MemoryError()])
def test_a_stage_that_fails_costs_one_file(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    spoil(monkeypatch, "b.md", error)
    report = index([corpus], tmp_path / "index", jobs=1)
    assert counts(report) == {"added": 2, "failed": 1}
    assert type(error).__name__ in report.failed[0].problem
    assert "b.md" in report.failed[0].problem


def test_a_fault_of_the_program_itself_leaves_the_old_state(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts(built)
    write(corpus, {"a.txt": "新法\n\n第一條　新。\n", "b.md": "新法\n\n第一條　新。\n"})
    monkeypatch.setattr("tongwen.store.writer.Writer.put_file", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        index([corpus], built)
    monkeypatch.undo()
    assert texts(built) == before
    assert counts(index([corpus], built)) == {"updated": 2, "unchanged": 1}


def test_what_does_not_exist_is_told(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        index([corpus, corpus / "nowhere"], tmp_path / "index")


def test_wrong_engines_and_jobs_are_told_before_anything_is_made(tmp_path: Path, corpus: Path) -> None:
    with pytest.raises(UsageError, match="whoosh"):
        index([corpus], tmp_path / "index", engine="lucene")
    with pytest.raises(UsageError, match="0 jobs"):
        index([corpus], tmp_path / "index", jobs=0)
    assert not (tmp_path / "index").exists()


ODD = {"a\nb.txt": "a\nb", "😀.txt": "😀", "空 格/x y.txt": "空 格/x y", " .txt": " ", "#1%.txt": "#1%"}


def test_odd_paths_are_paths(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", list(ODD))
    Path(os.fsdecode(os.fsencode(corpus) + b"/\xff.txt")).write_text(statute("x"), "utf-8")
    assert counts(index([corpus], tmp_path / "index")) == {"added": 6}
    assert set(ODD.values()) <= set(texts(tmp_path / "index"))
    assert counts(index([corpus], tmp_path / "index", full=True)) == {"updated": 6}
    shutil.rmtree(corpus)
    corpus.mkdir()
    assert counts(index([corpus], tmp_path / "index", prune=True)) == {"removed": 6}


def test_a_file_that_became_a_folder_has_vanished(built: Path, corpus: Path) -> None:
    (corpus / "a.txt").unlink()
    write(corpus / "a.txt", ["new.txt"])
    assert status(built).vanished == [str(corpus / "a.txt")]
    report = index([corpus], built)
    assert (report.added, report.vanished) == (1, [str(corpus / "a.txt")])
    assert index([corpus], built, prune=True).removed == 1


def test_a_link_beside_its_file_changes_nothing_and_one_known_before_has_vanished(built: Path, corpus: Path) -> None:
    (corpus / "0.txt").symlink_to(corpus / "a.txt")
    assert counts(index([corpus], built)) == {"unchanged": 3}
    (corpus / "b.md").unlink()
    (corpus / "b.md").symlink_to(corpus / "a.txt")
    assert index([corpus], built).vanished == [str(corpus / "b.md")]


def test_a_loop_of_links_ends_and_a_broken_link_is_told(tmp_path: Path, corpus: Path) -> None:
    (corpus / "loop").symlink_to(corpus)
    (corpus / "self.txt").symlink_to(corpus / "self.txt")
    (corpus / "broken.txt").symlink_to(corpus / "nowhere")
    report = index([corpus], tmp_path / "index")
    assert counts(report) == {"added": 3, "failed": 2}


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (os.mkfifo, "not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "not a regular file"),
        (lambda path: None, "No such file"),
    ],
)
def test_what_stands_where_a_known_file_was_is_not_read_for_ever(
    corpus: Path, make: Callable[[Path], None], told: str
) -> None:
    path = corpus / "a.txt"
    path.unlink()
    make(path)
    known = File("a", str(corpus), str(path), 1, 1, "0" * 64, "", "", "ok", "")
    outcome = reading.read(Task(known.path, known.root, "a.txt", {}, known, known, same=known.sha256))
    assert told in outcome.problem
    assert "Error" not in outcome.problem


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(built: Path, corpus: Path) -> None:
    write(corpus, {"a.txt": "新法\n\n第一條　新。\n"})
    (corpus / "a.txt").chmod(0)
    assert counts(index([corpus], built)) == {"unchanged": 2, "failed": 1}
    assert texts(built)["a"] == statute("a")


# -- code, tables and engine


def other_code(monkeypatch: pytest.MonkeyPatch, **differences: str) -> None:
    components = fingerprint.components()
    monkeypatch.setattr(fingerprint, "components", lambda: components | differences)
    monkeypatch.setattr(fingerprint, "_state", lambda: "other")


def test_other_code_is_told_and_reads_everything_again(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not status(built).stale
    other_code(monkeypatch, opencc="9.9", **{"the table fold.tsv": "f"})
    found = status(built)
    assert (found.stale, found.outdated) == (True, 3)
    assert [reason.split()[0] for reason in found.reasons] == ["opencc", "the"]
    report = index([corpus], built)
    assert counts(report) == {"updated": 3}
    assert "the table fold.tsv changed" in report.notes[-1]
    assert not status(built).stale


def test_what_the_other_code_cannot_read_stays_as_it_was(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_code(monkeypatch, opencc="9.9")
    spoil(monkeypatch, "a.txt", ValueError("no"))
    assert counts(index([corpus], built)) == {"updated": 2, "failed": 1}
    assert texts(built)["a"] == statute("a")
    found = status(built)
    assert (list(found.failed), found.outdated) == ([str(corpus / "a.txt")], 0)  # reading it again would not help


def test_the_code_s_fingerprint_names_every_table_and_stage() -> None:
    names = set(fingerprint.components())
    assert {"the table fold.tsv", "the code of decode", "the code of structure", "opencc", "jieba"} <= names
    assert fingerprint.stamp(fingerprint.components()) == fingerprint.stamp(fingerprint.components())


def test_the_code_is_not_read_through_again(built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "components", lambda: pytest.fail("read through"))
    assert counts(index([corpus], built)) == {"unchanged": 3}
    assert not status(built).stale


def test_code_that_only_lies_elsewhere_is_read_through_once(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprint, "_state", lambda: "other")
    with library(built) as opened:
        updated = opened.store.meta("updated")
    assert counts(index([corpus], built)) == {"unchanged": 3}
    monkeypatch.setattr(fingerprint, "components", lambda: pytest.fail("read through"))
    assert counts(index([corpus], built)) == {"unchanged": 3}
    with library(built) as opened:
        assert opened.store.meta("updated") == updated


def test_every_change_of_a_file_of_the_code_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "HOME", tmp_path)
    states = [fingerprint._state()]
    for change in (write_module, lengthen, touch, lambda file: file.unlink()):
        change(tmp_path / "stage" / "inner.py")
        states.append(fingerprint._state())
    assert len(set(states)) == 4 and states[0] == states[-1]


def write_module(file: Path) -> None:
    file.parent.mkdir()
    file.touch()


def lengthen(file: Path) -> None:
    file.write_text("1\n", "utf-8")


def touch(file: Path) -> None:
    os.utime(file, (1, 1))


@pytest.mark.parametrize("note", [None, "", "[", "[1, 2]", '["x", "y", {}]', "3"])
def test_a_damaged_note_of_the_code_is_done_without(note: str | None) -> None:
    assert fingerprint.code_of(note).components == fingerprint.components()


def damage_contents(engine: Path) -> None:
    for file in engine.glob("*.toc"):
        file.write_bytes(b"?")


def damage_segments(engine: Path) -> None:
    for file in engine.iterdir():
        os.truncate(file, file.stat().st_size // 2)


def remove_all(engine: Path) -> None:
    shutil.rmtree(engine)


@pytest.mark.parametrize("damage", [damage_contents, damage_segments, remove_all])
def test_a_damaged_engine_is_filled_from_the_store(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    damage(built / "whoosh")
    with pytest.raises(IndexDamaged, match="tongwen index"):
        docs_with(built, "精神药物")
    with Store.read(built) as store:
        assert store.text("a") == statute("a")
    monkeypatch.setattr(reading, "process", lambda *_: 1 / 0)
    report = index([corpus], built)
    assert counts(report) == {"unchanged": 3}
    assert docs_with(built, "精神药物") == set(texts(built)) == {"a", "b", "zh/c"}


def test_a_damaged_engine_gets_what_changed_and_what_did_not(built: Path, corpus: Path, tmp_path: Path) -> None:
    index([write(tmp_path / "more", ["x.txt"])], built)
    remove_all(built / "whoosh")
    write(corpus, {"a.txt": "新法\n\n第一條　轉處。\n"})
    (corpus / "b.md").unlink()
    assert counts(index([corpus], built, prune=True)) == {"updated": 1, "unchanged": 1, "removed": 1}
    assert docs_with(built, "精神药物") == {"zh/c", "x"}
    assert docs_with(built, "转处") == {"a"}
    assert set(texts(built)) == {"a", "zh/c", "x"}


def test_other_engine_code_fills_it_anew(built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongwen.flow.engines.revision", lambda name: "other")
    with library(built) as (store, _, _):
        before = store.meta("generation")
    assert counts(index([corpus], built)) == {"unchanged": 3}
    with library(built) as (store, _, _):
        assert store.meta("generation") != before
    assert len(texts(built)) == 3


def test_a_damaged_store_is_built_anew_with_full(built: Path, corpus: Path) -> None:
    before = texts(built)
    (built / NAME).write_bytes(b"?" * 5000)
    with pytest.raises(IndexDamaged, match="--full"):
        index([corpus], built)
    assert counts(index([corpus], built, full=True)) == {"added": 3}
    assert texts(built) == before
    assert (built / f"{NAME}.damaged").exists()


def test_a_run_that_fills_the_engine_can_be_stopped(built: Path, corpus: Path) -> None:
    remove_all(built / "whoosh")
    with pytest.raises(KeyboardInterrupt):
        index([corpus], built, progress=lambda done, total, share=None: os.kill(os.getpid(), signal.SIGINT))
    assert counts(index([corpus], built)) == {"unchanged": 3}
    assert set(texts(built)) == {"a", "b", "zh/c"}


def test_a_reader_whose_generation_is_tidied_away_takes_the_next(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(corpus, {"a.txt": "新法\n\n第一條　轉處。\n"})
    real, runs = opening.engine, iter([True])

    def late(*arguments: object) -> object:
        if next(runs, False):
            index([corpus], built)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "engine", late)
    assert docs_with(built, "转处") == {"a"}


# -- many at a time


def dumped(folder: Path) -> list[list[dict[str, Json]]]:
    with Store.read(folder) as store:
        return [list(store.records(kind)) for kind in ("documents", "articles", "provisions", "paragraphs", "problems")]


def test_workers_give_what_one_process_gives(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", [f"{n}.txt" for n in range(40)])
    calls: list[tuple[int, int]] = []
    index([corpus], tmp_path / "one", jobs=1)
    index([corpus], tmp_path / "many", jobs=3, progress=lambda done, total, share=None: calls.append((done, total)))
    assert dumped(tmp_path / "one") == dumped(tmp_path / "many")
    assert texts(tmp_path / "one") == texts(tmp_path / "many")
    assert calls == [(n, 40) for n in range(1, 41)]


def test_what_was_written_a_moment_before_it_was_read_is_not_stale(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", ["a.txt"], when=2_000_000_000)
    (corpus / "b.txt").write_bytes(b"")
    index([corpus], tmp_path / "index")
    found = status(tmp_path / "index")
    assert (found.stale, found.changed, list(found.failed)) == (False, [], [str(corpus / "b.txt")])
    (corpus / "b.txt").write_bytes(b"x")
    os.utime(corpus / "a.txt")
    assert status(tmp_path / "index").changed == [str(corpus / "b.txt")]


def test_what_is_new_is_shown_by_the_status(built: Path, corpus: Path) -> None:
    write(corpus, {"a.txt": "新法\n", "e.txt": "新法\n"})
    (corpus / "b.md").unlink()
    found = status(built)
    assert (found.changed, found.new) == ([str(corpus / "a.txt")], [str(corpus / "e.txt")])
    assert (found.vanished, found.stale) == ([str(corpus / "b.md")], True)
    assert found.counts["documents"] == 3 and found.size > 0 and found.engine == "whoosh"


# -- folders that are gone, other formats, closed folders


def test_of_a_folder_that_is_gone_all_files_have_vanished(built: Path, corpus: Path) -> None:
    corpus.rename(corpus.with_name("moved"))
    report = index([corpus], built)
    assert (counts(report), sorted(report.vanished)) == (
        {},
        [str(corpus / "a.txt"), str(corpus / "b.md"), str(corpus / "zh" / "c.txt")],
    )
    assert set(texts(built)) == {"a", "b", "zh/c"}
    assert (status(built).missing, status(built).vanished) == ([str(corpus)], [])
    assert counts(index([corpus], built, prune=True)) == {"removed": 3}
    assert texts(built) == {}
    with pytest.raises(NotFound, match="corpus"):
        index([corpus], built, prune=True)


def test_a_part_of_a_folder_that_is_gone_is_pruned_alone(built: Path, corpus: Path) -> None:
    shutil.rmtree(corpus / "zh")
    assert counts(index([corpus / "zh"], built, prune=True)) == {"removed": 1}
    assert set(texts(built)) == {"a", "b"}


def test_what_was_read_by_other_code_and_is_gone_is_not_called_outdated(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other_code(monkeypatch, opencc="9.9")
    assert status(built).outdated == 3
    (corpus / "a.txt").unlink()
    assert status(built).outdated == 2
    corpus.rename(corpus.with_name("moved"))
    assert (status(built).outdated, status(built).stale) == (0, True)


def test_files_of_other_formats_are_counted(built: Path, corpus: Path) -> None:
    for name in ("a.ODT", "zh/b.odt", "README", ".hidden.odt", ".git/c.odt", "manifest.toml", "lexicon.tsv", "c.tsv"):
        (corpus / name).parent.mkdir(exist_ok=True)
        (corpus / name).touch()
    report = index([corpus], built)
    assert report.passed_over == {".odt": 2, "": 1, ".tsv": 1}
    assert (counts(report), report.faults) == ({"unchanged": 3}, [])


def test_a_statute_that_became_other_json_has_vanished(tmp_path: Path) -> None:
    law = write(tmp_path / "laws", {"a.json": '{"法規名稱": "示範法", "法規內容": [{"編章節": "第 一 章 總則"}]}'})
    assert counts(index([law], tmp_path / "index")) == {"added": 1}
    write(law, {"a.json": "{}"}, when=1_000_000_001)
    report = index([law], tmp_path / "index")
    assert (counts(report), len(report.vanished)) == ({}, 1)
    assert counts(index([law], tmp_path / "index", prune=True)) == {"removed": 1}


def test_a_folder_that_cannot_be_entered_is_told_and_its_files_are_kept(
    built: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("zh"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    report = index([corpus], built, prune=True)
    monkeypatch.undo()
    assert [fault.split(": Perm")[0] for fault in report.faults] == [f"{corpus / 'zh'} cannot be entered"]
    assert set(texts(built)) == {"a", "b", "zh/c"}
