"""Records as a reader wants them: tables drawn, lists nested, boxes framed, notes with the sentence they hang on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NotRequired, TypedDict, cast

from tongwen.cli import table_rows
from tongwen.cli.article import Printed, titled
from tongwen.cli.healing import healed, paragraphs
from tongwen.cli.table_rows import Fields
from tongwen.cli.width import width
from tongwen.model import Json, Record, Span

NESTED = 2  # columns
BULLET = "•"
"""For items that mark-up makes, whose sign is in no text."""

_TIGHT = ("、", "）", "．", "：")  # labels that bring their own space
_CLOSING = r"[”’」』）)\]\"]"
_SENTENCE_END = re.compile(rf"(?<=[。！？!?])(?!{_CLOSING})|(?<=[。！？!?]{_CLOSING})|(?<=\.)\s+")
_FIRST = 10  # code points by which the beginning of a box's text is known from its title
_LONGEST = 160  # code points of the sentence that a note hangs on


class Item(TypedDict):
    """One of a list's ``items``; ``level`` counts from 1."""

    label: str
    text: str
    level: int
    spans: NotRequired[Json]


def show_table(table: Fields, printed: Printed) -> None:
    """Caption above, notes below."""
    if caption := table_rows.caption(table):
        printed.heading(caption)
    for line in table_rows.drawing(table).lines(printed.page, printed.reading):
        printed.page.line(line)
    for text in table_rows.notes(table):
        printed.page.folded(printed.reading(healed(text)))


def items(record: Record) -> list[Item]:
    return cast(list[Item], record.fields.get("items") or [])


def show_list(rows: Sequence[Item], printed: Printed) -> None:
    for item in rows:
        label, text = printed.reading(healed(item["label"])) or BULLET, printed.reading(healed(item["text"]))
        gap = "" if label.endswith(_TIGHT) else " "
        indent = NESTED * max(0, int(item.get("level") or 1) - 1)
        printed.page.folded(label + gap + text, indent, width(label + gap))


def show_figure(record: Record, printed: Printed) -> None:
    name = titled(record.label or record.fields.get("number"), record.fields.get("caption"))
    printed.page.folded(printed.reading(name), 0, 2)
    printed.page.line(printed.page.paint("[figure: only its caption is in the file]", "faint"))


def show_box(record: Record, text: str, printed: Printed, inside: Callable[[Printed], None] | None = None) -> None:
    """In a frame; ``inside`` prints what the box holds, else its text is printed."""
    page = printed.page
    title = titled(record.label or record.fields.get("number"), record.fields.get("title"))
    page.line(
        page.paint("┌─", "faint") + (" " + page.paint(page.safe(printed.reading(title)), "heading") if title else "")
    )
    framed = printed._replace(page=page.edged("│ "))
    if inside:
        inside(framed)
    else:
        for paragraph in str(record.fields.get("text") or record.span.of(text)).split("\n"):
            for part in paragraphs(paragraph):
                framed.page.folded(printed.reading(part))
    page.line(page.paint("└─", "faint"))


def show_footnote(record: Record, before: str, printed: Printed) -> None:
    """``before``: the text up to the marker."""
    if sentence := last_sentence(before):
        printed.page.folded(printed.reading(sentence) + f"[{_number(record)}]")
        printed.page.line()
    show_note(record, printed)


def show_note(record: Record, printed: Printed) -> None:
    number, text = _number(record), record.fields.get("text")
    told = printed.reading(healed(str(text))) if text else "[no text of this note is in the file]"
    printed.page.folded(f"{number}  {told}", 0, width(number) + 2)


def _number(record: Record) -> str:
    return str(record.fields.get("number") or record.label)


def last_sentence(text: str) -> str:
    """The sentence that ``text`` breaks off in or ends with, its beginning left out where it is long."""
    sentences = [found.strip() for found in _SENTENCE_END.split(healed(text)) if found.strip()]
    sentence = sentences[-1] if sentences else ""
    return sentence if len(sentence) <= _LONGEST else "…" + sentence[-_LONGEST:]


def before(anchor: int, records: Sequence[Record], text: str) -> str:
    """What stands before a note's marker in the paragraph or item around it, in reading order.

    Where no pieces are known, as in a caption: what is printed from the record that begins last, without the markers
    of other notes.
    """
    for spans in _pieces(records):
        nearest = max((span for span in spans if span.start < anchor), default=None)
        if nearest and not text[nearest.end : anchor].strip():
            pieces = [*spans[: spans.index(nearest)], Span(nearest.start, min(nearest.end, anchor))]
            return "\n".join(piece.of(text) for piece in pieces)
    return _without_markers(_began(anchor, records, text), anchor, records, text)


def _pieces(records: Sequence[Record]) -> Iterator[list[Span]]:
    """The spans of every text that is put together of pieces."""
    for record in records:
        for fields in (record.fields, *items(record)):
            yield [Span(*edges) for edges in cast(list[list[int]], fields.get("spans") or [])]


def _began(anchor: int, records: Sequence[Record], text: str) -> int:
    """Where the record, the heading or the text of a box begins that is printed last before ``anchor``."""
    starts = [record.span.start for record in records if record.kind != "footnote"]
    starts += [edges[0] for record in records if (edges := cast(list[int] | None, record.fields.get("printed")))]
    boxes = [record for record in records if record.kind == "box"]
    starts += [text.find(str(box.fields.get("text") or "")[:_FIRST], box.span.start) for box in boxes]
    return max((start for start in starts if start < anchor), default=0)


def _without_markers(start: int, anchor: int, records: Sequence[Record], text: str) -> str:
    """``text[start:anchor]``, its end alone where it is long."""
    start = max(start, anchor - 2 * _LONGEST)
    markers = [cast(list[int], record.fields.get("marker") or [0, 0]) for record in records]
    inside = sorted(edges for edges in markers if start <= edges[0] < anchor)
    begins = [start, *(end for _, end in inside)]
    ends = [*(begin for begin, _ in inside), anchor]
    return "".join(text[begin:end] for begin, end in zip(begins, ends, strict=True))
