"""SKOS: what rdflib reads back from our files, and the integrity conditions, asked of it in SPARQL as well."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

from concepts import concepts, curated
from tongwen.concept import Concept, Definition, Evidence, Link, Term
from tongwen.errors import InvalidExport
from tongwen.exchange.losses import Losses
from tongwen.exchange.skos import BASE, write_jsonld, write_turtle
from tongwen.exchange.skos_rules import above, check_skos
from tongwen.exchange.tidy import tidy
from tongwen.exchange.writing import Written
from tongwen.model import Span

Write = Callable[[Sequence[Concept]], Written]
BOTH = pytest.mark.parametrize(("write", "form"), [(write_turtle, "turtle"), (write_jsonld, "json-ld")])
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


def it(key: str) -> URIRef:
    return URIRef(f"{BASE}concept:{key}")


def read(data: bytes, form: str = "turtle") -> Graph:
    return Graph().parse(data=data, format=form)


KIND = "{ skos:prefLabel skos:altLabel skos:hiddenLabel }"
CONDITIONS = {
    "S13": f"ASK {{ VALUES ?a {KIND} VALUES ?b {KIND} ?c ?a ?l . ?c ?b ?l . FILTER(?a != ?b) }}",
    "S14": "ASK { ?c skos:prefLabel ?a, ?b . FILTER(?a != ?b && lang(?a) = lang(?b)) }",
    "S27": "ASK { ?a skos:related ?b . ?a (skos:broader|^skos:narrower)+ ?b }",
}


def broken(graph: Graph) -> list[str]:
    return [name for name, ask in CONDITIONS.items() if graph.query(ask, initNs={"skos": SKOS}).askAnswer]


@given(drawn=concepts())
@settings(deadline=None, max_examples=12)
def test_what_is_written_keeps_the_conditions(drawn: list[Concept]) -> None:
    written = read(write_turtle(drawn).data)
    assert broken(written) == []
    labels = {(str(s), str(o), o.language.casefold()) for p in LABELS for s, o in written.subject_objects(p)}
    wanted = {(str(it(c.id)), t.text, t.language.casefold()) for c in tidy(drawn, Losses()) for t in c.terms}
    assert labels == wanted


@given(drawn=concepts())
@settings(deadline=None, max_examples=6)
def test_both_forms_say_the_same(drawn: list[Concept]) -> None:
    turtle, jsonld = write_turtle(drawn), write_jsonld(drawn)
    assert set(read(turtle.data)) == set(read(jsonld.data, "json-ld"))
    assert turtle.losses == jsonld.losses


def test_the_bundled_termbase_keeps_the_conditions() -> None:
    graph = read(write_turtle(curated()).data)
    assert broken(graph) == []
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == len(curated())
    assert sum(1 for _ in graph.subject_objects(SKOS.definition)) == sum(len(c.definitions) for c in curated())
    assert (it("de-jure-decriminalisation"), SKOS.broader, it("decriminalisation")) in graph
    assert (it("decriminalisation"), SKOS.narrower, it("de-jure-decriminalisation")) in graph
    assert (it("decriminalisation"), URIRef(f"{BASE}contrast"), it("legalisation")) in graph


WORDS = Concept(
    "a",
    (
        Term("程序", "zh-Hant-TW", note="in law"),
        Term("手續", "zh-Hant-TW"),
        Term("程序", "zh-Hant-HK", "candidate", found=(Evidence("hk/a", "s_1", Span(1, 3), "依程序"),)),
        Term("程式", "zh-Hant-TW", "deprecated", converted=True),
        Term("程式", "zh-Hant-TW", "candidate"),
        Term("局", "zh-Hant", "admitted", "short", scope="un/report", count=1),
    ),
    "law",
    (Definition("a way", "en", "Larousse", scope="document"),),
    ("general",),
    (Link("broader", "b", "it is one"), Link("contrast", "c", "alike", "me"), Link("related", "d")),
    "document",
)
OTHERS = [
    Concept("b", (Term("b", "en"),), links=(Link("broader", "c"),)),
    Concept("c", (Term("c", "en"),)),
    Concept("d", (Term("d", "en"),)),
]


def test_each_term_is_the_label_that_its_status_asks_for() -> None:
    graph = read(write_turtle([WORDS, *OTHERS]).data)
    labels = {str(kind).rpartition("#")[2]: set(graph.objects(it("a"), kind)) for kind in LABELS}
    assert labels == {
        "prefLabel": {Literal("程序", lang="zh-Hant-TW")},
        "altLabel": {
            *(
                Literal(text, lang=tag)
                for text, tag in [("手續", "zh-Hant-TW"), ("程序", "zh-Hant-HK"), ("局", "zh-Hant")]
            )
        },
        "hiddenLabel": {Literal("程式", lang="zh-Hant-TW")},
    }
    said = {str(o) for kind in (SKOS.note, SKOS.scopeNote, SKOS.editorialNote) for o in graph.objects(it("a"), kind)}
    assert said == {
        "程序: in law",
        "局: only in un/report",
        "程序: a candidate that nobody has approved",
        "程式: made from a form of the other script by a machine",
        "general",
        "broader: b: it is one",
        "contrast: c: alike",
    }
    assert [str(o) for o in graph.objects(it("a"), SKOS.example)] == ["依程序 (hk/a#s_1 [1,3))"]
    assert {str(o) for o in graph.objects(it("a"), DCTERMS.source)} == {"Larousse", "me"}


def test_what_is_related_is_not_broader() -> None:
    written = write_turtle([WORDS, *OTHERS])
    graph = read(written.data)
    assert set(graph.objects(it("a"), SKOS.related)) == {it("d")}
    assert set(graph.objects(it("c"), URIRef(f"{BASE}contrast"))) == {it("a")}
    assert set(graph.objects(URIRef(f"{BASE}scheme"), SKOS.hasTopConcept)) == {it("c"), it("d")}


def test_the_loss_report_counts() -> None:
    assert write_turtle([WORDS, *OTHERS]).losses == (
        "SKOS has one prefLabel in a language; preferred terms that became altLabel: 1.",
        "SKOS has each label of a concept once; terms left out: 1.",
        "SKOS has no types of terms such as short form; terms: 1.",
        "SKOS has no counts and scores; terms: 1.",
        "SKOS has sources for a concept, not for each definition; definitions: 1.",
        "SKOS has sources for a concept, not for each link; links: 1.",
        "SKOS has no scope of a definition; definitions: 1.",
        "SKOS does not tell entries that a machine made; concepts: 1.",
        "SKOS forbids that concepts are related and one is broader; related pairs left out: 1.",
    )


@BOTH
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([Concept("1 2", (Term("a", "en"),))], "“1 2” is no id"),
        ([Concept("a", (Term("a", "en us"),))], "“en us” is no language tag"),
        ([Concept("a", (Term("a", "en"),)), Concept("a", (Term("b", "en"),))], "“a” stands twice"),
    ],
)
def test_what_cannot_be_written_is_told(write: Write, form: str, wrong: list[Concept], told: str) -> None:
    with pytest.raises(InvalidExport) as raised:
        write(wrong)
    assert told in raised.value.message


@BOTH
def test_an_empty_thesaurus_is_one(write: Write, form: str) -> None:
    assert (URIRef(f"{BASE}scheme"), RDF.type, SKOS.ConceptScheme) in read(write([]).data, form)


@pytest.mark.parametrize(
    ("triples", "told"),
    [
        ([("a", SKOS.prefLabel, "x"), ("a", SKOS.altLabel, "x")], "S13"),
        ([("a", SKOS.prefLabel, "x"), ("a", SKOS.prefLabel, "y")], "S14"),
        ([("a", SKOS.related, "b"), ("a", SKOS.broader, "c"), ("b", SKOS.narrower, "c")], "S27"),
    ],
)
def test_a_broken_condition_stops_the_export(triples: list[tuple[str, URIRef, str]], told: str) -> None:
    graph = Graph()
    for subject, predicate, value in triples:
        graph.add((it(subject), predicate, Literal(value, lang="en") if predicate in LABELS else it(value)))
    assert broken(graph) == [told]  # rdflib thinks so too
    with pytest.raises(InvalidExport, match=told):
        check_skos(graph)


def test_what_is_above_ends_in_a_circle() -> None:
    assert above({"a": ["b"], "b": ["a"], "c": ["a"]}) == {"a": {"a", "b"}, "b": {"a", "b"}, "c": {"a", "b"}}


def test_the_file_is_the_same_in_every_process() -> None:
    script = "from concepts import *; from tongwen.exchange.skos import *; import hashlib\n"
    script += "print([hashlib.md5(w(curated()[:9]).data).hexdigest() for w in (write_turtle, write_jsonld)])"
    run = [sys.executable, "-c", script]
    here = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    made = {
        subprocess.run(run, env=here | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in "12"
    }
    assert len(made) == 1


def test_json_ld_has_short_names() -> None:
    made = json.loads(write_jsonld([WORDS, *OTHERS]).data)
    assert made["@context"]["skos"] == str(SKOS)
    assert {entry["@id"] for entry in made["@graph"]} >= {"concept:a", "tongwen:scheme"}
