"""Where a name begins that ends before a bracket or a comma.

After Lin and others, "Mining Parenthetical Translations" (ACL 2008): this left boundary is the hard part. It is told by
quotation marks, by the clause, by the words a name stands behind, and by the document's own usage: a name comes again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tongwen.terms.running import Running
from tongwen.terms.runs import Runs
from tongwen.terms.styles import abbreviation_style

LONGEST = 90
"""Characters of a long form."""

TAIL = 4
"""Characters at a name's end by which its other places are looked up."""

MANY = 500
"""Places of one tail that are looked at; more would cost more than they tell."""

_BORDERS = ",。;:!?\"'《》[]•(="
_QUOTES = {'"': '"', "'": "'", "》": "《"}
_OPENING = "“「『‘〝"
_INNER = re.compile(r"\((?!以?下)[\u3400-\u9fff、]{1,6}\)")
_JOINTS = "的之、和及与或"
_HANZI = re.compile(r"[\u3400-\u9fff]")


class Usage:
    """How often a name comes in a document, looked up by its last characters."""

    def __init__(self, runs: Runs, ends: Iterable[tuple[Running, int]]) -> None:
        self._text = "\n" + runs.joined
        self._wanted = {run.key[max(0, end - TAIL) : end] for run, end in ends if end > 1}
        self._places: dict[str, Sequence[int]] = {}

    def count(self, name: str) -> int:
        """0 for a name that is shorter than what is looked up."""
        tail = name[-TAIL:]
        if tail not in self._wanted:
            return 0
        if tail not in self._places:
            self._places[tail] = [*islice(self._ends(tail), MANY)]
        return sum(self._text.endswith(name, 0, end) for end in self._places[tail])

    def _ends(self, tail: str) -> Iterator[int]:
        """Where a tail ends; a short one is a whole name, and begins a run."""
        said = tail if len(tail) == TAIL else "\n" + tail
        at = self._text.find(said)
        while at >= 0:
            yield at + len(said)
            at = self._text.find(said, at + 1)


def left_boundary(run: Running, end: int, short: str, usage: Usage) -> tuple[int, int, bool]:
    """Where the name that ends before ``end`` begins and ends, and whether that is sure.

    ``short``: the Chinese short form, empty for a name in other letters.
    """
    quoted = _quoted(run.key, end)
    if quoted:
        return *quoted, True
    low = max(_clause(run.key, end), min(run.label, end - 1))
    if low and run.printed[low - 1] in _OPENING:
        return low, end, True
    begin = _behind_words(run.key, low, end, short)
    if not short:
        begin = next((begin + at.start() for at in [_HANZI.search(run.key[begin:end])] if at), begin)
    weak = [m.end() for m in abbreviation_style("weak").finditer(run.key, begin, end - 1) if end - m.end() > 1]
    if short:
        begins = [at for at in (begin, *weak) if run.key[at] == short[0] and in_order(short, run.key[at:end])]
        begin = begins[-1] if begins else begin
    again = next((at for at in [begin, *weak] if usage.count(run.key[at:end]) > 1), None)
    if again is not None and not (short and again > begin):
        return again, end, True
    told = begin > low or (short and in_order(short, run.key[begin:end]))
    return begin, end, bool(told and not weak)


def clause_start(run: Running, end: int) -> int:
    """Where the clause that ends before ``end`` begins, behind its number and the words of law that lead to a list."""
    low = max(_clause(run.key, end), min(run.label, end - 1))
    return _led(run.key, low, end)


def _quoted(key: str, end: int) -> tuple[int, int] | None:
    opened = _QUOTES.get(key[end - 1])
    start = key.rfind(opened, max(0, end - LONGEST), end - 1) if opened else -1
    if start < 0:
        return None
    return (start, end) if opened == "《" else (start + 1, end - 1)


def _clause(key: str, end: int) -> int:
    """Back to the next mark; short words in brackets are the name's own: 货柜(物)运送单."""
    at, low = end, max(0, end - LONGEST)
    while at > low:
        if key[at - 1] == ")":
            inner = next((m for m in [_INNER.fullmatch(key, max(low, key.rfind("(", low, at)), at)] if m), None)
            if inner is None:
                return at
            at = inner.start()
        elif key[at - 1] in _BORDERS:
            return at
        else:
            at -= 1
    return at


def _behind_words(key: str, low: int, end: int, short: str) -> int:
    """Behind the last word behind which a name begins. The short form's characters are all of the name."""
    held = bool(short) and in_order(short, key[low:end])
    cuts = [
        m.end()
        for m in abbreviation_style("cut").finditer(key, low, end)
        if end - m.end() > 1 and key[m.end()] not in _JOINTS
    ]
    cuts = [cut for cut in cuts if not held or in_order(short, key[cut:end])]
    return _led(key, cuts[-1] if cuts else low, end)


def _led(key: str, low: int, end: int) -> int:
    """Behind the words of law that only begin a clause."""
    while (found := abbreviation_style("lead").match(key, low, end)) and end - found.end() > 1:
        low = found.end()
    return low


def in_order(short: str, name: str) -> bool:
    """Whether the short form's characters come in a longer name, in order."""
    rest = iter(name)
    return len(short) < len(name) and all(character in rest for character in short)
