"""A printed table of contents: its lines come again as headings, and are none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise

from tongwen.lexicon import rows
from tongwen.structure.lines import Line, squeezed

FEWEST = 3
"""Lines in a row that come again, where nothing above says that they are the contents."""

WRAPPED = 9
"""Characters that the first line of a wrapped heading has at least."""

LONGEST = 60
"""Lines that one entry may stand away from the next: a page's head, a wrapped line."""

TRIED = 8
"""Lines from which on a run is tried: what comes again above the contents, the title for one, is none of them."""

BETWEEN = 2
"""Lines between two entries with leaders: a wrapped title, or what heads the list of tables."""

_PARAGRAPHS = r"[ .·…_-]*[.…]{2}[ .…]*\d{1,3}(?: ?- ?\d{1,3})? +"
"""1-4 before the page, as United Nations reports have it."""

_PAGE = re.compile(rf"(?<![ .·…_-])(?:{_PARAGRAPHS}|[ .·…_-]*)(?:\d{{1,4}}|[ivxl]{{1,6}})$")
_LED = re.compile(r"(?:[.·…‥] ?){4,}(?:\d{1,3}(?: ?- ?\d{1,3})? +)?(?:\d{1,4}|[ivxl]{1,6})$")


@cache
def _headings() -> re.Pattern[str]:
    words = (re.escape(word) for word, _reason in rows("contents_titles.tsv"))
    return re.compile(rf"(?:{'|'.join(words)})")


def contents(lines: Sequence[Line]) -> set[int]:
    """Indices of the entries of tables of contents."""
    keys = [_entry(line.key) for line in lines]
    where: dict[str, list[int]] = {}
    for n, key in enumerate(keys):
        where.setdefault(key, []).append(n)
    last = {key: places[-1] for key, places in where.items() if key}
    again = [bool(key) and (last[key] > n or _begins(key, n, last)) for n, key in enumerate(keys)]
    ends = _ends(again)
    paged = [0, *accumulate(line.key[-1:].isdecimal() for line in lines)]
    out: set[int] = set()
    failed: Counter[int] = Counter()
    for n, line in enumerate(lines):
        titled = bool(_headings().fullmatch(squeezed(line.key)))
        run = range(n + titled, ends[n + titled])
        if n in out or len(run) < (1 if titled else FEWEST) or (failed[run.stop] >= TRIED and not titled):
            continue
        most = 2 * (paged[run.stop] - paged[run.start]) > len(run)  # end in a page's number
        if titled or most or _apart(keys, where, run):
            out |= {*run, n, *_next(lines, keys, run.stop)}
        else:
            failed[run.stop] += 1
    return out | _led(lines)


def _next(lines: Sequence[Line], keys: Sequence[str], end: int) -> Iterator[int]:
    """Entries right below others, with greater pages, whose headings are printed otherwise."""
    page = _page(lines[end - 1].key)
    while page and end < len(lines) and keys[end] and not lines[end].blank_before:
        after = _page(lines[end].key)
        if not after or after < page:
            return
        yield end
        page, end = after, end + 1


def _page(key: str) -> int:
    found = re.search(r"[ .·…]\d{1,4}$", key)
    return int(found[0].strip(" .·…")) if found else 0


def _led(lines: Sequence[Line]) -> set[int]:
    """Entries with leaders, which need not come again: tables and figures have lists too; with what stands among them,
    wrapped titles and the words above."""
    led = [n for n, line in enumerate(lines) if line.kind == "line" and _LED.search(line.key)]
    if len(led) < FEWEST:
        return set()
    out = set(led)
    for before, n in pairwise([-LONGEST, *led]):
        among = range(max(before + 1, n - BETWEEN), n)
        titled = next((i for i in among if _headings().fullmatch(squeezed(lines[i].key))), None)
        first = before + 1 if n - before <= BETWEEN + 1 else titled
        between = range(n if first is None else first, n)
        out |= set(between) if not any(lines[i].ends_sentence or lines[i].kind != "line" for i in between) else set()
    return out


def _entry(key: str) -> str:
    """What an entry and its heading have in common; empty for running text."""
    bare = squeezed(_PAGE.sub("", key))
    return bare if 1 < len(bare) <= LONGEST and bare[-1] not in "。;,:" else ""


def _begins(key: str, n: int, last: Mapping[str, int]) -> bool:
    """A heading that is wrapped in print begins like its entry."""
    return any(last.get(key[:length], -1) > n for length in range(WRAPPED, len(key)))


def _ends(again: Sequence[bool]) -> list[int]:
    """Where the run of lines ends that begins with each, or behind the last."""
    out = [len(again)]
    for n in range(len(again) - 1, -1, -1):
        out.append(out[-1] if again[n] else n)
    return out[::-1]


def _apart(keys: Sequence[str], where: Mapping[str, Sequence[int]], run: Sequence[int]) -> bool:
    """Whether the lines come again in the same order with text between, as headings do and cells of a table do not."""
    places, at = [], run[-1]
    for n in run:
        same = where[keys[n]]
        behind = bisect_right(same, at)
        if behind == len(same):
            return False
        at = same[behind]
        places.append(at)
    gaps = [b - a for a, b in pairwise(places)]
    return sum(gap > 1 for gap in gaps) * 2 > len(gaps) and max(gaps) > FEWEST
