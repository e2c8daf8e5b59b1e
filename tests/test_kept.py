"""What is kept beside the index for the glossary may be damaged, held by another or find no room: nothing changes."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from little_corpus import statute, write
from tongwen.flow import index, library, scanning
from tongwen.flow.glossaries import glossary
from tongwen.flow.thesaurus import LibraryThesaurus
from tongwen.glossary.plain import as_json
from tongwen.store import derived, kept_terms, scans
from tongwen.store.scans import Scans, with_scans

TERMS = "concept,language,term\n" + "".join(f"c{n},zh-Hant,用語{n:03}\nc{n},en,term {n:03}\n" for n in range(200))
TEXTS = {f"texts/{n}.txt": statute(f"{n}.txt") for n in range(12)}
FILES = (scans.NAME, kept_terms.NAME)
POSITIONS = (0, 20, 99, 103, 2000, 4096, 4099, 8192, 9000, 12288, 14000, -4096, -300)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("library"), {**TEXTS, "texts/termbase/terms.csv": TERMS})
    index([folder / "texts"], folder / "index", jobs=1, prune=True)
    return folder / "index"


def answer(place: Path) -> str:
    """All that is said with help of both files."""
    with library(place) as opened:
        concepts = glossary(opened.store, place).glossary.concepts
        entries = LibraryThesaurus(opened.store, place).entries(["用語003", "term 150", "毒品"])
        return json.dumps([as_json(concept) for concept in concepts]) + repr(entries)


@pytest.fixture(scope="module")
def sound(place: Path) -> str:
    return answer(place)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "PATIENCE", 0.1)


def is_sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def overwrite(file: Path, position: int, length: int) -> None:
    content = bytearray(file.read_bytes())
    start = position % len(content)
    content[start : start + length] = b"\xf3" * len(content[start : start + length])
    file.write_bytes(content)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("position", POSITIONS)
def test_damage_at_any_place_changes_nothing(place: Path, sound: str, name: str, position: int) -> None:
    overwrite(place / name, position, 300)
    assert answer(place) == sound
    assert answer(place) == sound


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_damaged_throughout_is_replaced(place: Path, sound: str, name: str) -> None:
    overwrite(place / name, 12288, 10**6)
    assert answer(place) == sound
    assert is_sound(place / name)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("version", [0, 1, 2, 99])
@pytest.mark.parametrize("tables", ["", "CREATE TABLE scans (x); CREATE TABLE places (x); CREATE TABLE terms (x);"])
def test_a_file_with_other_tables_is_replaced(place: Path, sound: str, name: str, version: int, tables: str) -> None:
    (place / name).unlink()
    with closing(sqlite3.connect(place / name)) as connection:
        connection.executescript(f"{tables} PRAGMA user_version = {version};")
    assert answer(place) == sound
    with closing(sqlite3.connect(place / name)) as connection:
        kept = "SELECT count(*) FROM " + ("scans" if name == scans.NAME else "terms")
        assert connection.execute(kept).fetchone()[0] > 0


@pytest.mark.parametrize("content", [b"\0", b"", "text", None, 7, zlib.compress(b'[{"a":1}]'), zlib.compress(b"7")])
@pytest.mark.parametrize("whole", [True, False])
def test_content_that_is_not_what_was_kept_is_replaced(place: Path, sound: str, content: object, whole: bool) -> None:
    with closing(sqlite3.connect(place / scans.NAME)) as connection, connection:
        connection.execute("DELETE FROM scans WHERE doc = '' AND ?", (not whole,))
        connection.execute("UPDATE scans SET content = coalesce(?, 0)", (content,))
    assert answer(place) == sound
    with closing(sqlite3.connect(place / scans.NAME)) as connection:
        assert connection.execute("SELECT DISTINCT typeof(content) FROM scans").fetchall() == [("blob",)]


def test_a_row_of_a_termbase_that_was_changed_is_not_believed(place: Path, sound: str) -> None:
    with closing(sqlite3.connect(place / kept_terms.NAME)) as connection, connection:
        connection.execute("UPDATE terms SET term = 'another'")
    assert answer(place) == sound


def lose(place: Path) -> None:
    for name in FILES:
        (place / name).unlink()


def test_a_file_that_another_process_holds_is_left_as_it_is(place: Path, sound: str) -> None:
    for how in ("IMMEDIATE", "EXCLUSIVE"):
        lose(place)
        with closing(sqlite3.connect(place / scans.NAME)) as one, closing(sqlite3.connect(place / FILES[1])) as two:
            for held in (one, two):
                held.execute(f"BEGIN {how}")
            assert answer(place) == sound
    assert answer(place) == sound
    assert all(is_sound(place / name) for name in FILES)


class Full(sqlite3.Connection):
    """A disk with room for the tables alone."""

    def executemany(self, sql: str, rows: object, /) -> sqlite3.Cursor:
        if self.execute("PRAGMA database_list").fetchone()[2]:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return super().executemany(sql, rows)  # type: ignore[arg-type]


def test_a_full_disk_keeps_nothing_and_stops_nothing(place: Path, sound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lose(place)
    with monkeypatch.context() as patch:
        patch.setattr(derived.sqlite3, "connect", partial(sqlite3.connect, factory=Full))
        assert answer(place) == sound
    with closing(sqlite3.connect(place / scans.NAME)) as connection:
        assert connection.execute("SELECT count(*) FROM scans").fetchone() == (0,)
    assert answer(place) == sound


def test_a_folder_that_cannot_be_cleared_stops_nothing(
    place: Path, sound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    overwrite(place / scans.NAME, 0, 10**6)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert answer(place) == sound
    assert answer(place) == sound


def test_two_first_builds_at_once_both_succeed(place: Path, sound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "BATCH", 3)
    monkeypatch.setattr(scanning, "_cores", lambda _: 1)
    lose(place)
    meet, answers = threading.Barrier(2, timeout=20), list[str]()

    def build() -> None:
        meet.wait()
        answers.append(answer(place))

    both = [threading.Thread(target=build) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert answers == [sound, sound]


def filled(folder: Path, use: Callable[[Scans], object]) -> object:
    def all_of_it(kept: Scans) -> object:
        kept.stamps("k")
        for n in range(5):
            kept.put("k", f"d{n}", "s", n)
        return use(kept)

    return with_scans(folder, all_of_it)


def test_what_is_done_is_lasting_before_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "BATCH", 2)

    def die(_: Scans) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled(tmp_path, die)
    assert with_scans(tmp_path, lambda kept: len(kept.stamps("k"))) == 4


def test_what_another_has_put_there_for_another_question_is_not_taken(tmp_path: Path) -> None:
    tries = list[int]()

    def disturbed(kept: Scans) -> list[tuple[str, object]]:
        tries.append(1)
        read: Iterator[tuple[str, object]] = kept.found("k")
        first = next(read)
        with_scans(tmp_path, lambda other: other.put("k", "d3", "other", "other"))
        return [first, *read]

    assert filled(tmp_path, disturbed) == [(f"d{n}", n) for n in range(5)]
    assert len(tries) == 2
    assert with_scans(tmp_path, lambda kept: kept.stamps("k"))["d3"] == "other"
