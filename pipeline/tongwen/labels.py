"""What a line begins with: the number of an item, an article, a division, a box, a figure or a table, as printed.

All patterns work on the search key, in which ``（一）`` and ``(一)``, ``條`` and ``条`` are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import numeric

from tongwen.lexicon import rows
from tongwen.numerals import BRANCHES, CHINESE, FORMAL, STEMS, WORDS, chinese, formal, number, roman

_SPACED = rf"[{CHINESE}](?: [{CHINESE}]){{1,8}}"
"""第 十 二 条: spaced out by a scanner or by the printer."""

NUMERAL = rf"(?:[0-9]{{1,5}}|[{CHINESE}]{{1,9}})"

_ONE = ("①-⑳", "⑴-⒇", "⒈-⒛", "㈠-㈩", "Ⅰ-Ⅻⅰ-ⅻ")

ONE = "".join(_ONE)
"""The numbers that are one character, as ranges of a character class."""

ENCLOSED = "①⑴㈠"
"""The numbers 1 that are one character with its circle or brackets."""

_KINDS = {
    "{n}": rf"(?P<n>[{CHINESE}]{{1,5}})",
    "{d}": r"(?P<d>[0-9]{1,3})",
    "{a}": r"(?P<a>[a-z])",
    "{r}": r"(?P<r>[ivxl]{1,6})",
    "{s}": rf"(?P<s>[{STEMS}])",
    "{b}": rf"(?P<b>[{BRANCHES}])",
    "{f}": rf"(?P<f>[{FORMAL}]{{1,3}})",
    **{f"{{{kind[0]}}}": f"(?P<one>[{kind}])" for kind in _ONE},
}

NUMERALS = rf"\da-z{CHINESE}{STEMS}{BRANCHES}{FORMAL}{ONE}"
"""The characters that a number of any kind is made of, for character classes."""


class Label(NamedTuple):
    """``style`` names the row of enumerators.tsv, ``value`` its number, ``length`` the code points it takes.

    ``counts``: another numeral follows, so that it may be a number in the text: 二、三级保护.
    """

    style: str
    value: int
    length: int
    counts: bool = False


_FIRST_ELEMENT = re.compile(r"\{\w+\}|\\?.")


@cache
def _styles() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Each style with what its numbers begin with, a numeral or a bracket, and its pattern."""
    return tuple(
        (style, re.compile(_fill(_FIRST_ELEMENT.match(pattern)[0])), re.compile(_fill(pattern)))  # type: ignore[index]
        for style, pattern, _reason in rows("enumerators.tsv")
    )


def _fill(pattern: str) -> str:
    for mark, group in _KINDS.items():
        pattern = pattern.replace(mark, group)
    return pattern


_NUMERALS = {*CHINESE, *"0123456789"}


@lru_cache(maxsize=1 << 12)
def _opened_by(first: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The styles whose numbers may begin with a character: none for most, and so for most lines."""
    return tuple((style, pattern) for style, opening, pattern in _styles() if opening.match(first))


HEAD = 16
"""Code points at the start of a line that settle what number it bears, unless blanks go on behind them."""

_OTHER = "。"
"""Stands for what is behind a number and of which no style asks what it is."""


@cache
def _told_apart() -> re.Pattern[str]:
    """The characters at the start of a line that any style tells from others."""
    printed = {*"".join(pattern for _style, pattern, _reason in rows("enumerators.tsv"))} - {_OTHER}
    return re.compile(rf"[{NUMERALS}{re.escape(''.join(sorted(printed)))}\s]{{0,{HEAD}}}")


def labels(line: str) -> tuple[Label, ...]:
    """Every reading of a line's first characters as an item number: ``(i)`` is a letter and a Roman numeral."""
    if not _opened_by(line[:1]):
        return ()
    head = _told_apart().match(line)[0]  # type: ignore[index]
    if len(head) == HEAD and head[-1].isspace():
        return _read(line)
    return _remembered(head if len(head) in (HEAD, len(line)) else head + _OTHER)


def _read(line: str) -> tuple[Label, ...]:
    found = []
    for style, pattern in _opened_by(line[:1]):
        match = pattern.match(line)
        value = _value(match) if match else None
        if match and value is not None:
            found.append(Label(style, value, match.end(), line[match.end() : match.end() + 1] in _NUMERALS))
    return tuple(found)


_remembered = lru_cache(maxsize=1 << 12)(_read)  # all texts count alike, and the stages ask again and again


_VALUES: dict[str, Callable[[str], int | None]] = {
    "n": chinese,
    "d": int,
    "a": lambda printed: ord(printed) - ord("a") + 1,
    "r": roman,
    "s": lambda printed: STEMS.index(printed) + 1,
    "b": lambda printed: BRANCHES.index(printed) + 1,
    "f": formal,
    "one": lambda printed: int(numeric(printed)),
}


def after_mark(key: str, length: int) -> int:
    """Where the title begins behind a number of ``length``."""
    rest = key[length:]
    return length + len(rest) - len(rest.lstrip(" :.、-"))


def _value(match: re.Match[str]) -> int | None:
    name = match.lastgroup
    return _VALUES[name](match[name]) if name else None


BULLET = re.compile(
    r"(?:[•·●○■□◆◇▪▫◦∙⁃⚫❖➔→‣►➢➤✓✔※\uf0b7\uf0a7\uf0d8\uf076\uf0fc]|[*–—-](?= )|o(?= )"
    r"|[Øø§ü](?= )|[lnu](?= +[\u3400-\u9fff]))\s*"
)
"""Signs, and letters that a dump gives for those of a symbol font."""

LATIN_SUBS = {"bis": "1", "ter": "2", "quater": "3"}

_MISREAD = r"(?=[0-9]*[l|])[0-9l|]{1,4}"
"""第l条: a letter or a stroke for 1, as scanners read."""

_READ = {ord("-"): "一", ord("l"): "1", ord("|"): "1", ord(" "): ""}

_ARTICLE = re.compile(
    rf"(?:[第笫] ?(?P<cn>{NUMERAL}|{_SPACED}|[{CHINESE}]*-[{CHINESE}]*|(?P<roman>[ivx]{{1,6}}|[Ⅰ-Ⅻⅰ-ⅻ])|{_MISREAD})"
    rf"(?P<sub> ?- ?(?:[0-9]{{1,3}}|[a-z])|\.[0-9]{{1,3}}|[a-z])? ?条(?P<zhi>(?: ?之 ?{NUMERAL})*)"
    rf"|art(?:icle|\.) ?(?P<en>[0-9]{{1,5}}|[ivxl]{{1,7}})(?P<ensub>[.-][0-9]{{1,3}}| (?:bis|ter|quater))?\b\.?"
    r"|(?:规则|rule) ?(?P<rule>[0-9]{1,3})(?P<rulesub>[.-][0-9]{1,3}| (?:bis|ter|quater))?(?=[:.]? |[:.]?$))"
)


@dataclass(frozen=True, slots=True)
class ArticleLabel:
    """``number``: (15, 1) for 第十五條之一, 第 15-1 條, 第15A條 and 第15.1条.

    ``misprinted``: －, l or 笫 stands for 一, 1 or 第.
    """

    number: tuple[int, ...]
    length: int
    misprinted: bool = False


def article_label(line: str, start: int = 0) -> ArticleLabel | None:
    """第N條 (之M), 第 N-M 條, Article N, or the number of a rule that stands apart, at ``start`` of a line's key."""
    match = _ARTICLE.match(line, start)
    return _article(match[0]) if match else None


@lru_cache(maxsize=1 << 12)
def _article(printed: str) -> ArticleLabel | None:
    """Remembered, since all texts count their articles alike."""
    match = _ARTICLE.match(printed)
    if not match:
        return None
    cn, figure, sub, zhi = match.group("cn", "roman", "sub", "zhi")
    en, ensub = match["en"] or match["rule"], match["ensub"] or match["rulesub"]
    if en:
        first = number(en) if en.isdigit() else roman(en)
        subs = [LATIN_SUBS.get(ensub[1:], ensub[1:])] if ensub else []
    else:
        first = _any(figure) if figure else number(cn.translate(_READ))
        subs = [sub.strip(" -.")] if sub else [after.strip() for after in zhi.split("之")[1:]]
    values = [first, *(ord(s) - ord("a") + 1 if s.isalpha() and s.isascii() else number(s) for s in subs)]
    if None in values:
        return None
    misprinted = printed[0] == "笫" or (cn is not None and not {*"-l|"}.isdisjoint(cn))
    return ArticleLabel(tuple(v for v in values if v is not None), len(printed), misprinted)


@dataclass(frozen=True, slots=True)
class DivisionLabel:
    """``rank`` orders the divisions from the outermost (10 编, 20 章, …); ``number`` is None for a bare 附件."""

    rank: int
    kind: str
    number: tuple[int, ...] | None
    length: int


_LETTER = "(?P<letter>[a-hj-uwyz])"


@cache
def _divisions() -> tuple[tuple[re.Pattern[str], int, str], ...]:
    words = "|".join(sorted(WORDS, key=len, reverse=True))
    first = (
        rf"(?P<n>[0-9]{{1,5}}|{_SPACED}|[{CHINESE}]{{1,9}}|[{FORMAL}]+|[Ⅰ-Ⅻⅰ-ⅻ]|(?:[ivxl]{{1,7}}|{words})(?![a-z0-9]))"
    )
    group = first + rf"(?P<zhi>(?:之{NUMERAL})+|-(?:[0-9]+|[ivxl]+)\b)?"
    after = rf"(?:之(?P<after>{NUMERAL}))?"
    return tuple(
        (re.compile(pattern.replace("{n}", f"(?:{group})").replace("{l}", _LETTER) + after), int(rank), kind)
        for pattern, rank, kind, _reason in rows("divisions.tsv")
    )


_DIVISION_OPENERS = re.compile(r"第|附|[a-z] ?节|part|chap|sect|title|item|annex|sched|append")


def division_label(line: str) -> DivisionLabel | None:
    """第N編/章/節…, Chapter N, 附件N at the start of a line's key."""
    if not _DIVISION_OPENERS.match(line):
        return None
    for pattern, rank, kind in _divisions():
        match = pattern.match(line)
        if match:
            return DivisionLabel(rank, kind, _division_number(match), match.end())
    return None


def _division_number(match: re.Match[str]) -> tuple[int, ...] | None:
    if "letter" in match.re.groupindex:
        return (ord(match["letter"]) - ord("a") + 1,)
    if "n" not in match.re.groupindex or not match["n"]:
        return None
    first = _any(match["n"])
    rest = [_any(part) for part in re.split("[之-]", match["zhi"])[1:]] if match["zhi"] else []
    rest += [_any(match["after"])] if match["after"] else []
    return None if first is None else (first, *(v for v in rest if v is not None))


def _any(text: str) -> int | None:
    if "Ⅰ" <= text[:1] <= "ⅻ":
        return int(numeric(text))
    return number(text.replace(" ", "")) or formal(text) or roman(text) or WORDS.get(text)


@dataclass(frozen=True, slots=True)
class CaptionLabel:
    """``kind``: box, figure or table; ``number`` as printed, "" without one; ``length``: what kind and number take."""

    kind: str
    number: str
    length: int


_CAPTION_NUMBER = (
    r"(?P<n>(?:[a-z]\.?)?[0-9]{1,3}(?:[-.][0-9]{1,2})*|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
)


@cache
def _captions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    behind = r"(?![0-9])[.。:： -]{0,3}"
    return tuple(
        (kind, re.compile(pattern.replace("{n}", _CAPTION_NUMBER) + behind))
        for kind, pattern, _reason in rows("captions.tsv")
    )


@cache
def _any_caption() -> re.Pattern[str]:
    """Most lines name nothing, and one pattern tells so."""
    number = _CAPTION_NUMBER.replace("?P<n>", "?:")
    patterns = (pattern.replace("{n}", number) for _kind, pattern, _reason in rows("captions.tsv"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def caption_labels(line: str) -> Iterator[CaptionLabel]:
    """Every reading of a line's first characters as what names a box, a figure or a table: 文本 1, 图 2, Table 3."""
    for kind, pattern in _captions() if _any_caption().match(line) else ():
        if match := pattern.match(line):
            yield CaptionLabel(kind, match["n"] or "", match.end())


def said_from(line: str) -> int:
    """Where a line's own words begin behind the number of an article, an item, a box, a figure or a table."""
    article = article_label(line)
    if article:
        return _blanks(line, article.length)
    if length := max((label.length for label in labels(line)), default=0):
        return _blanks(line, length)
    bullet = BULLET.match(line)
    return bullet.end() if bullet else next((label.length for label in caption_labels(line)), 0)


def _blanks(line: str, at: int) -> int:
    return at + len(line[at:]) - len(line[at:].lstrip())
