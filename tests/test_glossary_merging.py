"""Another's glossary taken into ours: nothing is lost, nothing is guessed, and the second time nothing happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concept_strategies import approved, concepts
from conftest import ROOT
from tongwen.concept import Concept, Definition, Link, Term
from tongwen.exchange.csv_table import read_csv, write_csv
from tongwen.exchange.folder import read_folder
from tongwen.exchange.xlsx import read_xlsx, write_xlsx
from tongwen.glossary.changes import difference
from tongwen.glossary.merging import merge, vouched
from tongwen.glossary.returning import edited

SOME = st.sampled_from(["甲", "乙", "丙", "a", "b"])
OURS = concepts(SOME)
THEIRS = concepts(SOME, ids=("a", "b", "x", "y", "z"), most=5)
WORKED = settings(max_examples=40, deadline=None)


def concept(key: str, *terms: str, **more: object) -> Concept:
    """Terms as ``en drug``."""
    return Concept(key, tuple(Term(text, tag) for tag, text in (t.split(" ", 1) for t in terms)), **more)  # type: ignore[arg-type]


@WORKED
@given(OURS, THEIRS, st.booleans())
def test_nothing_is_removed_and_the_second_time_nothing_happens(
    ours: list[Concept], theirs: list[Concept], prefer: bool
) -> None:
    merged = merge(ours, theirs, prefer)
    _keeps(ours, merged.concepts)
    assert list(merged.changes) == difference(ours, merged.concepts)
    assert bool(merged.changes) == (merged.concepts != tuple(ours))
    for change in merged.changes:
        assert not change.kind.endswith(("removed", "renamed"))
        if change.kind.endswith("changed") and not prefer:
            assert change.before in ("", "candidate") or change.kind == "converted changed"
    again = merge(merged.concepts, theirs, prefer)
    assert (again.concepts, again.changes, again.conflicts) == (merged.concepts, (), merged.conflicts)


def _keeps(ours: Sequence[Concept], merged: Sequence[Concept]) -> None:
    found = {c.id: c for c in merged}
    for before in ours:
        after = found[before.id]
        assert {(t.language, t.text) for t in before.terms} <= {(t.language, t.text) for t in after.terms}
        assert {*before.notes} <= {*after.notes}
        assert {(link.kind, link.target) for link in before.links} <= {(link.kind, link.target) for link in after.links}
        assert len(before.definitions) <= len(after.definitions)


@WORKED
@given(OURS, OURS, st.booleans())
def test_a_glossary_with_itself_or_with_nothing_is_itself(
    one: list[Concept], other: list[Concept], prefer: bool
) -> None:
    for merged in (merge(one, one, prefer), merge(one, [], prefer)):
        assert (merged.concepts, merged.changes, merged.conflicts) == (tuple(one), (), ())
    taken = merge([], one, prefer)
    assert (taken.concepts, taken.conflicts) == (tuple(one), ())
    assert vouched(approved(one)).concepts == tuple(approved(one))
    assert difference(one, one) == []
    there, back = difference(one, other), difference(other, one)
    both = {c.id for c in one} & {c.id for c in other}
    added, removed = (
        {(c.concept, c.of) for c in changes if c.kind == kind and c.concept in both}
        for changes, kind in ((there, "term added"), (back, "term removed"))
    )
    assert added == removed
    assert all("\n" not in change.line and change.json for change in there)


@pytest.mark.parametrize("write, read", [(write_csv, read_csv), (write_xlsx, read_xlsx)])
def test_to_import_our_own_export_changes_nothing(write, read) -> None:  # type: ignore[no-untyped-def]
    ours = read_folder(ROOT / "corpus" / "termbase").concepts
    merged = merge(ours, vouched(read(write(ours).data, "a").concepts).concepts)
    assert (merged.changes, merged.conflicts) == ((), ())


def test_what_nobody_vouches_for_is_not_taken() -> None:
    given = [
        Concept(
            "a", (Term("x", "en"), Term("y", "en", converted=True)), links=(Link("related", "b"), Link("related", "c"))
        ),
        Concept("b", (Term("z", "en", "candidate"),)),
        Concept("c", (Term("w", "en"),)),
    ]
    taken = vouched(given)
    assert taken.concepts == (replace(given[0], terms=given[0].terms[:1], links=given[0].links[1:]), given[2])
    assert (taken.candidates, taken.converted) == (1, 1)


OUR_TWO = [
    concept("suspended-sentence", "en probation", "zh-Hans 缓刑", "zh-Hant-TW 緩刑"),
    concept("protective-supervision", "en probation", "zh-Hans 保护观察"),
]


@pytest.mark.parametrize(
    ("theirs", "meant"),
    [
        (concept("x", "en probation", "zh-Hans 缓刑"), "suspended-sentence"),  # two languages agree
        (concept("x", "zh-Hans 保护观察"), "protective-supervision"),  # but one has it
        (concept("x", "zh-Hant 緩刑", "fr sursis"), "suspended-sentence"),  # a region's term is its script's
        (concept("x", "en PROBATION", "zh-Hans 缓刑"), "suspended-sentence"),  # letter case is no difference
    ],
)
def test_a_concept_with_another_id_is_known_by_its_terms(theirs: Concept, meant: str) -> None:
    merged = merge(OUR_TWO, [theirs])
    assert [c.id for c in merged.concepts] == [c.id for c in OUR_TWO]
    changed = {change.concept for change in merged.changes}
    assert changed <= {meant}
    assert not [conflict for conflict in merged.conflicts if conflict.kind == "unclear"]
    held = {(t.language, t.text) for c in merged.concepts if c.id == meant for t in c.terms}
    assert {(t.language, t.text) for t in theirs.terms} <= held


@pytest.mark.parametrize(
    "theirs",
    [
        concept("x", "en probation"),  # either
        concept("x", "en probation", "zh-Hans 观护"),  # either, or a third
        concept("x", "zh-Hans 缓刑", "en reprieve"),  # English disagrees
    ],
)
def test_where_it_is_unclear_which_is_meant_it_is_left_out_and_told(theirs: Concept) -> None:
    merged = merge(OUR_TWO, [theirs])
    assert merged.concepts == tuple(OUR_TWO)
    assert [(c.concept, c.kind) for c in merged.conflicts] == [("x", "unclear")]
    assert "suspended-sentence" in merged.conflicts[0].ours


def test_concepts_that_they_tell_apart_are_two() -> None:
    theirs = [OUR_TWO[0], concept("x", "en probation", "zh-Hans 缓刑")]
    assert [c.id for c in merge(OUR_TWO[:1], theirs).concepts] == ["suspended-sentence", "x"]


def test_two_of_theirs_are_never_made_one() -> None:
    theirs = [concept("x", "zh-Hans 保护观察"), concept("y", "zh-Hans 保护观察")]
    merged = merge(OUR_TWO, theirs)
    assert merged.concepts == tuple(OUR_TWO)
    assert [c.concept for c in merged.conflicts] == ["x", "y"]


def test_a_candidate_of_theirs_does_not_say_which_concept_is_meant() -> None:
    theirs = [Concept("x", (Term("缓刑", "zh-Hans", "candidate"),))]
    assert [c.id for c in merge(OUR_TWO, theirs).concepts][2:] == ["x"]


ONE = Concept("a", (Term("drug", "en", "admitted", note="n"),), "law", (Definition("D.", "en", "s"),), ("n",))


@pytest.mark.parametrize(
    ("theirs", "lines"),
    [
        (replace(ONE, subject="health"), ["a: subject: ours is law, theirs health"]),
        (
            replace(ONE, terms=(replace(ONE.terms[0], status="deprecated", note="m"),)),
            [
                "a: status: en drug: ours is admitted, theirs deprecated",
                "a: note: en drug: ours is n, theirs m",
            ],
        ),
        (replace(ONE, definitions=(Definition("E.", "en", "s"),)), ["a: text: definition en: ours is D., theirs E."]),
        (replace(ONE, definitions=(Definition("E.", "en"),)), ["a: text: definition en: ours is D., theirs E."]),
        (
            replace(ONE, links=(Link("related", "b"),)),
            ["a: link: related b: ours is nothing, theirs leads to no other concept that is here"],
        ),
    ],
)
def test_what_differs_is_told_and_ours_stays_unless_theirs_is_wanted(theirs: Concept, lines: list[str]) -> None:
    kept = merge([ONE], [theirs])
    assert kept.concepts == (ONE,)
    assert [conflict.line for conflict in kept.conflicts] == lines
    assert all(conflict.json for conflict in kept.conflicts)
    taken = merge([ONE], [theirs], prefer_theirs=True)
    expected = replace(theirs, links=())
    if theirs.definitions[0].source == "":
        expected = replace(theirs, definitions=(Definition("E.", "en", "s"),))
    assert taken.concepts == (expected,)


def test_what_is_empty_is_filled_and_what_is_missing_is_added() -> None:
    theirs = Concept(
        "a",
        (Term("drug", "en", "admitted", source="S"), Term("毒品", "zh-Hans")),
        definitions=(Definition("Another.", "en", "t"),),
        notes=("m",),
    )
    merged = merge([replace(ONE, subject="")], [replace(theirs, subject="health")])
    assert [change.line for change in merged.changes] == [
        "a: subject changed: health",
        "a: term added: zh-Hans 毒品: preferred",
        "a: source changed: en drug: S",
        "a: definition added: en: Another.",
        "a: note added: m",
    ]
    assert merged.conflicts == ()


def test_a_second_preferred_term_is_admitted_and_told() -> None:
    ours, theirs = concept("a", "en drug"), concept("a", "en narcotic")
    for merged in (merge([ours], [theirs]), merge(merge([ours], [theirs]).concepts, [theirs])):
        assert [(t.text, t.status) for t in merged.concepts[0].terms] == [
            ("drug", "preferred"),
            ("narcotic", "admitted"),
        ]
        assert [c.line for c in merged.conflicts] == ["a: preferred term: en: ours is drug, theirs narcotic"]


def test_a_candidate_takes_any_status_and_replaces_none() -> None:
    approved_one, candidate = concept("a", "en drug"), Concept("a", (Term("drug", "en", "candidate"),))
    assert merge([candidate], [approved_one]).concepts == (approved_one,)
    assert merge([approved_one], [candidate], prefer_theirs=True).concepts == (approved_one,)


def test_links_follow_the_concept_that_is_meant_and_are_held_once() -> None:
    ours = [*OUR_TWO, concept("penalty", "en penalty", links=(Link("narrower", "suspended-sentence"),))]
    theirs = [
        concept("x", "en probation", "zh-Hans 缓刑", links=(Link("broader", "penalty"), Link("contrast", "y", "r"))),
        concept("y", "zh-Hans 保护观察"),
        concept("penalty", "en penalty"),
    ]
    merged = merge(ours, theirs)
    assert merged.concepts[0].links == (Link("contrast", "protective-supervision", "r"),)
    assert merged.conflicts == ()


def test_two_concepts_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="share an id"):
        merge([], [ONE, ONE])


def test_a_difference_tells_every_kind_of_change() -> None:
    old = [
        replace(ONE, links=(Link("related", "b", "r"),)),
        concept("b", "en x", "en y", "en z"),
        concept("gone", "en w"),
    ]
    new = [
        Concept(
            "a",
            (Term("drug", "en", "preferred", "short"), Term("毒品", "zh-Hans")),
            definitions=(Definition("E.", "en", "s"),),
            links=(Link("related", "c", "q"), Link("broader", "c")),
        ),
        concept("c", "en x", "en Y", "en v"),
        concept("come", "en u"),
    ]
    assert [change.line for change in difference(old, new)] == [
        "a: subject changed: law",
        "a: term added: zh-Hans 毒品: preferred",
        "a: status changed: en drug: admitted → preferred",
        "a: type changed: en drug: full → short",
        "a: note changed: en drug: n",
        "a: definition changed: en: D. → E.",
        "a: note removed: n",
        "a: link added: broader c",
        "a: link reason changed: related c: r → q",
        "c: concept renamed: b → c",
        "c: term added: en Y: preferred",
        "c: term added: en v: preferred",
        "c: term removed: en y: preferred",
        "c: term removed: en z: preferred",
        "come: concept added: u",
        "come: term added: en u: preferred",
        "gone: concept removed: w",
    ]


def test_a_form_that_only_the_texts_write_becomes_nobody_s_word() -> None:
    ours = [concept("a", "zh-Hant 衛生署")]
    known = [concept("a", "zh-Hant 衛生署", "zh-Hant 衞生署")]
    assert [*edited(known, ours, known)] == ours
    new = [concept("a", "zh-Hant 衛生署", "zh-Hant 衞生署", "zh-Hant 卫生署")]
    assert [*edited(new, ours, known)] == [concept("a", "zh-Hant 衛生署", "zh-Hant 卫生署")]
