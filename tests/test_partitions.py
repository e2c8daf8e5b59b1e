"""Partitions: disjoint, together all, and nobody's files are touched by another's run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from little_corpus import run, texts, write
from tongwen.errors import UsageError
from tongwen.flow import index, status
from tongwen.flow.partitions import Partition, parse

NAMES = [f"{letter}.txt" for letter in "abcdefghij"]
PARTS = [Partition(number, 3) for number in (1, 2, 3)]


@given(st.text(), st.integers(1, 200))
def test_each_document_is_in_one_part(doc: str, of: int) -> None:
    assert sum(Partition(number, of).holds(doc) for number in range(1, of + 1)) == 1


def test_where_a_document_belongs_never_changes() -> None:
    docs = ("zh/法", "a", "b", "c", "d", "\udc80")
    assert [next(n for n in range(1, 17) if Partition(n, 16).holds(doc)) for doc in docs] == [2, 11, 11, 3, 10, 2]


@given(st.integers(1, 99), st.integers(1, 99))
def test_what_is_written_is_read(number: int, of: int) -> None:
    if number <= of:
        assert parse(f"{number}/{of}") == (number, of)
    else:
        with pytest.raises(UsageError):
            parse(f"{number}/{of}")


@pytest.mark.parametrize("written", ["", "3", "0/3", "-1/3", "1/0", "1/3/5", " 1/3", "1/3\n", "一/三", "1.0/3", "٣/٣"])
def test_what_is_no_part_is_told(written: str) -> None:
    with pytest.raises(UsageError, match="is no part"):
        parse(written)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", NAMES)


def ids(folder: Path) -> set[str]:
    return set(texts(folder))


def held(part: Partition, names: list[str]) -> set[str]:
    return {name[0] for name in names if part.holds(name[0])}


def test_an_index_of_each_part(tmp_path: Path, corpus: Path) -> None:
    for part in PARTS:
        index([corpus], tmp_path / str(part.number), part=part)
        assert ids(tmp_path / str(part.number)) == held(part, NAMES)


def test_one_index_part_by_part(tmp_path: Path, corpus: Path) -> None:
    for part in PARTS:
        report = index([corpus], tmp_path / "index", prune=True, part=part)
        assert (report.added, report.removed, report.unchanged) == (len(held(part, NAMES)), 0, 0)
    assert ids(tmp_path / "index") == {name[0] for name in NAMES}
    assert index([corpus], tmp_path / "index").unchanged == len(NAMES)


def test_files_of_other_parts_are_not_missed(tmp_path: Path, corpus: Path) -> None:
    index([corpus], tmp_path / "index", part=PARTS[0])
    assert status(tmp_path / "index").healthy
    write(corpus, [f"{n}.txt" for n in range(9)])
    missed = status(tmp_path / "index").new
    assert {Path(file).stem for file in missed} == held(PARTS[0], [f"{n}.txt" for n in range(9)]) != set()
    assert "tongwen index --partition 1/3` brings" in run("status", cwd=tmp_path).stdout


def test_what_vanished_is_its_own_part_s(tmp_path: Path, corpus: Path) -> None:
    index([corpus], tmp_path / "index")
    for name in NAMES:
        (corpus / name).unlink()
    for part in PARTS:
        report = index([corpus], tmp_path / "index", prune=True, part=part)
        assert (report.removed, report.vanished) == (len(held(part, NAMES)), [])
    assert not ids(tmp_path / "index")


def a_neighbour(corpus: Path) -> None:
    write(corpus, [name.replace("txt", "md") for name in NAMES])  # so that all keep their extensions


def nothing(corpus: Path) -> None:
    pass


@pytest.mark.parametrize("change", [nothing, a_neighbour])
def test_a_document_that_is_renamed_is_in_one_index_alone(
    tmp_path: Path, corpus: Path, change: Callable[[Path], None]
) -> None:
    for _ in range(2):
        for part in PARTS:
            index([corpus], tmp_path / str(part.number), prune=True, part=part)
        change(corpus)
    for part in PARTS:
        index([corpus], tmp_path / str(part.number), prune=True, part=part)
    found = [ids(tmp_path / str(part.number)) for part in PARTS]
    assert sum(map(len, found)) == len(set().union(*found)) == len(NAMES) * (2 if change is a_neighbour else 1)
    assert all(part.holds(doc) for part, docs in zip(PARTS, found, strict=True) for doc in docs)


def test_the_command_takes_a_part(tmp_path: Path, corpus: Path) -> None:
    done = run("index", "--partition", "1/3", cwd=tmp_path)
    assert (done.returncode, ids(tmp_path / "index")) == (0, held(PARTS[0], NAMES))
    wrong = run("index", "--partition", "4/3", cwd=tmp_path)
    assert wrong.returncode == 2 and "is no part" in wrong.stderr
