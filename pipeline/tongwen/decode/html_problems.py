"""Problems of a page's source, told at their places in the text that was read from the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tongwen.decode.html_walk import collapse
from tongwen.model import Problem, Span

_MARK = re.compile("[\ufffd\0]")  # both are U+FFFD in the text: see HTML standard, "unexpected-null-character"
_MARKUP = re.compile(r"<[^<>]*>?|&#?\w+;?|>")
_BORDERS = frozenset("<>&; \t\r\n")  # beside these, nothing can be said


def placed(problems: Iterable[Problem], source: str, text: str) -> Iterator[Problem]:
    """The problems with spans of ``text``; those in what the page does not show are counted, one problem a code."""
    marks = _marks(source, text)
    unseen: dict[str, int] = {}
    for problem in problems:
        span = problem.span and _found(problem.span, source, text, marks)
        if problem.span is None or span is not None:
            yield problem._replace(span=span)
        else:
            unseen[problem.code] = unseen.get(problem.code, 0) + 1
    for code, count in unseen.items():
        message = f"The source has such a place {count} times more, in parts that the page does not show."
        yield Problem(code, message, "It does not matter to the text.")


def _found(span: Span, source: str, text: str, marks: Mapping[int, int]) -> Span | None:
    if not _MARK.match(source, span.start):
        return _line(span.of(source), text)
    places = (span.start,) if source[span.start] != "\0" else (at for at in marks if source[at] == "\0")
    at = next((marks[place] for place in places if place in marks), None)
    return None if at is None else Span(at, at + 1)


def _line(printed: str, text: str) -> Span | None:
    """Where the longest run of a source's line that has no mark-up stands."""
    run = max(map(collapse, _MARKUP.split(printed)), key=len, default="").strip()
    at = text.find(run) if run else -1
    return None if at < 0 else Span(at, at + len(run))


def _marks(source: str, text: str) -> dict[int, int]:
    """The place in the text of each mark of the source that is shown; what stands beside it tells which it is."""
    places = [match.start() for match in _MARK.finditer(source)]
    found: dict[int, int] = {}
    rest = 0
    for shown in (match.start() for match in _MARK.finditer(text)):
        alike = (n for n in range(rest, len(places)) if _is_alike(source, places[n], text, shown))
        if (number := next(alike, None)) is not None:
            found[places[number]] = shown
            rest = number + 1
    return found


def _is_alike(source: str, at: int, text: str, shown: int) -> bool:
    """Whether the same character stands before or after, or nothing but mark-up in the source."""
    beside = [(source[at + side : at + side + 1], text[shown + side : shown + side + 1]) for side in (-1, 1)]
    return any(one == other for one, other in beside) or all(one in _BORDERS for one, _ in beside)
