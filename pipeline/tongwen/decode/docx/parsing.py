"""A part's XML, element by element, within bounds: however long it is, only what is at hand is in memory."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from xml.etree.ElementTree import Element, XMLPullParser

from tongwen.decode.docx.elements import name

DEEPEST = 256
"""Elements in each other: a table in a table in a table takes ten."""

MOST = 6_000_000
"""Elements of one part: the text of ten thousand pages, in a minute or two."""


class Refused(Exception):
    """``why``: the rest of a sentence about the file."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint


def elements(chunks: Iterable[bytes], depth: int, root: str = "") -> Iterator[Element]:
    """The elements ``depth`` below the root, each whole, and forgotten soon after the next is asked for.

    :raises Refused: there are too many, they stand too deep in each other, or the root has not the name ``root``
    :raises ParseError: it is no XML
    """
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    open_elements: list[Element] = []
    count = 0
    for chunk in chunks:
        parser.feed(chunk)
        count += yield from _finished(parser.read_events(), open_elements, depth, root)
        _forget(open_elements, depth)
        if count > MOST:
            raise Refused(f"has more than {MOST:,} elements in one part, the limit for a DOCX document", "Split it.")
    parser.close()
    yield from _finished(parser.read_events(), open_elements, depth, root)


def _finished(
    events: Iterable[tuple[object, ...]], open_elements: list[Element], depth: int, root: str
) -> Generator[Element, None, int]:
    """Gives elements that have ended, and at last how many have begun."""
    count = 0
    for event, element in events:
        if not isinstance(element, Element):
            continue
        if event == "start":
            if not open_elements and root and name(element) != root:
                raise Refused("is no Word document", "Save it as DOCX.")
            count += 1
            open_elements.append(element)
            if len(open_elements) > DEEPEST:
                raise Refused(f"nests its elements more than {DEEPEST} deep, as no document does", "Save it as TXT.")
            continue
        open_elements.pop()
        if len(open_elements) == depth:
            yield element
    return count


def _forget(open_elements: list[Element], depth: int) -> None:
    """Drop what has been given; all at once, since to take the first of many from a list moves all the others."""
    if len(open_elements) >= depth:
        parent = open_elements[depth - 1]
        del parent[: len(parent) - (len(open_elements) > depth)]
