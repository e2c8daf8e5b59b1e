"""Definitions: the terms that a text says the meaning of, each with the words that prove it.

The styles are those of treaties (称"X"者,谓), of the Mainland (所称X,是指), of Taiwan (所称X,指; 用词,定义如下) and of
policy prose (X是指). A legal fiction (视为) is no definition.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from tongwen.model import Record, Span
from tongwen.terms.running import Running
from tongwen.terms.styles import style

Scope = Literal["document", "article", "chapter", "other"]

Place = tuple[int, int]
"""Where something begins and ends in a passage's key."""

LONGEST = 40
"""Characters of a term to which nothing leads."""

NEAR = 3
"""Entries of a glossary above one that may be a kind of them."""

OPEN = 20
"""Characters at a sentence's end in which 等 says that a list is open."""

FRAMED = 70
"""Characters of one to which something does: it may have a comma."""

_SENTENCE = re.compile(r"[^。;!?]+[。;!?]?")
_QUOTED = re.compile(r"[\"']([^\"']{1,60})[\"']")
_BRACKET = re.compile(r"\((?:[^()]{3,}|[^()]*[a-z][^()]*)\)$")
_AND = re.compile(r"、|及|和|与|或者?")
_HERE = re.compile(r"(?:前[一二三四五六七八九十]?|本|第[一二三四五六七八九十]+)[项款段]|本条")
_CHAPTER = re.compile(r"本[章节编]")
_ELSEWHERE = re.compile(r"第[0-9一二三四五六七八九十百千零]+条|前条|》")


@dataclass(frozen=True, slots=True)
class Definition:
    """``term``: where it stands; ``meaning``: the words that say what it means; ``record``: the record that holds it.

    ``style``: the words that make it a definition, as they are in the key; ``head``: what its term is a kind of, there.
    """

    record: str
    term: Span
    meaning: Span
    scope: Scope
    style: str
    head: str


def definitions(records: Sequence[Record], runs: Sequence[Running]) -> list[Definition]:
    """All definitions of a document, in the order of their terms."""
    listed = _listed(records, runs)
    entries = _glossary(records, runs)
    ends = {record.id: record.span.end for record in records}
    out: list[Definition] = []
    for run in runs:
        found: list[Definition] = []
        taken: set[int] = set()
        for ways in (_framed(run), _items(run, listed), _entries(run, entries, out), _plain(run), _named(run)):
            new = [one for one in ways if taken.isdisjoint(range(one.term.start, one.term.end))]
            taken.update(place for one in new for place in range(one.term.start, one.term.end))
            found += new
        out += sorted((_with_list(one, run, ends[run.record]) for one in found), key=_term)
    return out


def _with_list(found: Definition, run: Running, end: int) -> Definition:
    """A meaning that ends in a colon goes on to the end of its record."""
    opened = run.key.endswith(":") and found.meaning.end == run.places[-1] + 1
    return replace(found, meaning=Span(found.meaning.start, max(end, found.meaning.end))) if opened else found


def _term(found: Definition) -> Span:
    return found.term


def _listed(records: Sequence[Record], runs: Sequence[Running]) -> Mapping[str, Scope]:
    """The records that are entries of a list of definitions, each with its scope."""
    parents = {record.id: record.parent for record in records}
    leads = {run.record: _scope(run.key) for run in runs if _leads(run.key)}
    out: dict[str, Scope] = {}
    for record in records:
        above = record.parent
        while above is not None and above not in leads:
            above = parents.get(above)
        if above is not None:
            out[record.id] = leads[above]
    return out


def _leads(key: str) -> bool:
    found = style("lead").search(key)
    return found is not None and (key.endswith(":") or len(key) - found.end() < 6)


def _glossary(records: Sequence[Record], runs: Sequence[Running]) -> set[str]:
    """The paragraphs of sections that are glossaries."""
    said = {run.record for run in runs if style("glossary").search(run.key)}
    parents = {record.id: record.parent for record in records}
    sections = {parents.get(record) if parents.get(record) else record for record in said}
    kinds = {record.id: record.kind for record in records}
    sections = {section for section in sections if section and kinds[section] == "section"}
    return {record.id for record in records if record.kind in ("paragraph", "list") and record.parent in sections}


def _framed(run: Running) -> Iterator[Definition]:
    """本法所称X,是指Y and 称"X"者,谓Y."""
    for sentence in _SENTENCE.finditer(run.key):
        at = sentence.start()
        while frame := style("frame", "weak").search(run.key, at, sentence.end()):
            at = frame.end()
            strong = bool(style("frame").fullmatch(frame[0])) or run.key[at : at + 1] in "\"'"
            verbs = style("verb", "loose") if strong else style("verb")
            verb = verbs.search(run.key, at + 1, min(sentence.end(), at + FRAMED))
            if verb is None or style("deeming").search(run.key, at, verb.start()) or verb.end() >= len(run.key):
                continue
            if "包括" in verb[0] and style("open").search(
                run.key, max(verb.end(), sentence.end() - OPEN), sentence.end()
            ):
                continue
            scope = _scope(run.key[sentence.start() : at])
            if verb[0].endswith("为") and "," in run.key[at : verb.start()]:
                continue
            named = (at, verb.start() - (run.key[verb.start() - 1] == "者" and frame[0] == "称"))
            for term in _terms(run.key, *named, longest=FRAMED, several="分别" in verb[0]):
                yield _definition(run, term, (verb.end(), sentence.end()), scope, frame[0] + verb[0])
            at = verb.end()


def _items(run: Running, listed: Mapping[str, Scope]) -> Iterator[Definition]:
    """一、X:指Y, in a list of definitions or with a verb of meaning behind its colon."""
    start = run.label
    inside = run.record in listed
    verb = _colon() if inside else _meant()
    found = verb.search(run.key, start + 1, start + FRAMED) if start or inside else None
    if found is None or found.end() >= len(run.key):
        return
    either = "或者" in run.key[start : found.start()]
    for term in _terms(run.key, start, found.start(), longest=LONGEST, several=either):
        yield _definition(run, term, (found.end(), len(run.key)), listed.get(run.record, "document"), found[0])


def _entries(run: Running, entries: Collection[str], above: Sequence[Definition]) -> Iterator[Definition]:
    """Paragraphs of a glossary: X指Y; and 法律X,Y behind an entry for X."""
    if run.record not in entries:
        return
    aside = style("aside").match(run.key)
    start = aside.end() if aside else 0
    verb = style("verb", "entry", "english").search(run.key, start + 1, start + LONGEST)
    comma = run.key.find(",", start, start + LONGEST)
    if verb is not None and not 0 <= comma < verb.start():
        for term in _terms(run.key, start, verb.start(), longest=LONGEST):
            yield _definition(run, term, (verb.end(), len(run.key)), "document", verb[0])
    elif comma > start and any(run.key[start:comma].endswith(head) for head in _heads(above)):
        yield _definition(run, (start, comma), (comma + 1, len(run.key)), "document", ",")


def _heads(above: Sequence[Definition]) -> Iterator[str]:
    """What the terms that were defined last are kinds of: 去罪化 of 针对毒品使用的去罪化."""
    yield from (found.head for found in above[-NEAR:])


def _colon() -> re.Pattern[str]:
    return re.compile(rf",?(?:{style('verb').pattern})|:(?:[是系]?指)?")


def _meant() -> re.Pattern[str]:
    return re.compile(r":(?:[是系])?指")


def _plain(run: Running) -> Iterator[Definition]:
    """X,是指Y at the start of a sentence."""
    for sentence in _SENTENCE.finditer(run.key, run.label):
        for start in _starts(run.key, sentence.start(), sentence.end()):
            verb = style("verb", "english").search(run.key, start + 1, min(sentence.end(), start + LONGEST))
            if verb is not None and verb.end() < len(run.key):
                scope = _scope(run.key[sentence.start() : start])
                for term in _terms(run.key, start, verb.start(), longest=LONGEST):
                    yield _definition(run, term, (verb.end(), sentence.end()), scope, verb[0])


def _starts(key: str, start: int, end: int) -> Iterator[int]:
    aside = style("aside").match(key, start, end)
    yield aside.end() if aside else start
    yield from (found.end() for found in re.compile("其中,?").finditer(key, start + 1, end))


def _named(run: Running) -> Iterator[Definition]:
    """…,称为X."""
    for sentence in _SENTENCE.finditer(run.key, run.label):
        if style("deeming").search(run.key, *sentence.span()):
            continue
        for found in style("named").finditer(run.key, *sentence.span()):
            rest = re.compile(r"\"([^\"]{1,40})\"|([^,。;:()\"]{2,16})(?=[,。;]|$)").match(run.key, found.end())
            if rest:
                yield _definition(run, rest.span(1 if rest[1] else 2), sentence.span(), _scope(sentence[0]), found[0])


def _definition(run: Running, term: Place, meaning: Place, scope: Scope, how: str) -> Definition:
    head = re.split("[的之]", run.key[slice(*term)])[-1]
    start, end = meaning
    while start < end - 1 and run.key[start] in ",:":
        start += 1
    return Definition(run.record, run.span(*term), run.span(start, end), scope, how, head)


def _scope(frame: str) -> Scope:
    if _ELSEWHERE.search(frame):
        return "other"
    if _HERE.search(frame):
        return "article"
    return "chapter" if _CHAPTER.search(frame) else "document"


def _terms(key: str, start: int, end: int, *, longest: int, several: bool = False) -> Iterator[Place]:
    """The terms between what leads to them and the verb: each in quotation marks, ``several`` joined, or one."""
    quoted = list(_QUOTED.finditer(key, start, end))
    if quoted:
        inner = [
            q
            for q, after in zip(quoted, [*quoted[1:], None], strict=True)
            if not after or "中的" not in key[q.end() : after.start()]
        ]
        yield from (found.span(1) for found in inner)
        return
    text = style("tail").sub("", _BRACKET.sub("", key[start:end].rstrip(",、:")))
    if several:
        cuts = [(0, 0), *(m.span() for m in _AND.finditer(text)), (len(text), len(text))]
        yield from ((start + a, start + b) for (_, a), (b, _) in pairwise(cuts) if b - a > 1)
    elif 1 < len(text) <= longest and not re.search(r"[。;:!?]" if longest > LONGEST else r"[,。;:!?]", text):
        yield start, start + len(text)
