"""A file that is older, newer, damaged, busy or cannot grow: one sentence, and nothing is lost."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from stored import put
from test_store import document, treaty
from tongwen.errors import IndexBusy, IndexDamaged, IndexFault, IndexTooNew, NoIndex
from tongwen.model import Problem, Span, Structure
from tongwen.store import NAME, File, Reader, Store, pack, schema
from tongwen.store.faults import told
from tongwen.store.lock import NAME as LOCK

CASES = Path(__file__).parent / "cases" / "store"


TEXT = "第一條 " + "".join(map(chr, range(0x4E00, 0x6E00)))


def fill(folder: Path, documents: int = 3) -> None:
    with Store.write(folder) as store:
        for number in range(documents):
            put(store, document(f"d{number}", TEXT), treaty("art_1", "art_2"))


def old_file(folder: Path) -> None:
    """The file that version 1 of the tables left behind."""
    with closing(sqlite3.connect(folder / NAME)) as connection:
        connection.executescript((CASES / "version-1.sql").read_text("utf-8"))


# -- versions


def test_a_file_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    old_file(tmp_path)
    with Store.write(tmp_path) as store:
        assert store.document("a") == document("a", "第一條 用語。😀")
        problem = Problem("c", "m", "h", Span(0, 1))
        assert store.structure("a") == treaty("art_1", "art_1.1", "art_2", problems=(problem,))
        assert store.document("b") == document("b", "空")
        assert (store.files()[0].path, store.meta("generation")) == ("/c/a.txt", "1-0")
        assert list(store.nesting("a").parents) == [-1, 0, -1]
        assert [found.record for found in store.passages(store.nesting("a").keys())] == ["art_1", "art_1.1", "art_2"]
        assert not store.nesting("b").keys()


def test_a_migrated_file_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old_file(tmp_path / "old")
    for folder in ("old", "new"):
        with Store.write(tmp_path / folder):
            pass
    assert tables(tmp_path / "old") == tables(tmp_path / "new")


def tables(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / NAME)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name")
        return [(name, re.sub(r"\s+", " ", sql)) for name, sql in rows]


def test_an_older_file_is_not_read_but_said_to_be_old(tmp_path: Path) -> None:
    old_file(tmp_path)
    with pytest.raises(IndexFault, match="tongwen index"), Store.read(tmp_path):
        pass


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM documents")
        raise RuntimeError

    fill(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, fails))
        patch.setattr(schema.migrate, "__defaults__", (schema.MIGRATIONS,))
        with pytest.raises(RuntimeError), Store.write(tmp_path):
            pass
    with Store.read(tmp_path) as reader:
        assert len(reader.document_ids()) == 3


@pytest.mark.parametrize("way", [Store.read, Store.write])
def test_a_file_of_a_later_version_is_left_alone(tmp_path: Path, way: object) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(IndexTooNew, match=r"later version.*--index"), way(tmp_path):  # type: ignore[operator]
        pass
    assert (tmp_path / NAME).read_bytes() == before


def dump(store: Reader) -> list[str]:
    """All that is stored; the last key that was given apart, as none is given twice."""
    return [line for line in store.connection.iterdump() if "sqlite_sequence" not in line]


@pytest.mark.parametrize("name", ["d1", "new"])
def test_a_document_that_cannot_be_stored_leaves_what_there_was(tmp_path: Path, name: str) -> None:
    fill(tmp_path)
    parcel = pack(document(name), treaty("1"))
    spoilt = parcel._replace(passages=[*parcel.passages, (object(), "[0,1]")])
    with Store.write(tmp_path) as store:
        before = dump(store)
        with pytest.raises(sqlite3.Error):
            store.put_parcel(spoilt)
        assert dump(store) == before
        store.put_parcel(parcel)
        assert store.document_ids().count(name) == 1
        store.checkpoint()


@pytest.mark.parametrize("way", [Store.read, Store.write])
@pytest.mark.parametrize(
    "foreign",
    ["CREATE TRIGGER more AFTER INSERT ON documents BEGIN DELETE FROM meta; END", "CREATE VIEW more AS SELECT 1"],
)
def test_what_others_put_into_the_file_is_not_run(tmp_path: Path, foreign: str, way: object) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute(foreign)
    with pytest.raises(IndexDamaged, match="'more' is not Tongwen's"), way(tmp_path):  # type: ignore[operator]
        pass


def test_the_roots_are_those_of_the_files(tmp_path: Path) -> None:
    roots = [tmp_path / name for name in ("b", "a", "编", "\udc80")]
    fill(tmp_path)
    with Store.write(tmp_path) as store:
        known = set(store.roots())
        for number, root in enumerate([*roots, *roots]):
            store.put_file(File(f"d{number}", str(root), str(root / "p"), 1, 2, "s", "e", "v", "ok", ""))
        store.checkpoint()
    with Store.read(tmp_path) as reader:
        assert set(reader.roots()) == known | set(roots)


NAMES = ("a", "a/b", "a0", "a/编", "ab/c", "\udc80/x", "a/\udc80", "../a", "../other/a", "../../top")


@pytest.mark.parametrize("asked", ["a", "a/b", "ab", "编", ".", "..", "../other", "../..", "a/\udc80", "/"])
def test_of_all_files_those_below_a_path_are_found(tmp_path: Path, asked: str) -> None:
    index = tmp_path / "project" / "here" / "index"
    with Store.write(index) as store:
        for number, name in enumerate(NAMES):
            path = os.path.normpath(index.parent / name)
            store.put_file(File(f"d{number}", str(tmp_path), path, 1, 2, "s", "e", "v", "ok", ""))
        store.checkpoint()
    folder = os.path.normpath(index.parent / asked)
    with Store.read(index) as reader:
        known = reader.files()
        found = reader.files([folder])
        assert set(found) <= set(known)
        below = {file for file in known if file.path == folder or file.path.startswith(folder.rstrip("/") + "/")}
        assert below <= set(found)
        if asked in {"a", "a/b", "ab", "编", "../other"}:  # of others all are looked at
            assert {file for file in found if "\udc80" not in file.path} <= below
        assert [reader.file_of(file.doc) for file in known] == known
        assert reader.file_of("nothing") is None


# -- damage


def damage_header(file: Path) -> None:
    file.write_bytes(b"not a database" + file.read_bytes()[14:])


def damage_pages(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(content)


def damage_length(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def damage_tables(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE records")


@pytest.mark.parametrize("damage", [damage_header, damage_pages, damage_length, damage_tables])
def test_a_damaged_file_is_told_and_set_aside_when_asked(tmp_path: Path, damage: object) -> None:
    fill(tmp_path)
    damage(tmp_path / NAME)  # type: ignore[operator]
    content = (tmp_path / NAME).read_bytes()
    with pytest.raises(IndexDamaged, match=r"damaged.*tongwen index --full"), Store.read(tmp_path) as reader:
        for doc in reader.document_ids():
            reader.structure(doc)
            reader.text(doc)
    with Store.write(tmp_path, anew=True) as store:
        assert store.document_ids() == []
    assert (tmp_path / f"{NAME}.damaged").read_bytes() == content


def test_a_sound_file_is_not_set_aside(tmp_path: Path) -> None:
    fill(tmp_path)
    with Store.write(tmp_path, anew=True) as store:
        assert len(store.document_ids()) == 3
    assert not (tmp_path / f"{NAME}.damaged").exists()


def test_a_text_that_cannot_be_unpacked_is_damage(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute("UPDATE chunks SET content = x'00'")
    with pytest.raises(IndexDamaged), Store.read(tmp_path) as reader:
        reader.text("d1")


STORED = ["records.headings", "records.fields", "records.start", "passages.pieces", "passages.record"]
STORED += ["documents.metadata", "documents.characters", "blocks.content", "nestings.content", "chunks.content"]
STORED += ["files.path", "files.size"]


def all_of(store: Reader) -> None:
    store.files()
    for doc in store.document_ids():
        store.document(doc)
        store.structure(doc)
        store.nesting(doc)


@pytest.mark.parametrize("bad", ["'{'", "'7'", "x'ff00ff'", "'[1,2,3]'"])
@pytest.mark.parametrize("stored", STORED)
def test_what_cannot_be_decoded_is_damage_and_can_be_rebuilt(tmp_path: Path, stored: str, bad: str) -> None:
    fill(tmp_path)
    with Store.write(tmp_path) as store:
        store.put_file(File("d0", "/a", "/a/b", 1, 1, "", "", "", "ok", ""))
    table, column = stored.split(".")
    with closing(sqlite3.connect(tmp_path / NAME)) as connection, connection:
        connection.execute(f"UPDATE {table} SET {column} = {bad}")
    try:
        with Store.read(tmp_path) as reader:
            all_of(reader)
    except IndexDamaged as damage:
        assert "tongwen index --full" in damage.hint
        with Store.write(tmp_path, anew=True) as store:
            assert store.document_ids() == []


@pytest.mark.parametrize("seed", range(25, 45))
def test_a_changed_byte_is_told_or_does_no_harm_and_can_be_rebuilt(tmp_path: Path, seed: int) -> None:
    fill(tmp_path)
    content = bytearray((tmp_path / NAME).read_bytes())
    at = Random(seed).randrange(len(content))
    content[at] ^= 0xFF
    (tmp_path / NAME).write_bytes(content)
    with suppress(IndexFault), Store.read(tmp_path) as reader:
        all_of(reader)
    with suppress(IndexTooNew), Store.write(tmp_path, anew=True) as store:
        all_of(store)
        put(store, document("new"), treaty("art_1"))


def test_an_index_within_the_file_that_lacks_an_entry_is_damage(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'records_by_id'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray((tmp_path / NAME).read_bytes())
    at = content.rindex(b"art_2", (page - 1) * size, page * size)
    content[at : at + 5] = b"art_7"
    (tmp_path / NAME).write_bytes(content)
    with Store.write(tmp_path, anew=True) as store:
        assert store.document_ids() == []


@pytest.mark.parametrize("version", [-7, 0, 1 << 30])
def test_a_version_that_cannot_be_is_damage(tmp_path: Path, version: int) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(IndexDamaged, match="tongwen index --full"), Store.read(tmp_path):
        pass
    with Store.write(tmp_path, anew=True) as store:
        assert store.document_ids() == []


def test_what_was_set_aside_before_is_kept(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / NAME).write_bytes(b"not a database %d" % number)
        with Store.write(tmp_path, anew=True):
            pass
    aside = sorted(file.name for file in tmp_path.glob("*.damaged*"))
    assert aside == [f"{NAME}.damaged", f"{NAME}.damaged-2", f"{NAME}.damaged-3"]
    assert (tmp_path / aside[0]).read_bytes() == b"not a database 0"


def test_a_folder_in_place_of_the_file_is_told_and_set_aside_when_asked(tmp_path: Path) -> None:
    (tmp_path / NAME / "mine").mkdir(parents=True)
    for way in (Store.read, Store.write):
        with pytest.raises(IndexDamaged, match=r"is a folder.*tongwen index --full"), way(tmp_path):
            pass
    with Store.write(tmp_path, anew=True):
        pass
    assert (tmp_path / f"{NAME}.damaged" / "mine").is_dir()


def test_an_older_file_is_updated_and_not_set_aside(tmp_path: Path) -> None:
    old_file(tmp_path)
    with Store.write(tmp_path, anew=True) as store:
        assert store.document_ids() == ["a", "b"]


def test_an_empty_file_is_no_index(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    with pytest.raises(NoIndex), Store.read(tmp_path):
        pass


# -- writers

WRITER = """
import sys, time
from pathlib import Path
from tongwen.store import Store
with Store.write(Path(sys.argv[1])):
    print("in", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_writer(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE)
    try:
        assert process.stdout and process.stdout.readline() == b"in\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_writer_is_told_who_writes_and_readers_read_on(tmp_path: Path) -> None:
    fill(tmp_path)
    with another_writer(tmp_path) as process:
        with pytest.raises(IndexBusy, match=rf"pid {process.pid}\)"), Store.write(tmp_path):
            pass
        with Store.read(tmp_path) as reader:
            assert len(reader.document_ids()) == 3


def test_a_dead_writer_s_lock_is_no_obstacle(tmp_path: Path) -> None:
    with another_writer(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (tmp_path / LOCK).exists()
        with Store.write(tmp_path) as store:
            assert store.document_ids() == []


def test_another_program_in_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongwen.store.connection.PATIENCE", 0.2)
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(IndexBusy, match="in use"), Store.write(tmp_path):
            pass


# -- a disk on which nothing more fits


@contextmanager
def no_room(beyond: int) -> Iterator[None]:
    """No file may grow beyond ``beyond`` bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beyond, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, heard)


def test_a_full_disk_is_told_and_the_old_state_stays(tmp_path: Path) -> None:
    fill(tmp_path)
    size = (tmp_path / NAME).stat().st_size
    with no_room(size + 20_000), pytest.raises(IndexFault, match=r"cannot be written.*Free some space"):
        fill(tmp_path, documents=200)
    with Store.read(tmp_path) as reader:
        assert len(reader.document_ids()) == 3
        assert reader.structure("d2") == treaty("art_1", "art_2")
    fill(tmp_path, documents=5)
    with Store.read(tmp_path) as reader:
        assert len(reader.document_ids()) == 5


def test_a_full_disk_can_be_read(tmp_path: Path) -> None:
    fill(tmp_path)
    with no_room(0), Store.read(tmp_path) as reader:
        all_of(reader)
        assert len(reader.document_ids()) == 3


def test_what_a_killed_writer_committed_is_read_on_a_full_disk(tmp_path: Path) -> None:
    """Its log is there, and the file that shares the log between processes cannot be made."""
    (tmp_path / "first").mkdir()
    with Store.write(tmp_path / "first") as store:
        put(store, document("a"), treaty("art_1"))
        store.checkpoint()
        shutil.copytree(tmp_path / "first", tmp_path / "copy")
    (tmp_path / "copy" / f"{NAME}-shm").unlink()
    assert (tmp_path / "copy" / f"{NAME}-wal").stat().st_size
    with no_room(0), Store.read(tmp_path / "copy") as reader:
        assert reader.document_ids() == ["a"]


def test_a_full_disk_is_not_told_to_a_reader_as_a_failure_to_write() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert "cannot be read" in str(told(Path("i") / NAME, error, reading=True))


def test_a_statement_undone_for_want_of_room_is_told_as_a_full_disk() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    assert "Free some space" in str(told(Path("i") / NAME, error))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    fill(tmp_path)
    for tail in ("-wal", "-shm"):
        (tmp_path / (NAME + tail)).unlink(missing_ok=True)
    tmp_path.chmod(0o555)
    try:
        with Store.read(tmp_path) as reader:
            assert len(reader.document_ids()) == 3
    finally:
        tmp_path.chmod(0o755)


def test_looking_one_record_up_does_not_load_the_text(tmp_path: Path) -> None:
    """A document of eight million characters: its text is kept apart, and only one chunk of it is read."""
    with Store.write(tmp_path) as store:
        put(store, document("big", "".join(map(chr, range(0x4E00, 0x8E00))) * 512), treaty("art_1"))
        put(store, document("small"), Structure((), ()))
    with Store.read(tmp_path) as reader:
        tracemalloc.start()
        try:
            reader.record("big", "art_1")
            reader.cut("big", Span(4_000_000, 4_000_100))
            reader.title("big")
            assert tracemalloc.get_traced_memory()[1] < 4_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("name", ["writer.lock", "last-run.json.new", "tongwen.sums", "tongwen.sqlite-wal", "whoosh"])
@pytest.mark.parametrize("make", [lambda place, other: place.symlink_to(other), lambda place, _: os.mkfifo(place)])
def test_nothing_is_written_through_a_link_or_a_pipe(tmp_path: Path, name: str, make: Callable[..., None]) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    (tmp_path / "index").mkdir()
    make(tmp_path / "index" / name, other)
    with pytest.raises(IndexFault, match="nothing is written through it"), Store.write(tmp_path / "index"):
        pass
    assert other.read_text() == "mine"
