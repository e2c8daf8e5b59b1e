"""A graph in the language of Graphviz: ``dot -Tpdf``, ``sfdp -Tsvg`` and others lay it out."""

from __future__ import annotations

from collections.abc import Iterator

from tongwen.concept import LinkKind
from tongwen.glossary.drawing.graph import Edge, Graph, Node
from tongwen.glossary.drawing.lettering import clean
from tongwen.glossary.drawing.palette import OTHER, colours

LINES: dict[LinkKind, str] = {
    "broader": 'color="#39424f", penwidth=1.5',
    "narrower": 'color="#39424f", penwidth=1.5, dir=back',
    "related": 'color="#8d96a5", dir=none, constraint=false',
    "contrast": 'color="#c22f3d", style=dashed, dir=none, constraint=false',
}


def dot(graph: Graph) -> str:
    """One directed graph, wider concepts on top."""
    return "\n".join([*_lines(graph), ""])


def _lines(graph: Graph) -> Iterator[str]:
    paint = colours(graph.subjects)
    yield "digraph concepts {"
    yield f'  graph [label={_quoted(graph.title)}, labelloc=t, rankdir=BT, overlap=false, charset="UTF-8"];'
    yield '  node [shape=box, style=rounded, fontname="Noto Sans CJK SC", fontsize=12];'
    yield '  edge [fontname="Noto Sans CJK SC", fontsize=9, arrowsize=0.7];'
    for node in graph.nodes:
        yield f"  {_node(node, paint.get(node.concept.subject, OTHER))}"
    for edge in graph.edges:
        yield f"  {_edge(edge)}"
    yield "}"


def _node(node: Node, colour: str) -> str:
    wide = ", penwidth=2.5" if node.asked else ""
    return f'{_quoted(node.id)} [label={_quoted(*node.names)}, color="{colour}"{wide}];'


def _edge(edge: Edge) -> str:
    said = f"{LINES[edge.kind]}, tooltip={_quoted(edge.link.reason)}"
    return f"{_quoted(edge.source)} -> {_quoted(edge.target)} [{said}];"


def _quoted(*lines: str) -> str:
    r"""A string of the language: in it only ``"`` and ``\`` mean something; ``\n`` parts its lines."""
    return '"' + r"\n".join(clean(line).replace("\\", "\\\\").replace('"', '\\"') for line in lines) + '"'
