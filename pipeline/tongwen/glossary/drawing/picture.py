"""A graph as it is to be drawn: boxes with their lines of text, and links from border to border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from tongwen.glossary.drawing.graph import Edge, Graph, Node
from tongwen.glossary.drawing.layout import Point, Size, layout
from tongwen.glossary.drawing.lettering import ENGLISH, MAIN, SECOND, Style, breadth, lines

INSET, TOP = 14.0, 9.0  # pixels between the text of a box and its border
TIP = 3.0  # between the head of an arrow and the border it points at
BEND = 0.07  # of a link's length: how far it leans to one side, so that two in one line can be told apart


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Box:
    node: Node
    lines: tuple[Line, ...]
    centre: Point
    size: Size

    @property
    def left(self) -> float:
        return self.centre.x - self.size.width / 2

    @property
    def top(self) -> float:
        return self.centre.y - self.size.height / 2


@dataclass(frozen=True, slots=True)
class Curve:
    """From ``start`` to ``end``, both on borders, leaning to ``over``."""

    edge: Edge
    start: Point
    over: Point
    end: Point


@dataclass(frozen=True, slots=True)
class Picture:
    """``width`` and ``height`` are of what the boxes take, from (0, 0) on."""

    graph: Graph
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    width: float
    height: float


def picture(graph: Graph) -> Picture:
    texts = [_lettered(node) for node in graph.nodes]
    sizes = [_size(text) for text in texts]
    at = {node.id: number for number, node in enumerate(graph.nodes)}
    pairs = [(at[edge.source], at[edge.target]) for edge in graph.edges]
    below = [pair for pair, edge in zip(pairs, graph.edges, strict=True) if edge.kind == "broader"]
    centres = layout(sizes, pairs, below)
    boxes = tuple(Box(*parts) for parts in zip(graph.nodes, texts, centres, sizes, strict=True))
    curves = tuple(
        _curve(edge, boxes[one], boxes[other]) for edge, (one, other) in zip(graph.edges, pairs, strict=True)
    )
    return Picture(
        graph,
        boxes,
        curves,
        max((box.left + box.size.width for box in boxes), default=0.0),
        max((box.top + box.size.height for box in boxes), default=0.0),
    )


def _lettered(node: Node) -> tuple[Line, ...]:
    main, *rest = node.names
    styles = [ENGLISH if name.isascii() else SECOND for name in rest]
    return tuple(
        Line(text, style)
        for name, style in [(main, MAIN), *zip(rest, styles, strict=True)]
        for text in lines(name, style)
    )


def _size(text: Sequence[Line]) -> Size:
    width = max((breadth(line.text, line.style.size) for line in text), default=0.0)
    return Size(max(64.0, width + 2 * INSET), sum(line.style.leading for line in text) + 2 * TOP)


def _curve(edge: Edge, source: Box, target: Box) -> Curve:
    here, there = source.centre, target.centre
    length = hypot(there.x - here.x, there.y - here.y) or 1.0
    lean = BEND * length
    over = Point(
        (here.x + there.x) / 2 - (there.y - here.y) / length * lean,
        (here.y + there.y) / 2 + (there.x - here.x) / length * lean,
    )
    return Curve(edge, _border(source, over), over, _border(target, over))


def _border(box: Box, towards: Point) -> Point:
    """Where the line from the middle of a box to a point outside leaves it, and a little on."""
    dx, dy = towards.x - box.centre.x, towards.y - box.centre.y
    length = hypot(dx, dy) or 1.0
    inside = min(
        box.size.width / 2 / abs(dx) if dx else float("inf"), box.size.height / 2 / abs(dy) if dy else float("inf"), 1.0
    )
    ratio = min(1.0, inside + TIP / length)
    return Point(box.centre.x + dx * ratio, box.centre.y + dy * ratio)
