"""A library in OpenSearch answers as a folder does, and no reader ever sees half of anything."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stored
from little_corpus import command, docs_with, statute, texts, write
from opensearch_cluster import SCRIPT, at, library, nodes, opensearch, place  # noqa: F401  fixtures
from tongwen import opensearch as remote
from tongwen.cli.boundary import run as tongwen
from tongwen.errors import IndexBusy, NoIndex, NotFound
from tongwen.flow import index, status
from tongwen.flow import library as opened
from tongwen.flow.places import reading
from tongwen.model import SAID, Document, Structure
from tongwen.opensearch import indices, layout, rebuilding
from tongwen.opensearch import reader as readers
from tongwen.opensearch import sender as senders
from tongwen.opensearch.client import connected
from tongwen.search import search
from tongwen.store import pack
from tongwen.store.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
QUERIES = [
    "毒品",
    "精神药物1",
    "第二條",
    "違反 處罰",
    "前條規定者",
    "無此",
    "精神 -毒品",
    "甲法",
    "規定 罰鍰 毒品",
    "a*",
]


def entered(writer: remote.RemoteWriter, document: Document, structure: Structure, code: str = "") -> bool:
    keys = [("section", f"{document.title} {number}") for number, _ in enumerate(structure.passages)]
    return writer.enter(pack(document, structure), keys, code)


@contextmanager
def writing(place: Path) -> Iterator[remote.RemoteWriter]:  # noqa: F811
    with remote.writing(at(place)) as writer:
        yield writer


def document(text: str, name: str = "d") -> Document:
    return Document(name, f"{name}.txt", "0" * 64, "text", "T", "und", text, ())


EMPTY = Structure((), ())


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(stored.documents(), stored.structures()), min_size=12, unique_by=lambda one: one[0].id))
def test_what_goes_in_comes_out(opensearch: str, given: list[tuple[Document, Structure]]) -> None:  # noqa: F811
    with library(opensearch) as place:  # noqa: F811
        with writing(place) as writer:
            for one in given:
                entered(writer, *one)
            writer.checkpoint()
        with reading(place) as store:
            assert set(store.document_ids()) == {document.id for document, _ in given}
            assert store.counts()["passages"] == sum(len(structure.passages) for _, structure in given)
            for document, structure in given:
                assert store.document(document.id) == document
                assert store.structure(document.id) == structure
                assert store.title(document.id) == document.title


def answers(store: Reader) -> list[object]:
    """All that a library says of itself and of its first documents."""
    told: list[object] = [store.titles(), store.telling("language"), store.counts(), store.roots(), store.files()]
    told.append(store.titled({title for _, title in store.titles()[::2]}))
    told += [list(store.records(kind)) for kind in ("documents", "articles", "definitions", "problems")]
    for doc in store.document_ids()[:3]:
        structure = store.structure(doc)
        told += [store.document(doc), structure, [(record, pieces) for _, record, pieces in store.keyed(doc)]]
        told += [(store.seq(doc, record.id), store.record(doc, record.id)) for record in structure.records[:3]]
    return [*told, list(store.said()), [one for one in store.said() if one[1].kind in SAID]]


def hits(place: Path) -> list[object]:  # noqa: F811
    with opened(place) as known:
        return [
            (found.total, [(hit.doc, hit.id, hit.score, hit.text, hit.highlights, hit.why) for hit in found.hits])
            for found in (search(known, query, limit=50) for query in QUERIES)
        ]


def test_the_library_answers_as_a_folder_does(
    place: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(readers, "HELD", 3)
    monkeypatch.setenv(layout.SHARDS, "3")
    corpus = write(tmp_path / "corpus", [f"{name}{number}.txt" for name in "甲乙" for number in range(4)])
    index([corpus, ROOT / "corpus" / "zh-Hans"], tmp_path / "index", jobs=1)
    assert index([corpus, ROOT / "corpus" / "zh-Hans"], place, jobs=1).added > 8
    with reading(tmp_path / "index") as folder, reading(place) as store:
        assert answers(store) == answers(folder)
        with pytest.raises(NotFound, match="Did you mean 甲1"):
            store.record("甲1x", "art_1")
    assert hits(place) == hits(tmp_path / "index")


def test_every_command_works_with_an_address(
    opensearch: str,  # noqa: F811
    place: Path,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    corpus = str(write(tmp_path / "corpus", ["甲.txt"]))
    calls = [
        ["index", corpus],
        ["search", "毒品", "--json"],
        ["show", "甲#art_1"],
        ["records", "articles"],
        ["tables"],
        ["check"],
        ["glossary", "list"],
    ]
    for call in calls:
        told = []
        for where in (place, tmp_path / "index"):
            code = tongwen(["--index", str(where), *call])
            told.append((code, re.sub(r'"seconds": [0-9.]+|\([0-9.]+ s\)', "", capsys.readouterr().out)))
        assert told[0] == told[1], call
    assert list((tmp_path / "cache" / "tongwen").iterdir())
    assert tongwen(["--index", str(place), "status"]) == 0
    told = capsys.readouterr().out
    assert "nothing is stale" in told
    assert f"index    opensearch://{opensearch}/" in told
    assert status(place).sizes["engine"] > 0
    assert tongwen(["--index", str(place), "index", corpus, "--engine", "whoosh"]) == 2


def test_there_is_nothing_before_anything_was_built(place: Path) -> None:  # noqa: F811
    with pytest.raises(NoIndex, match="There is no index at opensearch://"), reading(place):
        pass


def test_what_is_the_same_is_not_written_again(place: Path, tmp_path: Path) -> None:  # noqa: F811
    corpus = write(tmp_path / "corpus", ["甲.txt", "乙.txt"])
    index([corpus], place, jobs=1)
    write(tmp_path / "corpus", ["甲.txt", "乙.txt"], when=2_000_000)  # read again, with the same result
    before = written(place)
    assert index([corpus], place, jobs=1).unchanged == 2
    with writing(place) as writer:
        for parcel in writer.old.fetched(writer.old.headers(["甲", "乙"]).values()):
            assert writer.enter(parcel, [("article", statute("x"))] * len(parcel.passages), "other code")
            writer.remove(parcel.id)
        writer.abandon()
    assert written(place) == before


def written(place: Path) -> list[tuple[str, int]]:  # noqa: F811
    """Every document's id and the number of its writing."""
    with remote.reading(at(place)) as store:
        return [(head.doc, head.put) for head in store.headers(store.document_ids()).values()]


def test_a_document_is_seen_as_it_was_until_all_of_it_is_there(place: Path) -> None:  # noqa: F811
    with writing(place) as writer:
        entered(writer, document("old"), EMPTY)
        writer.checkpoint()
    with remote.reading(at(place)) as before, writing(place) as writer:
        entered(writer, document("new"), EMPTY)
        writer._sender.flush()
        writer._indices.refresh(layout.PARTS)
        with remote.reading(at(place)) as meanwhile:  # all parts are there, and no header names them
            assert meanwhile.text("d") == "old"
        writer._headers.publish()
        writer._indices.refresh(("documents",))
        with remote.reading(at(place)) as named:  # the old parts are there still
            writer._headers.clear(())
            assert named.text("d") == "new"
        assert before.text("d") == "old"  # whose parts are deleted by now
        with remote.reading(at(place)) as after:
            assert after.text("d") == "new"


def test_readers_begin_again_where_parts_are_deleted_meanwhile(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    with writing(place) as writer:
        entered(writer, document("old"), EMPTY)
        writer.checkpoint()
    with connected(at(place)) as client:
        create = client.create_pit
        with writing(place) as writer:
            entered(writer, document("new"), EMPTY)
            left = [writer.checkpoint]

            def late(**options: object) -> object:
                if "-texts-" in str(options["index"]) and left:
                    left.pop()()
                return create(**options)

            monkeypatch.setattr(client, "create_pit", late)
            with remote.snapshot.snapshot(client, at(place)) as taken:  # type: ignore[attr-defined]
                assert remote.RemoteReader(taken).text("d") == "new"
            assert not left


def test_of_two_who_change_one_document_the_later_is_told(place: Path) -> None:  # noqa: F811
    with ExitStack() as both:
        first, second = (both.enter_context(writing(place)) for _ in range(2))
        entered(first, document("first"), EMPTY)
        entered(second, document("second"), EMPTY)
        first.checkpoint()
        with pytest.raises(IndexBusy, match="changed d at the same time"):
            second.checkpoint()
    with reading(place) as store:
        assert store.text("d") == "first"
    with connected(at(place)) as client:
        client.indices.refresh(index=f"{at(place).name}-*")
        assert client.count(index=layout.index(at(place).name, "texts", 1))["count"] == 2  # nothing of the second's


def test_two_processes_that_index_parts_at_once_make_what_one_makes_of_the_whole(place: Path, tmp_path: Path) -> None:  # noqa: F811
    corpus = write(tmp_path / "corpus", [f"{name}{number}.txt" for name in "甲乙" for number in range(12)])
    with dask() as elsewhere:
        parts = {"1/2": "threads", "2/2": elsewhere}
        calls = [[corpus, "--partition", part, "--executor", executor] for part, executor in parts.items()]
        runs = [subprocess.Popen(command("--index", place, "index", *call)) for call in calls]
        assert [started.wait(300) for started in runs] == [0, 0]
    index([corpus], tmp_path / "index", jobs=1)
    with reading(tmp_path / "index") as folder, reading(place) as store:
        assert answers(store) == answers(folder)
    assert hits(place) == hits(tmp_path / "index")
    assert texts(place) == texts(tmp_path / "index")
    assert index([corpus], place, jobs=1).unchanged == 24


@contextmanager
def dask() -> Iterator[str]:
    """A Dask cluster in this process, where Dask is installed; else threads."""
    try:
        from distributed import LocalCluster  # noqa: PLC0415
    except ModuleNotFoundError:
        yield "threads"
        return
    with LocalCluster(processes=False, n_workers=1, dashboard_address=None, host="127.0.0.1", protocol="tcp") as made:
        yield made.scheduler_address.replace("tcp://", "dask://")


def test_readers_never_see_a_library_that_is_built_anew_in_part(
    place: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = write(tmp_path / "corpus", [f"{k}.txt" for k in range(8)])
    index([corpus], place, jobs=1)
    elsewhere = write(tmp_path / "other", ["z.txt"])
    index([elsewhere], place, jobs=1)
    seen: list[set[str]] = []
    done = Event()

    def look() -> None:
        while not done.is_set():
            seen.append(docs_with(place, "毒品"))

    with remote.reading(at(place)) as old:
        watching = Thread(target=look)
        watching.start()
        try:
            report = index([corpus], place, jobs=1, full=True)
        finally:
            done.set()
            watching.join()
        assert (report.added, report.updated) == (0, 8)
        assert len(old.document_ids()) == 9
        assert old.text("z") == statute("z")  # the old indices are there for who has them open
    everything = {*(str(k) for k in range(8)), "z"}
    assert seen
    assert all(one == everything for one in seen)
    assert docs_with(place, "毒品") == everything
    with connected(at(place)) as client:
        assert layout.generations(client, at(place).name) == [1, 2]
        assert layout.current(client, at(place)) == 2
        monkeypatch.setattr(rebuilding, "GRACE", -1)
        (corpus / "0.txt").unlink()
        report = index([corpus, elsewhere], place, jobs=1, prune=True)
        assert (report.unchanged, report.removed) == (8, 1)
        assert layout.generations(client, at(place).name) == [2]
    assert set(texts(place)) == docs_with(place, "毒品") == everything - {"0"}


def test_a_library_that_is_built_anew_is_left_alone(place: Path) -> None:  # noqa: F811
    with writing(place) as writer:
        entered(writer, document("old"), EMPTY)
        writer.checkpoint()
    with pytest.raises(RuntimeError), writing(place) as stopped:
        stopped.rebuild()
        entered(stopped, document("newest"), EMPTY)
        raise RuntimeError
    with writing(place) as other:
        with writing(place) as builder:
            builder.rebuild()
            with pytest.raises(IndexBusy, match="anew"), writing(place):
                pass
            entered(builder, document("new"), EMPTY)
            builder.switch()
        entered(other, document("newer"), EMPTY)
        with pytest.raises(IndexBusy, match="was built anew meanwhile"):
            other.checkpoint()
    with reading(place) as store:
        assert store.text("d") == "new"


def test_a_node_that_is_killed_while_it_is_written_to_loses_nothing(
    opensearch: str,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = nodes()
    if opensearch not in known or len(known) < 2:
        pytest.skip("no node of this cluster can be killed: scripts/opensearch has not started it")
    monkeypatch.setattr(senders, "BYTES", 20_000)
    monkeypatch.setattr(indices, "CLEARED", 3)
    names = [f"{k}" for k in range(60)]
    with library(f"{known[1]},{known[0]}") as place:  # noqa: F811  the one that dies is asked first
        with writing(place) as writer:
            for k, name in enumerate(names):
                if k == 20:
                    subprocess.run([SCRIPT, "kill", "1"], check=True)
                entered(writer, document(name * 5000, name), EMPTY)
                if k % 15 == 14:
                    writer.checkpoint()
            writer.checkpoint()
        try:
            assert texts(place) == {name: name * 5000 for name in names}
        finally:
            subprocess.run([SCRIPT, "again", "1"], check=True)
        assert texts(place) == {name: name * 5000 for name in names}
