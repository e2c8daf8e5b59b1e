"""How much the neighbours of digits speak for a note marker: reads the tables."""

from __future__ import annotations

import re
from functools import cache

from tongwen import lexicon
from tongwen.structure.notes.stream import Stream

NEVER = -9.0

SHORTEST = 4
"""Letters: shorter capitals make a name with the figure behind them (PM10, CO2) rather than carry a marker."""

QUANTITY = 1.5
"""What a word of counting before the digits takes from their weight."""

_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇]")
_CELL = re.compile(r"[0-9%] +[0-9]+\Z")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\Z")
_TAIL = re.compile(r"[^\W\d_]+\Z")
_LONGEST_WORD = 12
_AT_START = {"line-stop", "line-text", "line-under", "top"}
_BEHIND_LABEL = ".)、]"
_BREAKS = {"stop", "comma"}
_ITEM = ".、"
_CLOSED = {"stop", "closer", "percent", "wordstop"}
_OPENERS = "“‘「『"


def weigh(page: Stream, start: int, end: int) -> float:
    """The weight of the digits from ``start`` to ``end``, a stretch of the stream without a line break."""
    left, right = _left(page, start), _right(page, start, end)
    if (left in _AT_START and page.key[end] in _BEHIND_LABEL) or (left in _BREAKS and page.key[end] in _ITEM):
        return NEVER
    if right == "spaced-unit":
        right = "space" if left in _CLOSED else "unit"
    weight = _weights().get((left, right), NEVER)
    if weight <= NEVER or _refers(page, start, left):
        return NEVER
    return weight


def quantity(key: str, start: int) -> float:
    """What is taken off where a word of counting stands before the digits."""
    before = key[max(0, start - 3) : start].rstrip()
    return QUANTITY if before.endswith(_words("quantity")) and not before.endswith(_words("uncounted")) else 0.0


def _left(page: Stream, start: int) -> str:
    key = page.key
    before = key[start - 1] if start else "\n"
    if before == "\n":
        return _line_start(page, start)
    if before == " ":
        return _spaced(page, start - 1)
    if before == ".":
        return _full_stop(key, start)
    if page.text[start - 1] in _OPENERS:
        return "opener"
    if before in ",、" and page.text[start - 1] != "，" and key[max(0, start - 5) : start - 1].rstrip()[-1:].isdigit():
        return "figure"
    return _classes("left").get(before) or _letter(before)


def _spaced(page: Stream, start: int) -> str:
    """What stands before the space before the digits, as programs set one that meet a raised figure."""
    before = page.key[start - 1] if start else "\n"
    if before == ".":
        return f"spaced-{_full_stop(page.key, start)}"
    name = _classes("left").get(before) or _letter(before)
    return "space" if name == "other" else f"spaced-{name}"


def _line_start(page: Stream, start: int) -> str:
    line = page.line(start)
    if line == 0:
        return "top"
    if not page.lines[line - 1].ends_sentence:
        return "line-text"
    return "line-under" if _under(page, line) else "line-stop"


def _under(page: Stream, line: int) -> bool:
    """Whether a figure has a line of its own right under a text, and a blank line below."""
    below = line + 1 == len(page.lines) or page.lines[line + 1].blank_before
    return below and page.lines[line].key.isdigit() and not page.lines[line].blank_before


def _full_stop(key: str, start: int) -> str:
    """A full stop behind a word, a year or another figure."""
    if not key[start - 2].isdigit():
        return "wordstop"
    if _CELL.search(key, max(0, start - 12), start - 1):
        return "decimal"
    return "yearstop" if _YEAR.search(key, max(0, start - 6), start - 1) else "figurestop"


def _letter(character: str) -> str:
    return "hanzi" if _HANZI.match(character) else "latin" if character.isalpha() else "other"


def _right(page: Stream, start: int, end: int) -> str:
    if page.key[end].isdigit():
        return "fused"
    after, beyond = page.key[end], page.key[end + 1 : end + 2]
    if page.key.startswith(_words("after"), end):
        return "hanzi"
    if after == "\n":
        return "end"
    if after == "." and page.key[end + 1 : end + 3].strip().isdigit() and beyond == "\n":
        return "decimal" if _HANZI.match(page.key[start - 1]) else "stop"
    if after == " ":
        return _right_of_space(beyond)
    return _classes("right").get(after) or _letter(after)


def _right_of_space(beyond: str) -> str:
    name = _classes("right").get(beyond)
    if name == "stop":
        return "spaced-mark"
    return "spaced-unit" if name == "unit" and _HANZI.match(beyond) else "space"


def _numbered(before: str) -> bool:
    """Whether a text ends in a word that numbers a thing."""
    word = max((w for w in _words("reference") if before.endswith(w)), key=len, default="")
    if not word or before.endswith(_words("plain")):
        return False
    return stands_free(before[: -len(word)], word)


def stands_free(before: str, word: str) -> bool:
    """Whether a word that numbers a thing is no end of a longer one, as 图 is of 附图; one character is that word only
    behind what is none or joins it: 见图1, but not 地图1."""
    longer = (w for w in _words("reference") if len(w) > len(word) and w.endswith(word))
    if any(before.endswith(w.removesuffix(word)) for w in longer):
        return False
    return len(word) > 1 or not _HANZI.match(before[-1:]) or before[-1:] in _words("joiner")


def _names(word: str, printed: str) -> bool:
    """Whether letters are no word of a sentence but make a name with the figure behind them."""
    return len(word) == 1 or (len(word) < SHORTEST and printed.isupper())


def _refers(page: Stream, start: int, left: str) -> bool:
    """Whether the word before the digits makes them a reference or a name; a line break may stand between."""
    before = page.key[max(0, start - _LONGEST_WORD) : start].replace("\n", "").rstrip()
    if left in {"hanzi", "line-text", "spaced-hanzi"} and before and not before[-1].isascii():
        return _numbered(before)
    if left in {"latin", "line-text"}:
        word = _TAIL.search(before)
        return word is not None and (
            _names(word[0], page.text[start - len(word[0]) : start]) or word[0] in _words("reference")
        )
    if left == "spaced-latin":
        word = _TAIL.search(before)
        return word is None or len(word[0]) < SHORTEST or word[0] in _words("reference")
    return False


@cache
def _weights() -> dict[tuple[str, str], float]:
    return {(left, right): float(weight) for left, right, weight, _ in lexicon.rows("note_contexts.tsv")}


@cache
def _classes(side: str) -> dict[str, str]:
    rows = [row for row in lexicon.rows("note_neighbours.tsv") if row[0] == side]
    return {character: name for _, name, characters, _ in rows for character in characters}


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(word for name, words, _ in lexicon.rows("note_words.tsv") if name == kind for word in words.split(" "))
