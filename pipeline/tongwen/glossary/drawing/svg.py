"""A picture as SVG: self-contained, with a text for who cannot see it, and colours for dark grounds too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from tongwen.concept import LinkKind
from tongwen.glossary.drawing.graph import Edge, Graph
from tongwen.glossary.drawing.lettering import breadth, clean
from tongwen.glossary.drawing.palette import FONTS, WORDS, colours, style
from tongwen.glossary.drawing.picture import Box, Curve, Picture, picture

MARGIN = 36.0
HEADLINE = 56.0
KEY = 26.0  # the height of a line of the legend
SAMPLE = 42.0  # the length of a line that explains a kind of link
SQUARE = 12.0
NARROWEST = 520.0


def svg(graph: Graph) -> str:
    """A whole file; the same graph gives the same text."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + drawn(picture(graph))


def drawn(it: Picture) -> str:
    """The element ``svg``, as a page may hold it too."""
    rows = list(_rows(it.graph, max(it.width, NARROWEST)))
    width = max(it.width, NARROWEST) + 2 * MARGIN
    height = it.height + 2 * MARGIN + HEADLINE + KEY * len(rows) + MARGIN / 2
    paint = colours(it.graph.subjects)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="tongwen" role="img"'
        ' aria-labelledby="drawing-title drawing-text"'
        f' width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' font-family="{escape(FONTS)}">',
        f'<title id="drawing-title">{_safe(it.graph.title)}</title>',
        f'<desc id="drawing-text">{_safe(_said(it.graph))}</desc>',
        f"<style>{style()}</style>",
        '<defs><marker id="wider" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" markerHeight="11"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path class="head" d="M0 0.6 10 5 0 9.4z"/></marker></defs>',
        '<rect class="ground" width="100%" height="100%"/>',
        f'<text class="title" x="{MARGIN}" y="{MARGIN + 14}">{_safe(it.graph.title)}</text>',
        f'<text class="soft small" x="{MARGIN}" y="{MARGIN + 36}">{_safe(_counted(it.graph))}</text>',
        f'<g class="canvas" transform="translate({MARGIN:.1f} {MARGIN + HEADLINE:.1f})">',
        *(_link(curve) for curve in sorted(it.curves, key=lambda c: ("related", "contrast").count(c.edge.kind) == 0)),
        *(_box(box, paint) for box in it.boxes),
        "</g>",
        *_legend(rows, it.height + 1.5 * MARGIN + HEADLINE, paint),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _safe(text: str) -> str:
    return escape(clean(text))


def _counted(graph: Graph) -> str:
    left = f"; {graph.left:,} more within reach are left out" if graph.left else ""
    return f"{len(graph.nodes):,} concepts, {len(graph.edges):,} links{left}"


def _said(graph: Graph) -> str:
    """What the picture shows, for who has it read aloud."""
    names = {node.id: node.names[0] for node in graph.nodes}
    said = [f"{names[edge.source]} {_verb(edge)} {names[edge.target]}." for edge in graph.edges]
    return " ".join([f"{_counted(graph)}.", *said])


def _verb(edge: Edge) -> str:
    return {"broader": "is narrower than", "contrast": "is not to be confused with"}.get(edge.kind, "is related with")


def _link(curve: Curve) -> str:
    edge, arrow = curve.edge, ' marker-end="url(#wider)"' if curve.edge.kind == "broader" else ""
    return (
        f'<path class="link {edge.kind}" data-from="{escape(edge.source)}" data-to="{escape(edge.target)}"{arrow}'
        f' d="M{curve.start.x:.1f} {curve.start.y:.1f}Q{curve.over.x:.1f} {curve.over.y:.1f}'
        f' {curve.end.x:.1f} {curve.end.y:.1f}"><title>{_safe(edge.link.reason)}</title></path>'
    )


def _box(box: Box, paint: dict[str, str]) -> str:
    concept, size = box.node.concept, box.size
    kinds = "".join([" asked" * box.node.asked, " text" * (concept.origin != "curated")])
    title = " · ".join([*box.node.names, concept.subject or concept.origin])
    parts = [
        f'<g class="node{kinds}" data-id="{escape(concept.id)}" transform="translate({box.left:.1f} {box.top:.1f})">',
        f"<title>{_safe(title)}</title>",
        f'<rect class="box" width="{size.width:.1f}" height="{size.height:.1f}" rx="7"/>',
        f'<rect x="0" y="7" width="4.5" height="{size.height - 14:.1f}" fill="{paint[concept.subject]}"/>',
        *_text(box),
        "</g>",
    ]
    return "".join(parts)


def _text(box: Box) -> Iterator[str]:
    y = (box.size.height - sum(line.style.leading for line in box.lines)) / 2
    for line in box.lines:
        baseline = y + line.style.size
        y += line.style.leading
        yield (
            f'<text class="{line.style.name}" x="{box.size.width / 2 + 2:.1f}" y="{baseline:.1f}" text-anchor="middle">'
            f"{_safe(line.text)}</text>"
        )


def _rows(graph: Graph, width: float) -> Iterator[list[tuple[str, str]]]:
    """The legend in lines: kinds of links, then subjects; each entry is (``kind`` or ``subject``, which)."""
    kinds = [("kind", kind) for kind in graph.kinds]
    texts = any(node.concept.origin != "curated" for node in graph.nodes)
    subjects = [("subject", subject) for subject in [*graph.subjects, *[""] * texts]]
    for entries in (kinds, subjects):
        row: list[tuple[str, str]] = []
        for entry in entries:
            if row and sum(map(_wide, [*row, entry])) > width:
                yield row
                row = []
            row.append(entry)
        if row:
            yield row


def _wide(entry: tuple[str, str]) -> float:
    return (SAMPLE if entry[0] == "kind" else SQUARE) + 30 + breadth(_word(entry), 13)


def _word(entry: tuple[str, str]) -> str:
    what, which = entry
    if what == "kind":
        return next(word for kind, word in WORDS.items() if kind == which)
    return which.replace("-", " ") or "only in texts"


def _legend(rows: list[list[tuple[str, str]]], top: float, paint: dict[str, str]) -> Iterator[str]:
    yield '<g class="legend">'
    for number, row in enumerate(rows):
        x, y = MARGIN, top + KEY * number
        for entry in row:
            what, which = entry
            yield _sample(which, x, y) if what == "kind" else _swatch(paint[which], x, y)
            at = x + (SAMPLE if what == "kind" else SQUARE) + 8
            yield f'<text class="small" x="{at:.1f}" y="{y + 4.5:.1f}">{_safe(_word(entry))}</text>'
            x += _wide(entry)
    yield "</g>"


def _sample(kind: LinkKind | str, x: float, y: float) -> str:
    arrow = ' marker-end="url(#wider)"' if kind == "broader" else ""
    return f'<path class="link {kind}"{arrow} d="M{x:.1f} {y:.1f}H{x + SAMPLE:.1f}"/>'


def _swatch(colour: str, x: float, y: float) -> str:
    return f'<rect x="{x:.1f}" y="{y - SQUARE / 2:.1f}" width="{SQUARE}" height="{SQUARE}" rx="2.5" fill="{colour}"/>'
