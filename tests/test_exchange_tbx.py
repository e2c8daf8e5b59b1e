"""TBX of both editions: what is written is valid, opens in other tools, and comes back as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree
from translate.storage import tbx as toolkit

from concepts import concepts, curated
from schematron import failures
from tongwen.concept import Concept, Definition, Evidence, Link, Term
from tongwen.errors import InvalidExport, UnreadableFile
from tongwen.exchange.losses import Losses
from tongwen.exchange.markup import element
from tongwen.exchange.structure import check_structure
from tongwen.exchange.tbx_reader import read_tbx
from tongwen.exchange.tbx_rules import check_categories
from tongwen.exchange.tbx_writer import write_tbx, write_tbx_v2
from tongwen.exchange.tidy import tidy
from tongwen.exchange.writing import Written
from tongwen.model import Span

Write = Callable[[Sequence[Concept]], Written]
BOTH = pytest.mark.parametrize("write", [write_tbx, write_tbx_v2])

FULL = Concept(
    "procedure",
    (
        Term("程序", "zh-Hant-TW", source="行政程序法", found=(Evidence("tw/a", "art_1", Span(3, 5), "依程序為之"),)),
        Term("程式", "zh-Hant-TW", "deprecated", note="a computer program"),
        Term("程序", "zh-Hans", "candidate", "short", scope="prc/a", count=3, documents=2, score=1.25),
        Term("程序", "zh-Hant-HK", "admitted", converted=True),
        Term("procedure", "en", type="variant", found=(Evidence("en/a", "p_1", Span(0, 9)),)),
    ),
    "law",
    (
        Definition("a way of doing it", "fr", "Larousse"),
        Definition("辦理的方式", "zh-Hant-TW", "", Evidence("tw/a", "def_1", Span(7, 9), "稱程序者"), "document"),
    ),
    ("first", "second"),
    (
        Link(
            "contrast",
            "program",
            "alike | unlike",
            "a linguist",
            (Evidence("tw/b", "art_2", Span(1, 2), "程式"),),
        ),
    ),
    "document",
)
PROGRAM = Concept("program", (Term("computer program", "en"),), links=(Link("broader", "procedure"),))
ALONE = Concept("alone", (Term("word", "en"),))


@pytest.fixture(scope="session")
def grammar(shared: Path) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shared / "data/schemas/TBXcoreStructV03.rng"))


@pytest.fixture(scope="session")
def rules(shared: Path) -> Path:
    return shared / "data/schemas/tbx-basic/DCA/TBX-Basic_DCA.sch"


@BOTH
@given(drawn=concepts())
@settings(deadline=None, max_examples=20)
def test_what_is_read_is_what_was_written(write: Write, drawn: list[Concept]) -> None:
    data = write(drawn).data
    reading = read_tbx(data, "a.tbx")
    assert reading.faults == ()
    assert reading.concepts == tidy(drawn, Losses())
    assert write(reading.concepts).data == data


@BOTH
def test_the_bundled_termbase_comes_back(write: Write) -> None:
    written = write(curated())
    assert read_tbx(written.data, "a.tbx") == (tidy(curated(), Losses()), ())
    assert len(curated()) > 300
    assert len(written.losses) == 1  # links have no kind in TBX-Basic


@BOTH
def test_everything_that_is_known_comes_back(write: Write) -> None:
    read = read_tbx(write([FULL, PROGRAM]).data, "a.tbx").concepts
    assert set(read[0].terms) == set(FULL.terms)
    assert set(read[0].definitions) == set(FULL.definitions)
    assert (replace(read[0], terms=(), definitions=()), read[1]) == (replace(FULL, terms=(), definitions=()), PROGRAM)


@given(drawn=concepts())
@settings(deadline=None, max_examples=8)
def test_the_official_grammar_accepts_it(grammar: etree.RelaxNG, drawn: list[Concept]) -> None:
    assert grammar.validate(etree.fromstring(write_tbx(drawn).data)), grammar.error_log


def test_the_official_grammar_accepts_the_bundled_termbase(grammar: etree.RelaxNG) -> None:
    assert grammar.validate(etree.fromstring(write_tbx(curated()).data)), grammar.error_log


def test_the_official_rules_accept_it(rules: Path) -> None:
    some = [FULL, PROGRAM, *curated()[:12]]
    checked, failed = failures(rules, write_tbx(some).data)
    assert (checked > 500, failed) == (True, [])


def test_the_official_rules_are_run(rules: Path) -> None:
    wrong = write_tbx([FULL, PROGRAM]).data.replace(b"deprecatedTerm-admn-sts", b"bad").replace(b'"context"', b'"bad"')
    assert len(failures(rules, wrong)[1]) == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("deprecatedTerm-admn-sts", "bad", "administrativeStatus cannot say bad, in the concept procedure"),
        ('type="context"', 'type="definition"', "definition stands at termSec"),
        ('type="termType"', 'type="translationNote"', "no <termNote> of the type translationNote"),
        ('style="dca"', 'style="dct"', "does not name its dialect"),
        ('target="program"', 'target="gone"', "“gone” is linked and is not in it, in the concept procedure"),
        ('id="alone"', 'id="procedure"', "“procedure” stands twice"),
        ('id="alone"', 'id="1"', "“1” is no id"),
        ('id="alone"', "", "<conceptEntry> has the attributes [] and should have ['id']"),
        ('xml:lang="zh-Hans"', 'xml:lang="中文"', "“中文” is no language tag, in the concept procedure"),
        ("<term>程式</term>", "", "<termSec> cannot hold"),
        ("<term>程式</term>", "<term/>", "<term> should hold text"),
        ("<term>程式</term>", "<term>a</term><term>b</term>", "<termSec> cannot hold “term term"),
        ("<note>first</note>", "<remark>first</remark>", "cannot hold"),
    ],
)
def test_our_own_rules_find_what_is_wrong(old: str, new: str, told: str) -> None:
    text = write_tbx([FULL, PROGRAM, ALONE]).data.decode().replace(' xmlns="urn:iso:std:iso:30042:ed-2"', "")
    assert old in text
    root = etree.fromstring(text.replace(old, new).encode(), etree.XMLParser(remove_blank_text=True))
    with pytest.raises(InvalidExport, match=r"was not written: .*\.") as raised:
        check_structure(root)
        check_categories(root)
    assert told in raised.value.message


@pytest.mark.parametrize(("root", "told"), [("tbx", "should have"), ("html", "<html> has no place in it")])
def test_another_kind_of_file_is_refused(root: str, told: str) -> None:
    with pytest.raises(InvalidExport, match=told):
        check_structure(element(root, {"version": "2"}))


def test_a_group_takes_the_level_at_which_it_stands() -> None:
    root = etree.fromstring(
        "<martif><langSet><descripGrp><descrip type='context'>a</descrip></descripGrp></langSet></martif>"
    )
    with pytest.raises(InvalidExport, match="context stands at langSec, and may stand at termSec only"):
        check_categories(root)


@BOTH
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([Concept("1", (Term("a", "en"),))], "“1” is no id"),
        ([Concept("a", (Term("a", "en us"),))], "“en us” is no language tag"),
        ([Concept("a", (Term("a", "en"),)), Concept("a", (Term("b", "en"),))], "“a” stands twice"),
        ([Concept("a", (Term("\n", "en"),))], "no term to write"),
        ([], "no term to write"),
    ],
)
def test_what_cannot_be_written_is_told(write: Write, wrong: list[Concept], told: str) -> None:
    with pytest.raises(InvalidExport) as raised:
        write(wrong)
    assert told in raised.value.message


def test_the_loss_report_counts() -> None:
    bad = Concept("a", (Term("a\x00", "en"), Term(" ", "en")), links=(Link("related", "gone"), Link("related", "a")))
    assert write_tbx([bad, Concept("b", ())]).losses == (
        "Characters that XML forbids stand as U+FFFD; texts: 1.",
        "Line breaks, tabs and blanks in a row became one blank; texts: 1.",
        "Terms without any text are left out: 1.",
        "Concepts without a term are left out: 1.",
        "Links to a concept that is not in the file are left out: 2.",
    )
    assert len(write_tbx([FULL, PROGRAM]).losses) == 5


def test_region_and_status_are_written_as_the_standard_has_them() -> None:
    text = write_tbx([FULL, PROGRAM], "Law <&>").data.decode()
    assert '<langSec xml:lang="zh-Hant-TW">' in text
    assert '<termNote type="geographicalUsage">TW</termNote>' in text
    assert '<admin type="projectSubset">candidate</admin>' in text
    assert '<termNote type="termType">shortForm</termNote>' in text
    assert "<title>Law &lt;&amp;&gt;</title>" in text


Pair = tuple[str, list[str], list[str]]


def pairs(source: str, target: str) -> list[Pair]:
    """Id, source and target terms of each concept that has both, as translate-toolkit reads them from our file."""
    store = toolkit.tbxfile.parsestring(write_tbx_v2(curated()).data)
    store.setsourcelanguage(source)
    store.settargetlanguage(target)
    terms = [(u.getid(), u.get_source_terms(), u.get_target_terms(target)) for u in store.units]
    return [(key, [t.text for t in ours], [t.text for t in others]) for key, ours, others in terms]


def tagged(concept: Concept, tag: str) -> list[str]:
    return [t.text for t in concept.in_language(tag) if t.language == tag]


@pytest.mark.parametrize(
    ("source", "target"), [("zh-Hant", "en"), ("zh-Hans", "en"), ("en", "zh-Hans"), ("zh-Hans", "zh-Hant")]
)
def test_translate_toolkit_reads_every_pair(source: str, target: str) -> None:
    wanted = [(c.id, tagged(c, source), tagged(c, target)) for c in curated()]
    both = [pair for pair in wanted if pair[1] and pair[2]]
    read = pairs(source, target)
    assert [pair for pair in both if pair not in read] == []
    assert len(both) > 100


def test_translate_toolkit_knows_what_is_not_to_be_used() -> None:
    store = toolkit.tbxfile.parsestring(write_tbx_v2([FULL, PROGRAM]).data)
    store.setsourcelanguage("zh-Hant-TW")
    assert [(t.text, t.deprecated) for t in store.units[0].get_source_terms()] == [("程序", False), ("程式", True)]


@pytest.mark.parametrize("name", ["DCA/Example_Astronomy_DCA_VALID.tbx", "DCT/Example_Astronomy_DCT_VALID.tbx"])
def test_the_standard_s_own_example_is_read(shared: Path, name: str) -> None:
    reading = read_tbx((shared / "data/schemas/tbx-basic" / name).read_bytes(), "astronomy.tbx")
    first = reading.concepts[0]
    assert [(t.text, t.language, t.status) for t in first.terms] == [
        ("open cluster", "en", "preferred"),
        ("galactic cluster", "en", "deprecated"),
        ("cúmulo abierto", "es", "preferred"),
    ]
    assert first.definitions[0].text == "A group of stars formed together in the spiral arms of a galaxy."
    assert (len(reading.concepts), first.subject, first.definitions[0].source) == (45, "General", "Oxford2007")
    assert any("“partOfSpeech” has no place in a concept here" in fault for fault in reading.faults)
    assert write_tbx(reading.concepts).data == write_tbx(read_tbx(write_tbx(reading.concepts).data, "b").concepts).data


def martif(entries: str, before: str = "") -> bytes:
    return f'{before}<martif type="TBX" xml:lang="en"><text><body>{entries}</body></text></martif>'.encode()


def test_other_tools_ways_are_read() -> None:
    entry = """<termEntry id="7 b"><descrip type="subordinateConceptGeneric" target="t2">sub</descrip>
      <langSet xml:lang="zh_tw"><ntig><termGrp><term>緩<hi>起</hi>訴<ph type="x"/></term>
          <termNote type="termType">initialism</termNote><termNote type="administrativeStatus">forbidden</termNote>
        </termGrp><descrip type="definition">不起訴的一種</descrip><note>a</note><note>b</note></ntig></langSet>
      <langSet lang="zh-Hant">
        <tig><term>轉介</term><termNote type="geographicalUsage">Hong Kong</termNote></tig>
        <tig><term>分流</term><termNote type="geographicalUsage">coast</termNote></tig>
        <tig><term>轉處</term></tig></langSet>
      <langSet xml:lang="fr"><descripGrp><descrip type="definition">une mesure</descrip><note>c</note>
        <admin type="source">Larousse</admin></descripGrp><note>d</note><admin type="source">e</admin>
        <tig><term>mesure</term><admin type="source">f</admin><admin type="source">g</admin></tig></langSet>
      <note/><descripGrp/>
    </termEntry><termEntry><langSet xml:lang="en"><tig id="t2"><term>x</term></tig></langSet></termEntry>"""
    reading = read_tbx(martif(entry), "a.tbx")
    assert reading.faults == ()
    first, second = reading.concepts
    assert first.terms == (
        Term("緩起訴", "zh-Hant-TW", "deprecated", "acronym", note="a; b"),
        Term("轉介", "zh-Hant-HK"),
        Term("分流", "zh-Hant", note="used in: coast"),
        Term("轉處", "zh-Hant", "admitted"),
        Term("mesure", "fr", source="f; g"),
    )
    assert first.notes == ("c", "d", "source: e")
    assert (first.id, second.id) == ("c7-b", "entry-2")
    assert first.links == (Link("narrower", "entry-2", "sub"),)
    assert first.definitions == (
        Definition("不起訴的一種", "zh-Hant-TW"),
        Definition("une mesure", "fr", "Larousse"),
    )


def test_faults_have_lines_and_the_rest_is_read() -> None:
    entry = """
    <termEntry id="a"><ref type="crossReference" target="gone">see</ref>
      <langSet xml:lang="!"><tig><term>x</term></tig></langSet>
      <langSet xml:lang="en"><tig><term> </term></tig><tig><term>y</term></tig></langSet></termEntry>
    <termEntry id="b"/>
    <termEntry id="a"><langSet xml:lang="en"><tig><term>z</term></tig></langSet></termEntry>"""
    reading = read_tbx(martif(entry), "a.tbx")
    assert [t.text for c in reading.concepts for t in c.terms] == ["y", "z"]
    assert [c.id for c in reading.concepts] == ["a", "a-2"]
    assert reading.faults == (
        "a.tbx:3: “!” is no language tag; its terms are passed over.",
        "a.tbx:4: there is no term; what is said of it is passed over.",
        "a.tbx:5: the entry b has no term and is passed over.",
        "a.tbx:6: the id a stands twice; the second entry gets another.",
        "a.tbx:2: a is linked with 'gone', which is not here; the link is passed over.",
    )


GOOD = '<termEntry id="a"><langSet xml:lang="en"><tig><term>{}</term></tig></langSet></termEntry>'


def test_nothing_outside_the_file_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    outside = f'<!DOCTYPE martif [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    for before in (outside, '<!DOCTYPE martif [<!ENTITY x "y">]>'):
        with pytest.raises(UnreadableFile, match="declares entities"):
            read_tbx(martif(GOOD.format("&x;"), before), "a.tbx")
    (tmp_path / "a.dtd").write_text('<!ENTITY x "SECRET">')
    external = f'<!DOCTYPE martif SYSTEM "{(tmp_path / "a.dtd").as_uri()}">'
    assert read_tbx(martif(GOOD.format("a&x;b"), external), "a.tbx").concepts[0].terms[0].text == "a&x;b"


def test_bombs_do_not_go_off() -> None:
    layers = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE martif [<!ENTITY a0 "aaaaaaaaaa">{layers}]>'
    for entry in (GOOD.format("&a11;"), GOOD.replace('id="a"', 'id="&a11;"')):
        with pytest.raises(UnreadableFile):
            read_tbx(martif(entry, bomb), "a.tbx")
    with pytest.raises(UnreadableFile, match="nested more than 256 deep"):
        read_tbx(martif(GOOD.format("<b>" * 5000 + "</b>" * 5000)), "a.tbx")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no well-formed XML"),
        (b"\xff\xfe\x00", "no well-formed XML"),
        (b"<html/>", "begins with <html>, not with <martif> or <tbx>"),
        (b"<martif>\n<text>", "a.tbx:2: is no well-formed XML"),
        (b"concept,term\n", "a.tbx:1: is no well-formed XML"),
        (b" " * (64 << 20) + b"<tbx/>", "more than 64 MB"),
    ],
)
def test_what_is_no_tbx_is_told(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read_tbx(data, "a.tbx")
    assert told in raised.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_that_xml_names_is_read(encoding: str) -> None:
    declared = "" if encoding.startswith("utf") else f'<?xml version="1.0" encoding="{encoding}"?>'
    data = martif(GOOD.format("去罪化"), declared).decode().encode(encoding)
    assert read_tbx(data, "a.tbx").concepts[0].name == "去罪化"


def test_every_entry_gets_an_id_of_its_own() -> None:
    ids = ["entry-2", "", "法", "刑法", "7", "c7", "entry", "x" * 200]
    entries = "".join(GOOD.replace('id="a"', f'id="{key}"' if key else "").format("a") for key in ids)
    read = [c.id for c in read_tbx(martif(entries), "a.tbx").concepts]
    assert read == ["entry-2", "entry-2-2", "entry-3", "entry-4", "c7-2", "c7", "entry", "x" * 90]


def test_a_large_file_is_read_entry_by_entry() -> None:
    data = martif("".join(GOOD.replace('"a"', f'"{n}"').format(f"term {n}") for n in range(3000)))
    concepts = read_tbx(data, "a.tbx").concepts
    assert (len(concepts), concepts[-1]) == (3000, Concept("c2999", (Term("term 2999", "en"),)))
