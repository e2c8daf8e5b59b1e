"""Brackets and quotation marks that open and do not close, or close and never opened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongwen.model import Problem, Span

# Full and half width close each other; so do the two forms of square brackets.
CLOSERS = {
    "(": ")",
    "（": ")",
    "[": "]",
    "［": "]",
    "〔": "]",
    "【": "】",
    "《": "》",
    "「": "」",
    "『": "』",
    "“": "”",
}
SAME = {"）": ")", "］": "]", "〕": "]"}
CLOSING = frozenset([*CLOSERS.values(), *SAME])
MARKS = "".join([*CLOSERS, *CLOSERS.values(), *SAME])

# What is still open after so many characters was left open: a later mark closes something else.
REACH = 3000

# The lines of a drawn table go across its cells: what opens in one may close lines below.
BARS = "│┃║"
IN_TABLES = re.compile(f"(?:^.*[{BARS}].*$)|[{re.escape(MARKS)}]", re.MULTILINE)


def _pair(mark: str, closer: str) -> str:
    closers = [closer, *(full for full, half in SAME.items() if half == closer)]
    return f"{re.escape(mark)}[^{re.escape(MARKS)}]{{0,{REACH - 1}}}[{re.escape(''.join(closers))}]"


# A mark that opens and the next one, where that closes it, as most do; or a mark. Each way begins with a character of
# its own, or the search would try them all at every place of the text.
IN_TEXT = re.compile("|".join([*(_pair(*pair) for pair in CLOSERS.items()), *map(re.escape, MARKS)]))

# A quotation of several paragraphs opens each of them and closes the last.
PARAGRAPH = re.compile(r"(?:^|\n)\s*$")

# 1) and （一） at once: an enumerator closes what never opened.
ENUMERATOR = re.compile(r"(?:\b[0-9]{1,3}|\b[A-Za-z]|[一二三四五六七八九十]{1,3}|[ivx]{1,4})$")

QUOTES = "”」"

Mark = tuple[str, int]  # what closes it, where it stands


def unbalanced(text: str) -> Iterator[Problem]:
    """A ``Problem`` for each mark without its partner, in no order; marks that cross each other count as left open."""
    opened: list[Mark] = []
    marks = IN_TABLES if any(bar in text for bar in BARS) else IN_TEXT
    for match in marks.finditer(text):
        found, at = match.group(), match.start()
        if found in CLOSING:
            yield from _close(opened, text, SAME.get(found, found), at)
        elif found in CLOSERS:
            _open(opened, text, CLOSERS[found], at)
        elif found[0] in CLOSERS and marks is IN_TEXT and opened:
            _open(opened, text, CLOSERS[found[0]], at)
            yield from _close(opened, text, CLOSERS[found[0]], match.end() - 1)
    yield from (_left_open(text, at) for _, at in opened)


def _open(opened: list[Mark], text: str, closer: str, at: int) -> None:
    if closer in QUOTES and PARAGRAPH.search(text, max(0, at - 8), at):
        opened[:] = [mark for mark in opened if mark[0] != closer]
    opened.append((closer, at))


def _close(opened: list[Mark], text: str, closer: str, at: int) -> Iterator[Problem]:
    partner = _partner(opened, closer, at)
    if partner is None:
        yield from _never_opened(text, at)
        return
    yield from (_left_open(text, left) for _, left in opened[partner + 1 :])
    del opened[partner:]


def _partner(opened: list[Mark], closer: str, at: int) -> int | None:
    for place in range(len(opened) - 1, -1, -1):
        if at - opened[place][1] > REACH:
            return None
        if opened[place][0] == closer:
            return place
    return None


def _never_opened(text: str, at: int) -> Iterator[Problem]:
    if not ENUMERATOR.search(text, max(0, at - 4), at):
        yield _problem(text, at, "closes what was never opened")


def _left_open(text: str, at: int) -> Problem:
    return _problem(text, at, "is never closed")


def _problem(text: str, at: int, fault: str) -> Problem:
    around = text[max(0, at - 8) : at + 9].replace("\n", " ")
    return Problem(
        "unbalanced-bracket", f"{text[at]} in “{around}” {fault}", "Its partner is missing.", Span(at, at + 1)
    )
