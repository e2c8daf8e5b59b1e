"""What goes into the store comes out equal, in order, and in whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stored
from stored import put
from tongwen.errors import NoIndex, NotFound, UsageError
from tongwen.model import Document, Passage, Problem, Record, RecordKind, Span, Structure
from tongwen.store import KINDS, File, Reader, Store, columns, soundness


@contextmanager
def kept(*pairs: tuple[Document, Structure]) -> Iterator[Reader]:
    """A store, closed and opened again, that holds ``pairs``."""
    with tempfile.TemporaryDirectory() as folder:
        with Store.write(Path(folder)) as store:
            for document, structure in pairs:
                put(store, document, structure)
        with Store.read(Path(folder)) as reader:
            yield reader


def document(doc: str, text: str = "第一條 用語。", problems: tuple[Problem, ...] = ()) -> Document:
    return Document(doc, f"{doc}.txt", "0" * 64, "text", f"題{doc}", "zh-Hant", text, (), {"date": "1971"}, problems)


def treaty(*ids: str, problems: tuple[Problem, ...] = ()) -> Structure:
    """``art_1.2`` lies in ``art_1``; every record has one passage."""
    parents = {name: name.rpartition(".")[0] or None for name in ids}
    kinds: dict[bool, RecordKind] = {True: "provision", False: "article"}
    records = tuple(
        Record(name, kinds["." in name], Span(n, n + 3), parents[name], f"第{n}條", ("章",), {"n": n})
        for n, name in enumerate(ids)
    )
    return Structure(records, tuple(Passage(name, (Span(n, n + 2),)) for n, name in enumerate(ids)), problems)


@settings(max_examples=60, deadline=None)
@given(stored.documents(), stored.structures())
def test_what_goes_in_comes_out_equal(document: Document, structure: Structure) -> None:
    with kept((document, structure)) as store:
        assert store.document(document.id) == document
        assert store.structure(document.id) == structure
        assert [soundness.spoilt(store, *numbered) for numbered in store.numbered()] == [""]
        assert store.text(document.id) == document.text
        assert store.title(document.id) == document.title
        for seq, record in enumerate(structure.records):
            assert store.record(document.id, record.id) == record
            (head,) = store.heads([(document.id, seq)])
            assert head == record._replace(fields=head.fields)
            assert head.fields.get("page") == record.fields.get("page")
            assert record.kind != "table" or head.fields == record.fields


@settings(max_examples=30, deadline=None)
@given(st.lists(stored.documents(), min_size=2, max_size=4, unique_by=lambda d: d.id), stored.structures())
def test_documents_do_not_mix(documents: list[Document], structure: Structure) -> None:
    with kept(*((document, structure) for document in documents)) as store:
        assert set(store.document_ids()) == {document.id for document in documents}
        for document in documents:
            assert store.document(document.id) == document
            assert store.structure(document.id) == structure


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 3 * columns.CHUNK), st.integers(0, 3 * columns.CHUNK))
def test_a_cut_is_the_slice_of_the_text(start: int, end: int) -> None:
    assert LONG.cut("long", Span(*sorted((start, end)))) == LONG.text("long")[min(start, end) : max(start, end)]


@pytest.fixture(scope="module", autouse=True)
def _long() -> Iterator[None]:
    """One document of nearly three chunks for all examples of the test above."""
    global LONG
    text = "".join(chr(0x4E00 + n % 20000) for n in range(3 * columns.CHUNK - 7))
    with kept((document("long", text), Structure((), ()))) as LONG:
        yield


@settings(max_examples=40, deadline=None)
@given(stored.texts.filter(lambda name: name.strip("./")), stored.texts, st.sampled_from(["ok", "failed"]))
def test_files_come_out_equal(name: str, problem: str, state: str) -> None:
    path = os.path.normpath(f"/r\udcff/{name.strip('/')}")
    file = File("a/b", "/r\udcff", path, 2**40, 2**62, "ab", "e", "s", state, problem)
    with tempfile.TemporaryDirectory() as folder:
        with Store.write(Path(folder)) as store:
            store.put_file(file)
        with Store.read(Path(folder)) as reader:
            assert reader.files() == [file]


def test_a_document_is_replaced_and_its_keys_are_not_used_again(tmp_path: Path) -> None:
    with Store.write(tmp_path) as store:
        first = put(store, document("a"), treaty("art_1", "art_2"))
        second = put(store, document("a", "別的"), treaty("art_3"))
        assert not set(first) & set(second)
        assert store.remove("a") == second
        third = put(store, document("a"), treaty("art_1"))
        assert not set(third) & {*first, *second}
        assert store.remove("b") == []
        assert [found.record for found in store.passages([*first, *second, *third])] == ["art_1"]


def test_passages_come_in_the_order_of_their_keys_by_the_thousand(tmp_path: Path) -> None:
    names = [f"art_{n}" for n in range(3000)]
    with Store.write(tmp_path) as store:
        keys = put(store, document("a"), treaty(*names))[::-1]
        found = store.passages(keys)
        assert [passage.key for passage in found] == keys
        assert [passage.record for passage in found] == names[::-1]
        assert found[0].pieces == (Span(2999, 3001),)
        assert list(store.stretches([*keys, keys[0] + 1]).items()) == [(one.key, one.pieces) for one in found]
        assert store.keyed("a")[0] == (keys[-1], 0, (Span(0, 2),))


def test_the_nesting_says_what_the_records_say() -> None:
    both = [(document("x"), treaty("art_9")), (document("a"), treaty("art_1", "art_1.2", "art_1.2.1", "art_2"))]
    with kept(*both) as store:
        nesting = store.nesting("a")
        assert list(nesting.parents) == [-1, 0, 1, -1]
        assert [found.record for found in store.passages(nesting.keys())] == ["art_1", "art_1.2", "art_1.2.1", "art_2"]
        assert [head.id for head in store.heads([("a", n) for n in nesting.upwards(2)])] == [
            "art_1.2.1",
            "art_1.2",
            "art_1",
        ]


def test_records_are_listed_by_document_and_then_as_they_are_read() -> None:
    with kept((document("b/2"), treaty("art_2", "art_1")), (document("a/1"), treaty("art_1", "art_1.1"))) as store:
        listed = list(store.records("articles"))
        assert [(row["doc"], row["id"]) for row in listed] == [("a/1", "art_1"), ("b/2", "art_2"), ("b/2", "art_1")]
        assert listed[0] == {"doc": "a/1", "id": "art_1", "span": [0, 3], "parent": None, "label": "第0條", "n": 0}
        assert [row["doc"] for row in store.records("articles", "b/*")] == ["b/2", "b/2"]
        assert [row["id"] for row in store.records("provisions")] == ["art_1.1"]
        assert list(store.records("tables")) == []


def test_documents_and_problems_are_kinds_too() -> None:
    problem = Problem("heading-missing", "No heading.", "Look.", Span(2, 4))
    whole = Problem("bad-bytes", "One bad byte.")
    with kept((document("a", problems=(whole,)), treaty("art_1", problems=(problem,)))) as store:
        (row,) = store.records("documents")
        assert row["doc"] == "a" and row["title"] == "題a" and row["characters"] == 7 and row["date"] == "1971"
        assert [(row["code"], row["span"]) for row in store.records("problems")] == [
            ("bad-bytes", [0, 7]),
            ("heading-missing", [2, 4]),
        ]
        assert store.counts() == {"documents": 1, "articles": 1, "passages": 1, "problems": 2}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_doc_id_and_span(kind: str) -> None:
    names = {"boxes": "box", "problems": "article", "documents": "article"}
    record = Record("x_1", names.get(kind, kind.removesuffix("s")), Span(0, 1), fields={"doc": "no", "span": "no"})  # type: ignore[arg-type]
    with kept((document("a", problems=(Problem("c", "m"),)), Structure((record,), ()))) as store:
        (row,) = store.records(kind)
        assert row["doc"] == "a" and isinstance(row["id"], str) and isinstance(row["span"], list)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with kept() as store, pytest.raises(UsageError, match="articles, provisions"):
        store.records("article")


TREATY = "zh-Hant/psychotropic-substances"
ASKED: dict[str, tuple[Callable[[Reader], object], str]] = {
    "document": (lambda store: store.document("zh-Hant/psychotropic"), TREATY),
    "title": (lambda store: store.title("psychotropic-substances"), TREATY),
    "record": (lambda store: store.record(TREATY, "art1"), f"{TREATY}#art_1"),
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_not_there_offers_the_nearest(asked: str) -> None:
    call, offered = ASKED[asked]
    with kept((document(TREATY), treaty("art_1", "art_2"))) as store:
        with pytest.raises(NotFound) as failure:
            call(store)
        assert offered in failure.value.hint


def test_two_records_of_one_id_are_refused_and_leave_what_was_there(tmp_path: Path) -> None:
    with Store.write(tmp_path) as store:
        put(store, document("a"), treaty("art_1"))
        with pytest.raises(ValueError, match="art_2"):
            put(store, document("a"), treaty("art_2", "art_2"))
        assert store.structure("a") == treaty("art_1")


def test_a_reader_sees_one_snapshot_while_a_writer_goes_on(tmp_path: Path) -> None:
    with Store.write(tmp_path) as store:
        put(store, document("a"), treaty("art_1"))
        store.set_meta("generation", "1")
    with Store.read(tmp_path) as reader:
        with Store.write(tmp_path) as store:
            store.remove("a")
            put(store, document("b"), treaty("art_2"))
            store.set_meta("generation", "2")
            store.checkpoint()
            assert (reader.document_ids(), reader.meta("generation")) == (["a"], "1")
        assert reader.structure("a") == treaty("art_1")
    with Store.read(tmp_path) as reader:
        assert (reader.document_ids(), reader.meta("generation")) == (["b"], "2")


def test_what_was_not_checkpointed_is_dropped_when_the_writer_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), Store.write(tmp_path) as store:
        put(store, document("a"), treaty("art_1"))
        store.checkpoint()
        put(store, document("b"), treaty("art_1"))
        raise RuntimeError
    with Store.read(tmp_path) as reader:
        assert reader.document_ids() == ["a"]


def test_what_is_noted_may_be_no_valid_unicode() -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Store.write(Path(folder)) as store:
            store.set_meta("words", '{"/r\udcff": []}')
            store.set_meta("n\udcff", "é")
        with Store.read(Path(folder)) as reader:
            assert (reader.meta("words"), reader.meta("n\udcff")) == ('{"/r\udcff": []}', "é")


def test_where_nothing_was_built_it_is_said_how(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="tongwen index"), Store.read(tmp_path / "none"):
        pass
