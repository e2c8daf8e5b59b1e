"""The styles of drafting, each finding its definitions in one run of text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from tongwen.terms.english_definitions import meant
from tongwen.terms.running import SENTENCE, Place, Running
from tongwen.terms.styles import style

Scope = Literal["document", "article", "chapter", "other"]

LONGEST = 40
"""Characters of a term to which nothing leads."""

NEAR = 3
"""Entries of a glossary above one that may be a kind of them."""

BEFORE = 80
"""Characters before a term that may say where it means this: 本条所称."""

OPEN = 20
"""Characters at a sentence's end in which 等 says that a list is open."""

SYMBOL = 4
"""Characters of what may be a symbol and no word: Leq."""

FRAMED = 70
"""Characters of one to which something does: it may have a comma."""

_QUOTED = re.compile(r"([\"'])(?P<term>[^\"']{1,60})\1")
_BRACKET = re.compile(r"\((?:[^()]{3,}|[^()]*[a-z][^()]*|(?<=[a-z]\()[^()]+)\)$")
_PAIR = re.compile(r"[\"']?\((?P<inner>[^()]{1,80})\)")
_OTHER = {True: re.compile(r"[a-z][a-z0-9 .'/&-]*"), False: re.compile(r"[\u3400-\u9fff、]+")}
"""What an equivalent is written in, of a Chinese term and of another."""

_HANZI = re.compile(r"[\u3400-\u9fff]")
_THEREIN = re.compile("其中,?")
_AND = re.compile(r"、|及|和|与|或者?")
_HERE = re.compile(r"(?:前[一二三四五六七八九十]?|本|第[一二三四五六七八九十]+)[项款段]|本条(?![例约])")
_CHAPTER = re.compile(r"本[章节编]")
_NAMED = re.compile(r"\"([^\"]{1,40})\"|([^,。;:()\"]{2,16})(?=[,。;]|$)")
_ELSEWHERE = re.compile(r"第[0-9一二三四五六七八九十百千零]+条|前条|》")


@dataclass(frozen=True, slots=True)
class Definition:
    """``term``, ``meaning``: where they stand in ``run``; ``style``: the words that make it a definition.

    ``more``: the runs in which the meaning goes on; ``equivalent``: the term in the other language, in brackets.
    """

    run: Running
    term: Place
    meaning: Place
    scope: Scope
    style: tuple[Place, ...]
    more: tuple[Running, ...] = ()
    equivalent: Place | None = None

    @property
    def start(self) -> int:
        """Where the words of the definition begin in its run."""
        return min(start for start, _ in (self.term, *self.style))

    @property
    def head(self) -> str:
        """What the term is a kind of, there: 去罪化 of 针对毒品使用的去罪化."""
        return re.split("[的之]", self.run.key[slice(*self.term)])[-1]


def _sentences(run: Running, role: str, *, labelled: bool = False) -> Iterator[re.Match[str]]:
    """Those of a run, ``labelled`` with its label, in which a sign of the role stands."""
    sign = style(role)
    if not sign.search(run.key):  # before the label is looked for, which takes longer
        return
    start = 0 if labelled else run.label
    yield from (found for found in SENTENCE.finditer(run.key, start) if sign.search(run.key, *found.span()))


def framed(run: Running) -> Iterator[Definition]:
    """本法所称X,是指Y and 称"X"者,谓Y."""
    for sentence in _sentences(run, "framing", labelled=True):
        at = sentence.start()
        while frame := style("frame", "weak").search(run.key, at, sentence.end()):
            at = frame.end()
            strong = bool(style("frame").fullmatch(frame[0])) or run.key[at : at + 1] in "\"'"
            verbs = style("verb", "loose") if strong else style("verb")
            first, last = _behind_quote(run.key, at), min(sentence.end(), at + FRAMED)
            verb = verbs.search(run.key, first, last)
            if verb and verb[0].endswith("为"):
                verb = style("verb").search(run.key, first, last) or verb
            if verb and run.key[at : verb.start()].count("'") % 2:
                continue  # 所称'以非法占有为目的'
            if verb is None or style("deeming").search(run.key, at, verb.start()) or verb.end() >= len(run.key):
                continue
            if "包括" in verb[0] and style("open").search(
                run.key, max(verb.end(), sentence.end() - OPEN), sentence.end()
            ):
                continue
            scope = scope_of(run.key[max(sentence.start(), run.label, at - BEFORE) : at])
            if verb[0].endswith("为") and "," in run.key[at : verb.start()]:
                continue
            named = (at, verb.start() - (run.key[verb.start() - 1] == "者" and frame[0] == "称"))
            for term in _terms(run.key, *named, longest=FRAMED, several="分别" in verb[0]):
                yield _definition(run, term, (verb.end(), sentence.end()), scope, frame.span(), verb.span())
            at = verb.end()


def _behind_quote(key: str, at: int) -> int:
    """From where a verb may follow a term that begins here: behind its quotation marks (以营利为目的)."""
    closed = key.find(key[at], at + 1, at + FRAMED) if key[at : at + 1] in ("'", '"') else -1
    return closed + 1 if closed > 0 else at + 1


def items(run: Running, listed: Mapping[str, Scope]) -> Iterator[Definition]:
    """一、X:指Y, in a list of definitions or with a verb of meaning behind its colon."""
    inside = run.record in listed
    if not inside and not _meant().search(run.key):
        return
    start = run.label
    verb = _colon() if inside else _meant()
    found = verb.search(run.key, start + 1, start + FRAMED) if start or inside else None
    if found is None or found.end() >= len(run.key):
        return
    either = "或者" in run.key[start : found.start()]
    for term in _terms(run.key, start, found.start(), longest=LONGEST, several=either):
        yield _definition(run, term, (found.end(), len(run.key)), listed.get(run.record, "document"), found.span())


def paired(run: Running, listed: bool) -> Iterator[Definition]:
    """Hong Kong: X(English)指Y, X(English)具有…的涵义 and, in a ``listed`` definition, X(English)包括Y."""
    if not style("pairing").search(run.key):
        return
    start = run.label
    verb = style("paired", *(("also",) if listed else ())).search(run.key, start + 4, start + 2 * LONGEST)
    opened = run.key.rfind("(", start + 1, verb.start()) if verb else -1
    pair = equivalent(run, opened) if opened > 0 else None
    if verb is None or pair is None or verb.end() >= len(run.key):
        return
    terms = [(start, opened)] if opened == start + 1 else _terms(run.key, start, opened, longest=LONGEST)
    for term in terms:
        found = _definition(run, term, (verb.end(), _sentence_end(run.key, verb.end())), "document", verb.span())
        yield replace(found, equivalent=pair)


def _sentence_end(key: str, start: int) -> int:
    found = SENTENCE.match(key, start)
    return found.end() if found else len(key)


def equivalent(run: Running, end: int) -> Place | None:
    """The term that ends at ``end`` in another language, in the brackets behind it: not an acronym."""
    found = _PAIR.match(run.key, end)
    if found is None:
        return None
    chinese = bool(_HANZI.match(run.key[:end].rstrip("\"'")[-1:]))
    inner = _OTHER[chinese].match(found["inner"])
    if inner is None or (inner.end() < len(found["inner"]) and found["inner"][inner.end()] not in ",;"):
        return None
    place = found.start("inner"), found.start("inner") + inner.end()
    printed = run.printed[slice(*place)]
    return None if chinese and (printed.isupper() or (len(printed) <= SYMBOL and not printed.islower())) else place


def entries(run: Running, entries: Collection[str], above: Sequence[Definition]) -> Iterator[Definition]:
    """Paragraphs of a glossary: X指Y; and 法律X,Y behind an entry for X."""
    if run.record not in entries:
        return
    aside = style("aside").match(run.key)
    start = aside.end() if aside else 0
    verb = style("verb", "entry").search(run.key, start + 1, start + LONGEST)
    comma = run.key.find(",", start, start + LONGEST)
    if verb is not None and not 0 <= comma < verb.start():
        for term in _terms(run.key, start, verb.start(), longest=LONGEST):
            yield _definition(run, term, (verb.end(), len(run.key)), "document", verb.span())
    elif comma > start and any(run.key[start:comma].endswith(head) for head in _heads(above)):
        yield _definition(run, (start, comma), (comma + 1, len(run.key)), "document", (comma, comma + 1))


def _heads(above: Sequence[Definition]) -> Iterator[str]:
    """What the terms that were defined last are kinds of: 去罪化 of 针对毒品使用的去罪化."""
    yield from (found.head for found in above[-NEAR:])


@cache
def _colon() -> re.Pattern[str]:
    return re.compile(rf",?(?:{style('verb').pattern})|:(?:[是系]?指)?")


@cache
def _meant() -> re.Pattern[str]:
    return re.compile(r":(?:[是系])?指")


def plain(run: Running) -> Iterator[Definition]:
    """X,是指Y at the start of a sentence."""
    for sentence in _sentences(run, "meaning"):
        for start in _starts(run.key, sentence.start(), sentence.end()):
            near = start + 1, min(sentence.end(), start + LONGEST)
            verb = style("verb").search(run.key, *near) if style("meaning").search(run.key, *near) else None
            if verb is not None and verb.end() < len(run.key):
                scope = scope_of(run.key[max(sentence.start(), start - BEFORE) : start])
                for term in _terms(run.key, start, verb.start(), longest=LONGEST):
                    yield _definition(run, term, (verb.end(), sentence.end()), scope, verb.span())


def _starts(key: str, start: int, end: int) -> Iterator[int]:
    aside = style("aside").match(key, start, end)
    yield aside.end() if aside else start
    yield from (found.end() for found in _THEREIN.finditer(key, start + 1, end))


def english(run: Running) -> Iterator[Definition]:
    """ "X" means Y."""
    for term, meaning, verb in meant(run):
        yield _definition(run, term, meaning, "document", verb)


def named(run: Running) -> Iterator[Definition]:
    """…,称为X."""
    for sentence in _sentences(run, "naming"):
        at = sentence.start()
        if style("deeming").search(run.key, *sentence.span()):
            continue
        for found in style("named").finditer(run.key, *sentence.span()):
            rest = _NAMED.match(run.key, found.end())
            if rest and at < found.start():
                scope = scope_of(run.key[at : found.end()])
                yield Definition(run, rest.span(1 if rest[1] else 2), (at, found.start()), scope, (found.span(),))
                at = rest.end()


def _definition(run: Running, term: Place, meaning: Place, scope: Scope, *how: Place) -> Definition:
    start, end = meaning
    while start < end - 1 and run.key[start] in ",:- ":
        start += 1
    while run.key[end - 1] == ";" and style("goes on").match(run.key, end):
        end = _sentence_end(run.key, end)
    return Definition(run, term, (start, end), scope, how, equivalent=equivalent(run, term[1]))


def scope_of(frame: str) -> Scope:
    if _ELSEWHERE.search(frame):
        return "other"
    if _HERE.search(frame):
        return "article"
    return "chapter" if _CHAPTER.search(frame) else "document"


def narrowed(said: str) -> Scope:
    """The scope of what is said for its own article or chapter alone, as the words before it tell."""
    found = style("within").search(said)
    return "document" if found is None else "chapter" if _CHAPTER.search(found[0]) else "article"


def _terms(key: str, start: int, end: int, *, longest: int, several: bool = False) -> Iterator[Place]:
    """The terms between what leads to them and the verb: each in quotation marks, ``several`` joined, or one."""
    quoted = list(_QUOTED.finditer(key, start, end))
    if quoted:
        inner = [
            q
            for q, after in zip(quoted, [*quoted[1:], None], strict=True)
            if not after or "中的" not in key[q.end() : after.start()]
        ]
        yield from (found.span("term") for found in inner)
        return
    start += key[start] in "\"'"  # a quotation mark that is never closed
    printed = style("clause").sub("", key[start:end].rstrip(",、:"))
    text = style("tail").sub("", _BRACKET.sub("", printed))
    marks = r"[。;:!?\"']" if longest > LONGEST else r"[,。;:!?\"']"
    if several:
        cuts = [(0, 0), *(m.span() for m in _AND.finditer(text)), (len(text), len(text))]
        yield from ((start + a, start + b) for (_, a), (b, _) in pairwise(cuts) if b - a > 1)
    elif 1 < len(text) <= longest and not re.search(marks, text):
        yield start, start + len(text)
