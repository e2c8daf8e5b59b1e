"""Short forms, acronyms and other names that a text gives a term: X(以下简称Y), X(English name, ABBR), X,又称Y."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tongwen.terms.boundary import Usage, clause_start, left_boundary
from tongwen.terms.drafting import Scope, narrowed
from tongwen.terms.english_names import acronym_of, is_english, long_form
from tongwen.terms.running import Place, Running
from tongwen.terms.runs import Runs
from tongwen.terms.styles import abbreviation_style

Kind = Literal["short", "acronym", "name", "alias", "self"]

LONGEST = 60
"""Characters of a short form."""

SYMBOL = 4
"""Characters of a symbol that may have one capital: Pa, Lmax."""

_BRACKET = re.compile(r"\(([^()]{1,120})\)")
_ACRONYM = re.compile(r"[a-z][a-z0-9/&.-]{1,11}")
_NAME = re.compile(r"(?P<name>[a-z][a-z .,'/&-]*?[a-z.])(?:[,;]\s*(?P<acronym>[a-z][a-z0-9/&.-]{1,11}))?")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_OPENERS = ('"', "'", "《")
_ARTICLE_QUOTED = re.compile(r"(?:as )?(?:the|this|these|each|an?) ?\" ?(?P<name>[^\"]*[^\" ]) ?\"?")
_END = re.compile(r"[,。;:!?()\"'《》\[\]•]")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """``full``: the long form, or the term that has another name; ``short``: the other; both stand in ``run``.

    ``sure``: the left end of the long form is told by a mark, by usage or by the words before it.
    """

    run: Running
    full: Place
    short: Place
    kind: Kind
    sure: bool
    scope: Scope = "document"


@dataclass(frozen=True, slots=True)
class _Given:
    """Where a long form ends and its short form stands; ``several``: it stands for all that is joined before it.
    ``scope``: for what the words between say that it is short; without them, for the document."""

    run: Running
    end: int
    short: Place
    kind: Kind
    several: bool = False
    scope: Scope = "document"


def abbreviations(runs: Runs) -> list[Abbreviation]:
    """All that a document gives, in order."""
    giving = map(runs.__getitem__, runs.having(abbreviation_style("sign")))
    given = [one for run in giving for one in sorted((*_bracketed(run), *_behind(run)), key=lambda one: one.short)]
    usage = Usage(runs, ((one.run, one.end) for one in given))
    return [found for one in given for found in _found(one, usage)]


def _bracketed(run: Running) -> Iterator[_Given]:
    for bracket in _BRACKET.finditer(run.key):
        said = _said(bracket[1])
        english = is_english(run, bracket.start())
        if said is not None and (english or said[1]):
            role, length = said
            yield from _given(run, bracket.start(), bracket.start(1) + length, bracket.end(1), role)
        elif english and acronym_of(run, bracket.start(), bracket.span(1)):
            yield _Given(run, bracket.start(), bracket.span(1), "acronym")
        elif not abbreviation_style("aside").match(bracket[1]) and _named(run, bracket):
            yield from _names(run, bracket)


def _said(inner: str) -> tuple[Kind, int] | None:
    ways: tuple[tuple[Kind, str], ...] = (("short", "short"), ("alias", "alias"), ("alias", "inside"))
    return next(((kind, m.end()) for kind, role in ways for m in [abbreviation_style(role).match(inner)] if m), None)


def _names(run: Running, bracket: re.Match[str]) -> Iterator[_Given]:
    """(ABBR), (English name) or both."""
    name, at = _NAME.fullmatch(bracket[1]), bracket.start(1)
    if name is None:
        return
    if name["acronym"] and sum(c.isupper() for c in run.printed[slice(*_in(name, "acronym", at))]) < 2:
        yield _Given(run, bracket.start(), bracket.span(1), "name")
        return
    kind: Kind = "acronym" if _ACRONYM.fullmatch(bracket[1]) and _made_of_letters(run, bracket.span(1)) else "name"
    places: list[tuple[Kind, str]] = [("acronym", "acronym"), (kind, "name")] if name["acronym"] else [(kind, "name")]
    for what, group in places:
        yield _Given(run, bracket.start(), _in(name, group, at), what)


def _made_of_letters(run: Running, place: Place) -> bool:
    """Whether a word is an acronym or a symbol (WHO, Pa): one long word with one capital is a name."""
    printed = run.printed[slice(*place)]
    return len(printed) <= SYMBOL or sum(c.isupper() for c in printed) > 1


def _in(name: re.Match[str], group: str, at: int) -> Place:
    return at + name.start(group), at + name.end(group)


def _named(run: Running, bracket: re.Match[str]) -> bool:
    """Whether Chinese stands before the bracket, and what is in it is written as a name."""
    before = run.key[bracket.start() - 1 : bracket.start()]
    if not before or not (_HANZI.match(before) or before in "\"'》"):
        return False
    return any(character.isupper() for character in run.printed[slice(*bracket.span(1))])


@cache
def _after_comma(role: Kind) -> re.Pattern[str]:
    return re.compile(rf",(?={abbreviation_style('behind').pattern})(?:{abbreviation_style(role).pattern})")


def _behind(run: Running) -> Iterator[_Given]:
    """X,以下简称Y; X,又称Y."""
    roles: tuple[Kind, ...] = ("short", "alias")
    for role in roles:
        for said in _after_comma(role).finditer(run.key):
            opened = run.key[said.end() : said.end() + 1]
            end = _END.search(run.key, said.end() + (opened in _OPENERS))
            stop = end.start() + (opened == "《") if end else len(run.key)
            yield from _given(run, _before_name(run.key, said.start()), said.end(), stop, role)


def _before_name(key: str, end: int) -> int:
    """Where the long form ends before a comma in brackets that first give its name: X(English name,以下简称Y)."""
    opened = key.rfind("(", max(0, end - LONGEST), end)
    return opened if opened > 0 and _NAME.fullmatch(key, opened + 1, end) else end


def _given(run: Running, full: int, start: int, end: int, role: Kind) -> Iterator[_Given]:
    tail = abbreviation_style("tail").search(run.key, start, end)
    place = _unquoted(run.key, start, tail.start() if tail else end)
    if place:
        own = abbreviation_style("self").fullmatch(run.key[slice(*place)].replace('"', ""))
        place = _inside_quotes(run.key, *place)
        several = abbreviation_style("several").match(run.key, full + 1, start)
        scope = narrowed(run.key[full : place[0]])
        yield _Given(run, full, place, "self" if own else role, bool(several), scope)


def _inside_quotes(key: str, start: int, end: int) -> Place:
    """Y of the "Y": in English an article may stand before the quotation marks."""
    quoted = _ARTICLE_QUOTED.fullmatch(key, start, min(end + 1, len(key)) if key[end : end + 1] == '"' else end)
    return quoted.span("name") if quoted else (start, end)


def _unquoted(key: str, start: int, end: int) -> Place | None:
    """Where a short form stands, its quotation marks left out."""
    while start < end and key[start] in " :":
        start += 1
    if start < end and key[start] in "\"'" and key.find(key[start], start + 1, end) in (-1, end - 1):
        start += 1
    while end > start and (key[end - 1] == " " or (key[end - 1] in "\"'" and key[end - 1] not in key[start : end - 1])):
        end -= 1
    if key[start - 1] not in "\"'" and (comma := key.find(",", start, end)) > start:
        end = comma  # 登记执照,格式如附件一
    return (start, end) if 0 < end - start <= LONGEST and not re.search(r"[。;]", key[start:end]) else None


def _found(given: _Given, usage: Usage) -> Iterator[Abbreviation]:
    run = given.run
    if is_english(run, given.end) and run.key[given.short[0]].isascii():
        start, stop, sure = long_form(run, given.end, given.short) or (given.end, given.end, False)
    elif given.several and run.key[given.end - 1] not in "\"'》":
        start, stop, sure = clause_start(run, given.end), given.end, True
    else:
        short = run.key[slice(*given.short)].removeprefix("本") if given.kind in ("short", "self") else ""
        start, stop, sure = left_boundary(run, given.end, short, usage)
    if stop - start > (given.kind != "alias"):
        yield Abbreviation(run, (start, stop), given.short, given.kind, sure, given.scope)
