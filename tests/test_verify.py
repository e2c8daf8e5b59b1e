"""What does not agree is told, what only seems so is told apart, and what can be made again is made again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from little_corpus import run, write
from stored import put
from test_store import document, treaty
from tongwen.flow import index, repair, verify
from tongwen.store import NAME, Store, pages, states
from tongwen.store.proof import Proof, prove
from torture import torture

TEXTS = [f"{n}.txt" for n in range(6)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    index([write(folder / "corpus", TEXTS)], folder / "index")
    return folder


@pytest.fixture
def here(tmp_path: Path, built: Path) -> Path:
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path


def changed(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "index" / NAME)) as connection, connection:
        connection.execute(sql)


def parts(folder: Path) -> set[str]:
    return {fault.part for fault in verify(folder / "index").faults}


# -- checksums of pages


@settings(max_examples=12)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9000), st.booleans(), st.booleans()), max_size=8))
def test_after_each_commit_the_checksums_are_of_every_page(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, bool, bool]]
) -> None:
    """Whether documents come or go, are read meanwhile, or the log is begun anew; and they are made only once."""
    folder = tmp_path_factory.mktemp("i")
    with Store.write(folder):
        pass
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "make", None)
        for doc, length, gone, watched in steps:
            with Store.read(folder) if watched else nullcontext(), Store.write(folder) as store:
                if gone:
                    store.remove(f"d{doc}")
                put(store, document(f"d{length % 6}", "條" * length), treaty("art_1"))
                store.checkpoint()
                put(store, document("last", str(length)), treaty("art_1", "art_2"))
            assert prove(folder) == Proof()


def test_adding_a_document_costs_as_much_in_a_large_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    costs: list[int] = []
    update = pages.update

    def counted(file: Path, of: pages.Kept, sums: dict[int, int]) -> None:
        costs.append(len(sums))
        update(file, of, sums)

    monkeypatch.setattr(pages, "update", counted)
    for number in range(150):
        with Store.write(tmp_path) as store:
            put(store, document(f"d{number}", str(number)), treaty("art_1", "art_2"))
    early, late = sum(costs[20:40]), sum(costs[130:150])
    assert late < 1.5 * early


def test_a_run_that_is_stopped_before_its_checksums_is_no_fault(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "corpus", {"0.txt": "第一條　新法。\n"}, when=1_000_000_002)
    with monkeypatch.context() as patch:
        patch.setattr(pages, "update", lambda *_: None)
        index([here / "corpus"], here / "index")
    verdict = verify(here / "index")
    assert (verdict.faults, len(verdict.notes)) == ([], 1)
    assert "stopped before" in verdict.notes[0]
    index([here / "corpus"], here / "index")
    assert verify(here / "index").notes == []


def test_a_commit_that_is_lost_is_a_fault(here: Path) -> None:
    shutil.copy(here / "index" / NAME, here / "kept")
    write(here / "corpus", {"0.txt": "第一條　新法。\n"}, when=1_000_000_002)
    index([here / "corpus"], here / "index")
    (here / "kept").replace(here / "index" / NAME)
    assert "database" in parts(here)


def test_a_byte_in_free_space_is_found(here: Path) -> None:
    index([here / "corpus"], here / "index")
    for name in TEXTS[1:]:
        (here / "corpus" / name).unlink()
    index([here / "corpus"], here / "index", prune=True)
    file = here / "index" / NAME
    with closing(sqlite3.connect(file)) as connection:
        (trunk,) = connection.execute("PRAGMA freelist_count").fetchone()
        assert trunk
    content = bytearray(file.read_bytes())
    at = (int.from_bytes(content[32:36], "big") - 1) * 4096 + 4000  # in the first free page, behind what SQLite reads
    content[at] ^= 1
    file.write_bytes(content)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (fault,) = verify(here / "index").faults
    assert fault.part == "database" and "page" in fault.told


# -- documents, the search engine, originals

CHANGES = {
    "a text": "UPDATE documents SET title = title || '。' WHERE id = '3'",
    "a record": "UPDATE records SET stop = stop - 1 WHERE doc = 3 AND seq = 1",
    "a passage": "DELETE FROM passages WHERE key = (SELECT max(key) FROM passages)",
    "a name": "INSERT INTO names VALUES ('毒品', 3, 0)",
    "an entry": "UPDATE files SET sha256 = '' WHERE doc = '3'",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_has_changed_is_told_and_read_again(here: Path, change: str) -> None:
    (here / "index" / pages.NAME).unlink()
    changed(here, CHANGES[change])
    verdict = verify(here / "index")
    assert "document" in {fault.part for fault in verdict.faults}
    _, after = repair(here / "index", verdict)
    assert (after.faults, after.stale, after.missing) == ([], [], [])


def test_a_damaged_document_without_its_file_is_kept_and_the_others_stay(here: Path) -> None:
    (here / "corpus" / "2.txt").unlink()
    (here / "corpus" / "3.txt").unlink()
    changed(here, "UPDATE documents SET title = '?' WHERE id = '3'")
    _, after = repair(here / "index", verify(here / "index"))
    assert [(fault.part, fault.place) for fault in after.faults] == [("document", "3")]
    assert after.documents == len(TEXTS) and len(after.missing) == 2


def test_an_engine_that_holds_something_else_is_told_and_filled_anew(here: Path) -> None:
    with Store.write(here / "index") as store:
        put(store, store.document("0"), store.structure("0"))  # under other keys
    assert parts(here) == {"engine"}
    _, after = repair(here / "index", verify(here / "index"))
    assert after.faults == []


def test_a_database_that_cannot_be_opened_is_told(here: Path) -> None:
    (here / "index" / NAME).write_bytes(b"not a database" + (here / "index" / NAME).read_bytes()[14:])
    assert parts(here) == {"database"}


def test_a_column_that_has_another_name_is_told_and_not_kept(here: Path) -> None:
    """Found by torture: all pages were written anew with it."""
    changed(here, "ALTER TABLE records RENAME COLUMN stop TO stoq")
    verdict = verify(here / "index")
    assert "database" in {fault.part for fault in verdict.faults}
    repair(here / "index", verdict)
    assert (here / "index" / f"{NAME}.damaged").exists()
    index([here / "corpus"], here / "index")
    assert verify(here / "index").faults == []


def test_a_note_that_is_no_text_is_told_and_not_kept(here: Path) -> None:
    """Found by torture: all pages were written anew with it, so that nothing told it any more but the next run."""
    changed(here, "UPDATE meta SET value = CAST(x'5BDA5D' AS TEXT) WHERE name = 'code'")
    verdict = verify(here / "index")
    assert "database" in {fault.part for fault in verdict.faults}
    _, after = repair(here / "index", verdict)
    assert after.faults == []
    assert index([here / "corpus"], here / "index").unchanged == len(TEXTS)


def test_where_nothing_names_the_texts_it_is_said_where_the_database_went(here: Path) -> None:
    (here / "index" / NAME).write_bytes(b"not a database" + (here / "index" / NAME).read_bytes()[14:])
    told = run("verify", "--index", here / "index", "--repair")
    assert told.returncode == 1 and (here / "index" / f"{NAME}.damaged").exists()
    assert f"was set aside as {NAME}.damaged" in told.stderr and "run `tongwen index` on them" in told.stderr


def test_originals_are_told_apart_from_faults(here: Path) -> None:
    write(here / "corpus", {"1.txt": "第一條　改。\n"})
    (here / "corpus" / "2.txt").unlink()
    done = run("verify", "--index", here / "index", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["sound"], told["faults"]) == (3, True, [])
    assert [Path(path).name for path in (*told["stale"], *told["missing"])] == ["1.txt", "2.txt"]
    assert "the index agrees; of the originals 1 changed, 1 gone" in run("verify", "--index", here / "index").stdout


def test_what_could_never_be_read_is_not_said_to_be_kept(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", ["a.txt"])
    (corpus / "b.txt").symlink_to("nowhere")
    assert index([corpus], tmp_path / "index").failed
    assert verify(tmp_path / "index").missing == []


def test_exit_codes(here: Path) -> None:
    assert run("verify", "--index", here / "index").returncode == 0
    assert run("verify", "--index", here / "none").returncode == 1
    changed(here, CHANGES["a record"])
    told = run("verify", "--index", here / "index")
    assert told.returncode == 1 and "--repair" in told.stderr and "Traceback" not in told.stderr
    assert run("verify", "--index", here / "index", "--repair").returncode == 0
    assert run("verify", "--index", here / "index", "--quick").returncode == 0


def test_nothing_is_changed_unasked(here: Path) -> None:
    def content() -> dict[str, bytes]:
        files = (file for file in (here / "index").rglob("*") if file.is_file())
        return {str(file): file.read_bytes() for file in files if not file.name.endswith(("-shm", "-wal"))}

    changed(here, CHANGES["a record"])
    before = content()
    verify(here / "index")
    assert content() == before


def test_a_state_is_one_that_was_written(here: Path) -> None:
    with Store.read(here / "index") as store:
        assert states.state(store.connection)
    changed(here, "UPDATE meta SET value = '7' || value WHERE name = 'state'")
    assert parts(here) == {"database"}


# -- all of it, at random


def test_faults_at_random_points_lose_nothing(tmp_path: Path) -> None:
    """A small sample; `scripts/torture` does as many as one likes."""
    counts, failures = torture(tmp_path, kills=3, disk=3, flips=12, several=1, seed=7)
    assert failures == []
    assert sum(counts.values()) == 3 + 3 + 12 + 2
