"""A termbase as a folder of CSV files: what is written is read, and what makes no sense is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROOT
from tongwen.errors import NotFound, UnreadableFile
from tongwen.exchange.folder import COLUMNS, read_folder, write_folder

BUNDLED = ROOT / "corpus" / "termbase"


def folder(place: Path, **files: str) -> Path:
    for name, content in files.items():
        (place / f"{name}.csv").write_text(content, "utf-8")
    return place


def test_the_bundled_termbase_is_read_without_a_fault_and_written_as_it_is(tmp_path: Path) -> None:
    concepts, faults = read_folder(BUNDLED)
    assert not faults
    write_folder(concepts, tmp_path)
    assert read_folder(tmp_path).concepts == concepts
    for name in COLUMNS:
        assert (tmp_path / f"{name}.csv").read_bytes() == (BUNDLED / f"{name}.csv").read_bytes()


def test_the_bundled_termbase_has_what_was_promised() -> None:
    concepts, _ = read_folder(BUNDLED)
    whole = [c for c in concepts if all(c.in_language(tag) for tag in ("zh-Hans", "zh-Hant", "en"))]
    assert len(whole) >= 150
    assert all(term.source for c in concepts for term in c.terms if term.status == "preferred")
    assert all(link.reason for c in concepts for link in c.links)
    for concept in concepts:
        best = [term.language for term in concept.terms if term.status == "preferred"]
        assert len(best) == len(set(best)), f"{concept.id} has two preferred terms in one language"


def test_every_link_of_the_bundled_termbase_leads_somewhere_and_narrower_never_to_wider() -> None:
    concepts, _ = read_folder(BUNDLED)
    ids = {c.id for c in concepts}
    wider = {c.id: [link.target for link in c.links if link.kind == "broader"] for c in concepts}
    assert all(link.target in ids for c in concepts for link in c.links)
    for start, above in wider.items():
        seen, todo = set[str](), [*above]
        while todo:
            at = todo.pop()
            assert at != start, f"{start} is wider than itself"
            todo += [] if at in seen else wider[at]
            seen.add(at)


ROWS = [
    ("concept,language,term\n1a,en,x\n", "no id"),
    ("concept,language,term\na,en,\n", "there is no term"),
    ("concept,language,term\na,Chinese (PRC),x\n", "no language tag"),
    ("concept,language,term,status\na,en,x,best\n", "no status"),
    ("concept,language,term,type\na,en,x,long\n", "no type of term"),
    ("concept,language,term\na,en,x\na,en,x\n", "stands twice"),
    ("concept,language,term,colour\na,en,x,red\n", "not known and not read: colour"),
    ("concept,language,term\na,en,x,y\n", "4 cells, the header 3"),
    ("concept,language,term,\na,en,x,lost\n", "a column has no name"),
    ("concept,language,term,note,Note\na,en,x,one,other\n", "more than one column is named note"),
]


@pytest.mark.parametrize(("terms", "said"), ROWS)
def test_a_row_that_makes_no_sense_is_told_with_its_line(tmp_path: Path, terms: str, said: str) -> None:
    good = "b,zh-Hans,甲\n"
    concepts, faults = read_folder(folder(tmp_path, terms=terms + good))
    assert [c.terms[0].text for c in concepts if c.id == "b"] == ["甲"]
    assert len(faults) == 1
    assert said in faults[0]
    assert faults[0].startswith(str(tmp_path / "terms.csv"))


def test_what_refers_to_nothing_is_told(tmp_path: Path) -> None:
    terms = "concept,language,term\na,en,x\nb,en,y\n"
    concepts = "concept,language,definition\na,,no language\nz,en,of nobody\n"
    links = "from,kind,to,reason\na,broader,z,r\na,wider,b,r\na,related,a,r\na,related,b,r\n"
    found, faults = read_folder(folder(tmp_path, terms=terms, concepts=concepts, links=links))
    assert [(link.kind, link.target) for link in found[0].links] == [("related", "b")]
    assert len(faults) == 5


def test_columns_may_be_missing_and_stand_in_any_order(tmp_path: Path) -> None:
    (concept,), faults = read_folder(folder(tmp_path, terms="\ufeffTerm , concept,LANGUAGE\n 甲 ,a,zh-Hans\n\n"))
    assert (concept.id, concept.terms[0].text, concept.terms[0].status, faults) == ("a", "甲", "preferred", ())


def test_what_cannot_be_read_at_all_is_an_error_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no termbase"):
        read_folder(tmp_path)
    (tmp_path / "terms.csv").write_bytes("concept,language,term\na,zh-Hans,精神药品\n".encode("gb18030"))
    with pytest.raises(UnreadableFile, match=r"terms\.csv:2: is not UTF-8"):
        read_folder(tmp_path)
    (tmp_path / "terms.csv").write_text('concept,language,term\na,en,"x\n', "utf-8")
    with pytest.raises(UnreadableFile, match=r"terms\.csv:2: is no CSV"):
        read_folder(tmp_path)


def test_the_files_name_their_columns(tmp_path: Path) -> None:
    write_folder((), tmp_path)
    for name, columns in COLUMNS.items():
        assert (tmp_path / f"{name}.csv").read_text("utf-8") == ",".join(columns) + "\n"


def test_no_pair_of_the_bundled_termbase_is_told_apart_and_one_below_the_other() -> None:
    concepts, _ = read_folder(BUNDLED)
    wider = {c.id: {link.target for link in c.links if link.kind == "broader"} for c in concepts}

    def above(key: str) -> set[str]:
        found, todo = set[str](), {*wider[key]}
        while todo:
            at = todo.pop()
            todo |= wider[at] - found
            found.add(at)
        return found

    apart = [(c.id, link.target) for c in concepts for link in c.links if link.kind in ("contrast", "related")]
    assert not [(one, other) for one, other in apart if other in above(one) or one in above(other)]


SAID = [
    ({"concepts": "concept,language,source\na,en,UN\n"}, "no definition"),
    ({"links": "from,kind,to,reason\na,related,b,one\na,related,b,other\n"}, "stands twice"),
]


@pytest.mark.parametrize(("files", "said"), SAID)
def test_what_a_rewrite_would_drop_is_told(tmp_path: Path, files: dict[str, str], said: str) -> None:
    _, faults = read_folder(folder(tmp_path, terms="concept,language,term\na,en,x\nb,en,y\n", **files))
    assert len(faults) == 1
    assert said in faults[0]
