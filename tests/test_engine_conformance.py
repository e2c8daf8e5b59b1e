"""What an engine is. A later engine is added to ``ENGINES`` and must pass all of this unchanged."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kept_engines import ENGINES, Kept
from tongwen.errors import IndexDamaged
from tongwen.search import grams
from tongwen.search.engine import Found, Term

Passages = Mapping[int, tuple[str, str]]  # key → document, key text

SOME: Passages = {
    1: ("treaty", "第一条 精神药物\n之定义,谓附表所列者。"),
    2: ("treaty", "各缔约国应采取措施。"),
    5: ("statute", "psychotropic substances, 2015年 and 15 others"),
    6: ("statute", "药物药物药物"),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Kept:
    return ENGINES[request.param]


@pytest.fixture
def in_files() -> Kept:
    """The engine that has files of its own, generation beside generation."""
    return ENGINES["whoosh"]


def build(  # noqa: PLR0913, PLR0917  an engine's place, and all that one commit changes
    engine: Kept,
    folder: Path,
    passages: Passages,
    old: str | None = None,
    gone: Iterable[int] = (),
    before: Passages = SOME,
) -> str:
    """``gone``: keys of ``before`` that are forgotten, or unknown ones."""
    writer = engine.writer(folder, old)
    writer.remove(gone, lambda key: before[key][1])
    for key, (doc, text) in passages.items():
        writer.add(key, doc, key % 3, text)
    generation = writer.commit()
    engine.named()
    return generation


def found(engine: Kept, folder: Path, generation: str | None, *terms: Term | str) -> dict[int, int]:
    reader = engine.reader(folder, generation)
    try:
        return flat(reader.phrase([Term(term) if isinstance(term, str) else term for term in terms]))
    finally:
        reader.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Of the files that stay. Of a database only that it is there: the bytes of one state can be others each time."""
    files = [file for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm"))]
    return {file.name: b"" if file.suffix == ".sqlite" else file.read_bytes() for file in files}


def flat(by_doc: Found) -> dict[int, int]:
    return {key: count for doc in by_doc.docs for key, count in by_doc.of(doc).items()}


def phrase(engine: Kept, folder: Path, generation: str | None, text: str) -> dict[int, int]:
    return found(engine, folder, generation, *grams.tokens(text))


def test_a_phrase_is_found_in_its_passage_with_its_document(engine: Kept, tmp_path: Path) -> None:
    reader = engine.reader(tmp_path, build(engine, tmp_path, SOME))
    rows = reader.phrase([Term("缔"), Term("约")]).rows("treaty")
    assert list(zip(*rows, strict=True)) == [(2, 2 % 3, 1, 10)]
    assert not reader.phrase([Term("缔"), Term("缔")]).docs
    assert (reader.count, reader.size) == (4, 42)
    assert reader.lengths("statute") == {5: 8, 6: 6}
    assert reader.lengths("unknown") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("药", {1: 1, 6: 3}),
        ("药物", {1: 1, 6: 3}),
        ("药物药物", {6: 2}),
        ("物药", {6: 2}),
        ("精神药物之定义", {1: 1}),  # across the line break
        ("定义谓", {}),  # not across the mark between them
        ("定义,谓", {1: 1}),
        ("所列者。", {1: 1}),
        ("者。各", {}),  # nor across the border of two passages
        ("psychotropic substances", {5: 1}),
        ("substances and", {}),
        ("15", {5: 1}),
        ("15年", {}),
        ("2015年", {5: 1}),
        ("年 and 15", {5: 1}),
        ("无", {}),
    ],
)
def test_a_phrase_is_a_row_of_tokens(engine: Kept, tmp_path: Path, text: str, expected: dict[int, int]) -> None:
    assert phrase(engine, tmp_path, build(engine, tmp_path, SOME), text) == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ([Term("15", "suffix"), Term("年")], {5: 1}),
        ([Term("tropic", "suffix"), Term("subst", "prefix")], {5: 1}),
        ([Term("tropic", "prefix"), Term("substances")], {}),
        ([Term("tropic", "suffix"), Term("substances"), Term(","), Term("20", "prefix")], {5: 1}),
        ([Term("o", "infix")], {5: 2}),
        ([Term(".", "infix")], {}),  # a mark is no pattern
        ([Term("药", "infix")], {}),  # and an ideograph no word
    ],
)
def test_a_term_may_be_a_part_of_a_word(
    engine: Kept, tmp_path: Path, terms: list[Term], expected: dict[int, int]
) -> None:
    assert found(engine, tmp_path, build(engine, tmp_path, SOME), *terms) == expected


def test_the_vocabulary_holds_words_and_numbers(engine: Kept, tmp_path: Path) -> None:
    reader = engine.reader(tmp_path, build(engine, tmp_path, SOME))
    assert reader.vocabulary(Term("15", "infix")) == ["15", "2015"]
    assert reader.vocabulary(Term("15")) == ["15"]
    assert reader.vocabulary(Term("s", "prefix")) == ["substances"]
    assert reader.vocabulary(Term("s", "suffix")) == ["others", "substances"]
    assert reader.vocabulary(Term("第", "infix")) == []


@pytest.mark.parametrize("text", ["药", "药物", "1a1"])
def test_nothing_is_found_where_no_passage_has_a_token(engine: Kept, tmp_path: Path, text: str) -> None:
    assert phrase(engine, tmp_path, build(engine, tmp_path, {1: ("blank", "")}), text) == {}


@pytest.mark.parametrize("text", ["药", "药物药物", "psychotropic substances", "无", "2015年"])
def test_the_frequency_is_never_less_than_what_is_found(engine: Kept, tmp_path: Path, text: str) -> None:
    reader = engine.reader(tmp_path, build(engine, tmp_path, SOME))
    terms = [Term(token) for token in grams.tokens(text)]
    assert sum(flat(reader.phrase(terms)).values()) <= reader.frequency(terms) <= reader.size
    exact = reader.frequency(terms)
    assert all(min(exact, enough + 1) <= reader.frequency(terms, enough) <= exact for enough in range(5))
    assert reader.frequency([Term("药")]) == 4
    assert reader.frequency([Term("无")]) == 0


def test_a_new_generation_adds_removes_and_replaces(engine: Kept, tmp_path: Path) -> None:
    first = build(engine, tmp_path, SOME)
    second = build(engine, tmp_path, {7: ("treaty", "药物")}, first, gone=[1, 2, 99])
    assert phrase(engine, tmp_path, second, "药物") == {6: 3, 7: 1}
    assert phrase(engine, tmp_path, second, "缔约") == {}
    reader = engine.reader(tmp_path, second)
    assert (reader.count, reader.size, reader.lengths("treaty")) == (3, 16, {7: 2})


def test_who_has_the_older_generation_open_goes_on_reading_it(engine: Kept, tmp_path: Path) -> None:
    first = build(engine, tmp_path, SOME)
    reader = engine.reader(tmp_path, first)
    second = build(engine, tmp_path, {7: ("new", "药物")}, first, gone=[6])
    engine.tidy(tmp_path, keep=second)
    assert flat(reader.phrase([Term("药"), Term("物")])) == {1: 1, 6: 3}
    assert phrase(engine, tmp_path, second, "药物") == {1: 1, 7: 1}
    with pytest.raises(IndexDamaged):
        engine.reader(tmp_path, first)


def test_the_older_generation_stays_until_it_is_tidied_away(in_files: Kept, tmp_path: Path) -> None:
    first = build(in_files, tmp_path, SOME)
    build(in_files, tmp_path, {7: ("new", "药物")}, first, gone=[6])
    assert phrase(in_files, tmp_path, first, "药物") == {1: 1, 6: 3}


def test_cancelled_is_as_if_it_had_not_been(engine: Kept, tmp_path: Path) -> None:
    first = build(engine, tmp_path, SOME)
    before = sorted(tmp_path.iterdir())
    writer = engine.writer(tmp_path, first)
    writer.remove([1], lambda key: SOME[key][1])
    writer.add(7, "new", 0, "药物")
    writer.cancel()
    engine.dropped()
    assert sorted(tmp_path.iterdir()) == before
    assert phrase(engine, tmp_path, first, "药物") == {1: 1, 6: 3}


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from kept_engines import ENGINES
writer = ENGINES[{name!r}].writer(Path(sys.argv[1]), sys.argv[2])
writer.remove([1], lambda key: {text!r})
for key in range(100, 400):
    writer.add(key, str(key), 0, "药物" * 50)
if sys.argv[3] == "committed":
    writer.commit()
os._exit(9)
"""


@pytest.mark.parametrize("when", ["writing", "committed"])
@pytest.mark.parametrize("name", ENGINES)
def test_a_killed_writer_leaves_the_generation_it_started_from(name: str, tmp_path: Path, when: str) -> None:
    engine = ENGINES[name]
    first = build(engine, tmp_path, SOME)
    before = contents(tmp_path)
    script = KILLED.format(tests=str(Path(__file__).parent), name=name, text=SOME[1][1])
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path), first, when], check=False).returncode == 9
    assert phrase(engine, tmp_path, first, "药物") == {1: 1, 6: 3}
    engine.tidy(tmp_path, keep=first)
    assert contents(tmp_path) == before
    assert phrase(engine, tmp_path, build(engine, tmp_path, {7: ("new", "药物")}, first), "药物") == {1: 1, 6: 3, 7: 1}


def test_tidy_leaves_what_is_not_the_engines(engine: Kept, tmp_path: Path) -> None:
    build(engine, tmp_path, SOME)
    (tmp_path / "notes.txt").write_bytes(b"mine")
    engine.tidy(tmp_path, keep=None)
    assert contents(tmp_path).keys() - {"records.sqlite"} == {"notes.txt"}
    engine.tidy(tmp_path / "nowhere", keep=None)


def test_no_generation_is_an_empty_index(engine: Kept, tmp_path: Path) -> None:
    reader = engine.reader(tmp_path / "nowhere", None)
    assert (reader.count, reader.size, flat(reader.phrase([Term("药")])), reader.lengths("any")) == (0, 0, {}, {})
    emptied = build(engine, tmp_path, {}, build(engine, tmp_path, SOME), gone=SOME)
    assert phrase(engine, tmp_path, emptied, "药") == {}


@pytest.mark.parametrize("often", [1, 2, 1000])
def test_it_is_counted_however_long_the_passages_are_on_average(engine: Kept, tmp_path: Path, often: int) -> None:
    """Three tokens on average among them, of which FTS5's score says nothing."""
    for rest in range(7):
        texts = {
            1: ("d", "药物" * often),
            2: ("d", "药" * 3),
            3: ("e", "约" * rest),
            4: ("e", "药物约药物" + "约" * often),
        }
        folder = tmp_path / str(rest)
        folder.mkdir()
        generation = build(engine, folder, texts)
        assert phrase(engine, folder, generation, "药") == {1: often, 2: 3, 4: 2}
        assert phrase(engine, folder, generation, "药物") == {1: often, 4: 2}


def test_a_passage_may_hold_anything(engine: Kept, tmp_path: Path) -> None:
    odd = {1: ("d", ""), 2: ("d", " \n"), 3: ("d", "\0\ud800"), 4: ("d", "a" * 1000), 5: ("d", "𠀀" * 200)}
    generation = build(engine, tmp_path, odd)
    assert phrase(engine, tmp_path, generation, "\ud800") == {3: 1}
    assert phrase(engine, tmp_path, generation, "𠀀𠀀") == {5: 199}
    assert list(engine.reader(tmp_path, generation).lengths("d").values())[:3] == [0, 0, 2]


def test_every_byte_that_changes_is_told(in_files: Kept, tmp_path: Path) -> None:
    """A search in damaged files gives the right answer or one sentence that says what to do; never another answer."""
    generation = build(in_files, tmp_path, SOME)
    told = 0
    for file in sorted(tmp_path.iterdir()):
        content = file.read_bytes()
        for damage in damages(content):
            file.write_bytes(damage)
            try:
                assert phrase(in_files, tmp_path, generation, "药物") == {1: 1, 6: 3}
            except IndexDamaged as error:
                assert "tongwen index --full" in str(error)
                assert file.name in str(error)
                told += 1
        file.write_bytes(content)
    assert told > 50
    for file in tmp_path.iterdir():
        file.unlink()
        with pytest.raises(IndexDamaged):
            in_files.reader(tmp_path, generation)
        break


def damages(content: bytes) -> Iterable[bytes]:
    for at in range(0, len(content), max(1, len(content) // 50)):
        yield content[:at]
        yield content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
    yield b""
    yield content + b"x"


@pytest.mark.parametrize("generation", ["1", "1-00000000", "77-12345678", "nonsense", ""])
def test_a_generation_that_is_not_there_is_told(engine: Kept, tmp_path: Path, generation: str) -> None:
    build(engine, tmp_path, SOME)
    with pytest.raises(IndexDamaged, match="--full"):
        engine.reader(tmp_path, generation)


TEXT = st.text(alphabet="药物条a1 ,\n", max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.tuples(st.sampled_from("ABC"), TEXT), max_size=4), min_size=1, max_size=8), st.data())
def test_however_it_came_about_an_index_holds_what_it_was_given(
    tmp_path_factory: pytest.TempPathFactory, commits: list[list[tuple[str, str]]], data: st.DataObject
) -> None:
    """Each commit replaces the documents it names; then every engine counts as reading the texts does."""
    for engine in ENGINES.values():
        folder = tmp_path_factory.mktemp("index")
        held: dict[int, tuple[str, str]] = {}
        generation, key = None, 0
        for commit in commits:
            docs = {doc for doc, _ in commit}
            gone = [k for k, (doc, _) in held.items() if doc in docs]
            new = {key + n: passage for n, passage in enumerate(sorted(commit), 1)}
            key += len(commit)
            generation = build(engine, folder, new, generation, gone, held)
            engine.tidy(folder, keep=generation)
            held = {k: passage for k, passage in held.items() if k not in gone} | new
        query = grams.tokens(data.draw(TEXT.filter(str.strip)))
        assert found(engine, folder, generation, *query) == counted(held, query)
        assert engine.reader(folder, generation).count == len(held)


def counted(held: Passages, query: list[str]) -> dict[int, int]:
    counts = {key: occurrences(grams.tokens(text), query) for key, (_, text) in held.items()}
    return {key: count for key, count in counts.items() if count}


def occurrences(run: list[str], query: list[str]) -> int:
    return sum(run[at : at + len(query)] == query for at in range(len(run)))


def amiss(engine: Kept, folder: Path, generation: str | None, texts: Passages | None) -> set[str]:
    def held(doc: str) -> dict[int, str]:
        return {key: text for key, (of, text) in (texts or {}).items() if of == doc}

    reader = engine.reader(folder, generation)
    try:
        return set(reader.amiss(None if texts is None else held))
    finally:
        reader.close()


def test_what_is_held_otherwise_than_its_text_gives_it_is_told(engine: Kept, tmp_path: Path) -> None:
    generation = build(engine, tmp_path, SOME)
    assert amiss(engine, tmp_path, generation, SOME) == amiss(engine, tmp_path, generation, None) == set()
    assert amiss(engine, tmp_path, None, SOME) == set()
    assert amiss(engine, tmp_path, generation, {**SOME, 6: ("statute", "药物物药药物")}) == {"statute"}
    assert amiss(engine, tmp_path, generation, {**SOME, 2: ("treaty", "各缔约国应采取措施")}) == {"treaty"}
    assert amiss(engine, tmp_path, generation, {1: SOME[1], 2: SOME[2]}) == {"statute"}


def test_passages_in_each_other_s_place_are_told(engine: Kept, tmp_path: Path) -> None:
    """Each is as long as the other, and every gram stands in them as often as it should."""
    generation = build(engine, tmp_path, {1: ("a", "精神药物"), 2: ("b", "药物精神"), 3: ("c", "条约国法")})
    turned: Passages = {1: ("a", "药物精神"), 2: ("b", "精神药物"), 3: ("c", "条约国法")}
    assert amiss(engine, tmp_path, generation, turned) == {"a", "b"}


def test_what_was_removed_is_not_told(engine: Kept, tmp_path: Path) -> None:
    first = build(engine, tmp_path, SOME)
    second = build(engine, tmp_path, {7: ("new", "新药物")}, first, gone=[5, 6])
    assert amiss(engine, tmp_path, second, {1: SOME[1], 2: SOME[2], 7: ("new", "新药物")}) == set()
    assert amiss(engine, tmp_path, second, {**SOME, 7: ("new", "新药")}) == {"new"}
