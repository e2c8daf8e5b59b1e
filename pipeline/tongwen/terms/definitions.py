"""Definitions: the terms that a text says the meaning of, each with the words that prove it.

The styles are those of treaties (称"X"者,谓), of the Mainland (所称X,是指), of Taiwan (所称X,指; 用词,定义如下) and of
policy prose (X是指). A legal fiction (视为) is no definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tongwen.model import Record
from tongwen.terms.drafting import Definition, Scope, english, entries, framed, items, named, paired, plain, scope_of
from tongwen.terms.running import Running
from tongwen.terms.runs import Runs
from tongwen.terms.styles import style


def definitions(around: Mapping[str, Record], runs: Runs, articles: Mapping[str, str]) -> list[Definition]:
    """All definitions of a document, in the order of their terms. ``around``: its records by their ids; ``articles``:
    see ``articles_of``."""
    lead = style("lead")
    leading = [runs[i] for i in runs.having(style("leads")) if _leads(runs.keys[i], lead)]
    listed, glossary = _listed(around, leading), _glossary(around, runs)
    interpreted = _interpreted(leading, articles)
    out: list[Definition] = []
    entered = {*listed, *glossary}
    wanted = {*runs.having(style("sign")), *(i for i, record in enumerate(runs.records) if record in entered)}
    for i in sorted(wanted):
        run = runs[i]
        ways = (
            paired(run, run.record in interpreted),
            framed(run),
            english(run),
            items(run, listed),
            entries(run, glossary, out),
            plain(run),
            named(run),
        )
        found = list(_apart(sorted(_once(ways), key=lambda one: one.term)))
        if found and found[-1].meaning[1] == len(run.key) and (run.key.endswith((":", "-")) or not _said(found[-1])):
            found[-1] = replace(found[-1], more=tuple(_behind(runs, i, around[run.record].span.end)))
        out += [one for one in found if one.more or _said(one)]
    return out


def _said(found: Definition) -> bool:
    """Whether any of the meaning stands in the run itself, and not only in those to which it leads."""
    return bool(found.run.key[slice(*found.meaning)].strip())


def _behind(runs: Runs, i: int, end: int) -> Iterator[Running]:
    """The runs of the records inside a record that ends there, up to its own next one."""
    for j in range(i + 1, len(runs)):
        if runs.records[j] == runs.records[i] or runs[j].places[0] >= end:
            return
        yield runs[j]


def _once(ways: Iterable[Iterator[Definition]]) -> Iterator[Definition]:
    """A term that one style finds is not found by another."""
    taken: set[int] = set()
    for way in ways:
        if new := [one for one in way if taken.isdisjoint(range(*one.term))]:
            taken.update(place for one in new for place in range(*one.term))
            yield from new


def _apart(found: Sequence[Definition]) -> Iterator[Definition]:
    """A meaning ends where the next definition of its sentence begins."""
    for one, after in pairwise((*found, None)):
        assert one is not None
        start, end = one.meaning
        cut = after is not None and start < after.start < end and after.meaning[0] > after.term[1]
        yield replace(one, meaning=(start, after.start)) if after and cut else one


def _listed(around: Mapping[str, Record], leading: Sequence[Running]) -> Mapping[str, Scope]:
    """The records that are entries of a list of definitions, each with its scope."""
    if not leading:
        return {}
    leads = {run.record: scope_of(run.key[run.label :]) for run in leading}
    out: dict[str, Scope] = {}
    for record in around.values():
        above = record.parent
        while above is not None and above not in leads:
            above = around[above].parent
        if above is not None:
            out[record.id] = leads[above]
    return out


def _interpreted(leading: Sequence[Running], articles: Mapping[str, str]) -> set[str]:
    """The records of articles in which a paragraph says that terms are defined in the next."""
    said = {articles[run.record] for run in leading if run.record in articles}
    return {record for record, article in articles.items() if article in said} if said else set()


def articles_of(records: Sequence[Record]) -> Mapping[str, str]:
    """The article in which each record of an article stands."""
    out: dict[str, str] = {}
    for record in records:
        if record.kind == "article":
            out[record.id] = record.id
        elif record.parent in out:
            out[record.id] = out[record.parent]
    return out


def _leads(key: str, lead: re.Pattern[str]) -> bool:
    found = lead.search(key)
    return found is not None and (key.endswith((":", "-")) or len(key) - found.end() < 6)


def _glossary(around: Mapping[str, Record], runs: Runs) -> set[str]:
    """The paragraphs of sections that are glossaries."""
    glossary = style("glossary")
    said = {record for record, key in zip(runs.records, runs.keys, strict=True) if glossary.match(key)}
    sections = {around[record].parent or record for record in said}
    sections = {section for section in sections if around[section].kind == "section"}
    inside = (record for record in around.values() if record.parent in sections) if sections else ()
    return {record.id for record in inside if record.kind in ("paragraph", "list")}
