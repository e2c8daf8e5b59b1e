"""TMX and MultiTerm XML, and the texts in which formats hold what they have no field for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tmx as toolkit

from concepts import concepts, curated, evidence, links, texts
from tongwen.concept import Concept, Definition, Evidence, Link, Term
from tongwen.errors import InvalidExport, UnreadableFile
from tongwen.exchange.losses import Losses
from tongwen.exchange.multiterm import write_multiterm
from tongwen.exchange.parts import as_place, joined, labelled, parted, place, split, unlabelled
from tongwen.exchange.tags import region, tag
from tongwen.exchange.tidy import collapsed, tidy
from tongwen.exchange.tmx import read_tmx, write_tmx
from tongwen.exchange.told import as_definition, as_link, definition_text, link_text
from tongwen.export.guard import writable
from tongwen.model import Span


@pytest.fixture(scope="session")
def grammar(shared: Path) -> etree.DTD:
    return etree.DTD((shared / "data/schemas/tmx/tmx14.dtd").open("rb"))


@given(drawn=concepts())
@settings(deadline=None, max_examples=20)
def test_what_is_read_is_what_was_written(drawn: list[Concept]) -> None:
    data = write_tmx(drawn).data
    reading = read_tmx(data, "a.tmx")
    assert (reading.concepts, reading.faults) == (tidy(drawn, Losses()), ())
    assert write_tmx(reading.concepts).data == data


@given(drawn=concepts())
@settings(deadline=None, max_examples=6)
def test_the_dtd_accepts_it(grammar: etree.DTD, drawn: list[Concept]) -> None:
    assert grammar.validate(etree.fromstring(write_tmx(drawn).data)), grammar.error_log


def test_the_bundled_termbase_is_valid_and_comes_back(grammar: etree.DTD) -> None:
    written = write_tmx(curated())
    assert grammar.validate(etree.fromstring(written.data)), grammar.error_log
    assert read_tmx(written.data, "a.tmx") == (tidy(curated(), Losses()), ())
    assert [loss.partition(";")[0] for loss in written.losses] == [
        "TMX holds definitions as properties, which other tools pass over",
        "TMX holds links as properties, which other tools pass over",
        "TMX holds the status as a property, so that other tools may offer any term",
    ]


def test_an_empty_memory_is_one(grammar: etree.DTD) -> None:
    assert grammar.validate(etree.fromstring(write_tmx([]).data))
    assert read_tmx(write_tmx([]).data, "a.tmx") == ((), ())


def test_translate_toolkit_reads_the_best_term_of_each_pair() -> None:
    store = toolkit.tmxfile.parsestring(write_tmx(curated()).data, "zh-Hans", "en")
    read = [(unit.source, unit.target) for unit in store.units]
    both = [c for c in curated() if c.in_language("zh-Hans") and c.in_language("en")]
    wanted = [(c.in_language("zh-Hans")[0].text, c.in_language("en")[0].text) for c in both]
    assert [pair for pair in wanted if pair not in read] == []
    assert len(wanted) > 300


def test_other_tools_ways_are_read() -> None:
    data = """<?xml version="1.0" encoding="UTF-16"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.1"><header srclang="EN-US"/><body>
      <tu tuid="1"><note>from a memory</note><prop type="Domain">law</prop>
        <tuv lang="EN-US"><seg>free <bpt i="1">&lt;b></bpt>press<ept i="1">&lt;/b></ept></seg></tuv>
        <tuv xml:lang="ZH-CN"><prop type="Domain">law</prop><prop type="x-type">short</prop><seg>自由
          新闻</seg></tuv><tuv xml:lang="zh-CN"><seg>新闻自由</seg></tuv>
        <tuv xml:lang="zh-TW"><prop type="Domain">law</prop><seg/></tuv><tuv><seg>x</seg></tuv></tu>
      <tu><tuv xml:lang="en"><seg>b</seg></tuv></tu></body></tmx>""".encode("utf-16")
    reading = read_tmx(data, "a.tmx")
    first, second = reading.concepts
    assert first.terms == (
        Term("free press", "en-US"),
        Term("自由 新闻", "zh-Hans", type="short"),
        Term("新闻自由", "zh-Hans", "admitted"),
    )
    assert (first.id, first.notes, second.id) == ("c1", ("from a memory",), "entry-2")
    assert reading.faults == (
        "a.tmx:8: there is no text; the variant is passed over.",
        "a.tmx:8: “” is no language tag; the variant is passed over.",
        "a.tmx:4: “Domain” has no place in a concept here and is not read: 2.",
    )


@pytest.mark.parametrize("data", [b"<tbx/>", b"", b"<tmx><body>", b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>'])
def test_what_is_no_tmx_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.tmx"):
        read_tmx(data, "a.tmx")


@pytest.mark.parametrize("write", [write_tmx, write_multiterm])
def test_what_cannot_be_written_is_told(write: object) -> None:
    assert callable(write)
    with pytest.raises(InvalidExport, match=r"(?i)“en us” is no language tag"):
        write([Concept("a", (Term("a", "en us"),))])


def test_an_id_twice_is_told() -> None:
    with pytest.raises(InvalidExport, match="“a” stands twice"):
        write_tmx([Concept("a", (Term("a", "en"),)), Concept("a", (Term("b", "en"),))])


# MultiTerm

FULL = Concept(
    "program",
    (
        Term(
            "程式",
            "zh-Hant-TW",
            found=(Evidence("tw/a", "art_1", Span(0, 2), "程式"), Evidence("b", "p_1", Span(1, 2))),
        ),
        Term("program", "en", "candidate", "short", "us", "a note", converted=True, scope="en/a", count=2, documents=1),
    ),
    "computing",
    (Definition("orders", "en", "me", Evidence("en/a", "def_1", Span(0, 1)), "document"), Definition("ordres", "fr")),
    ("general",),
    (Link("related", "code", "near", "me", (Evidence("en/a", "p_1", Span(0, 1)),)),),
    "document",
)
CODE = Concept("code", (Term("code", "en", score=2.0),))


def fields(group: etree._Element) -> list[tuple[str, str]]:
    return [(d.get("type"), d.text) for d in group.iterfind("descripGrp/descrip")]


def test_multiterm_has_every_field() -> None:
    written = write_multiterm([FULL, CODE])
    root = etree.fromstring(written.data)
    entry = root[0]
    assert entry.findtext("concept") == "1"
    assert fields(entry) == [
        ("Id", "program"),
        ("Subject", "computing"),
        ("Origin", "document"),
        ("Definition", "ordres"),
        ("Note", "general"),
        ("Cross-reference", "related: code (code)"),
    ]
    chinese, english = entry.iterfind("languageGrp")
    assert dict(chinese.find("language").attrib) == {"type": "Chinese (Traditional, Taiwan)", "lang": "ZH-TW"}
    assert fields(chinese.find("termGrp")) == [("Status", "preferred"), ("Context", "程式"), ("Source", "b#p_1 [1,2)")]
    assert fields(english) == [("Definition", "orders")]
    assert [name for name, _ in fields(english.find("descripGrp"))] == ["Source", "Source", "Scope"]
    assert [name for name, _ in fields(english.find("termGrp"))] == [
        *("Status", "Type", "Source", "Note", "Note", "Scope", "Frequency"),
    ]
    assert [loss.partition(";")[0] for loss in written.losses] == [
        "MultiTerm's links stand as texts with the other entry's name",
        "MultiTerm XML has no field for scores",
        "MultiTerm XML has no field for where a link is shown",
    ]


def test_multiterm_is_utf_16_with_its_mark() -> None:
    data = write_multiterm(curated()).data
    assert data.startswith(b"\xff\xfe<\x00?\x00")
    terms = {
        (group.findtext("../../concept"), e.text) for group in etree.fromstring(data).iter("termGrp") for e in group[:1]
    }
    assert terms == {(str(i), t.text) for i, c in enumerate(curated(), start=1) for t in c.terms}


@given(drawn=concepts())
@settings(deadline=None, max_examples=8)
def test_multiterm_keeps_every_term(drawn: list[Concept]) -> None:
    written = etree.fromstring(write_multiterm(drawn).data)
    assert [e.text for e in written.iter("term")] == [t.text for c in tidy(drawn, Losses()) for t in c.terms]


# Texts

plain = texts().map(writable).map(collapsed)
some = texts(least=1).map(writable).map(collapsed).filter(bool)


@given(parts=st.lists(some, min_size=1, max_size=4))
def test_parts_come_apart_as_they_were(parts: list[str]) -> None:
    assert parted(joined(parts)) == parts


@given(text=plain)
def test_a_text_is_never_taken_for_a_label_or_a_place(text: str) -> None:
    label, rest = split(unlabelled(text))
    assert (rest, label in ("", "note")) == (text, True)
    assert as_place(unlabelled(text)) is None


@given(shown=evidence(), doc=plain, record=plain, quote=plain)
def test_a_place_comes_back(shown: Evidence, doc: str, record: str, quote: str) -> None:
    clean = Evidence(doc, record, shown.span, quote)
    assert as_place(place(clean)) == clean


@given(link=links(["x"]))
def test_a_link_comes_back(link: Link) -> None:
    clean = tidy([Concept("a", (Term("a", "en"),), links=(link,)), Concept("x", (Term("x", "en"),))], Losses())[
        0
    ].links[0]
    assert as_link(link_text(clean), "x") == clean


@given(text=some, source=plain, scope=plain)
def test_a_definition_comes_back(text: str, source: str, scope: str) -> None:
    definition = Definition(text, "en", source, Evidence("a", "b", Span(1, 2), "c"), scope)
    assert as_definition(definition_text(definition), "en") == definition


@pytest.mark.parametrize("text", ["see also | that", "broader: x | y", "broader | place: nowhere", "wider"])
def test_another_tool_s_text_is_the_reason_of_a_link(text: str) -> None:
    assert as_link(text, "x") == Link("related", "x", text)


def test_another_tool_s_text_is_a_definition() -> None:
    assert as_definition("a | b", "en") == Definition("a | b", "en")


def test_a_place_that_runs_backwards_is_none() -> None:
    assert as_place("a#b [2,1)") is None
    assert split(labelled("score", "x")) == ("score", "x")


@pytest.mark.parametrize(
    ("written", "ours", "where"),
    [
        ("zh_TW", "zh-Hant-TW", "TW"),
        ("ZH-cn", "zh-Hans", ""),
        ("zh-hant-hk", "zh-Hant-HK", "HK"),
        (" EN-us ", "en-US", "US"),
        ("es-419", "es-419", "419"),
        ("zh", "zh", ""),
        ("sr-latn", "sr-Latn", ""),
    ],
)
def test_tags_are_brought_to_one_form(written: str, ours: str, where: str) -> None:
    assert (tag(written), region(tag(written))) == (ours, where)
