"""``tongwen glossary link``: how terms hang together, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from tongwen.cli.destination import file_for, write
from tongwen.cli.glossary_opening import code, opened, termbase_option
from tongwen.cli.options import Place, index_option
from tongwen.cli.page import note
from tongwen.errors import NotFound, UsageError

if TYPE_CHECKING:
    from tongwen.concept import Glossary, LinkKind
    from tongwen.glossary.drawing.graph import Graph, Reach

Form = Literal["dot", "svg", "html"]

FORMS = ("dot", "svg", "html")
KINDS = ("broader", "related", "contrast")
ENDINGS: dict[str, Form] = {".dot": "dot", ".gv": "dot", ".svg": "svg", ".html": "html", ".htm": "html"}
TITLED = 4  # terms that a title names


@click.command("link")
@click.argument("terms", metavar="[TERM]...", nargs=-1)
@click.option("--format", "form", type=click.Choice(FORMS), help="By default what the ending of FILE says, else svg.")
@click.option("--depth", type=click.IntRange(0, 9), default=1, show_default=True, help="How many links away.")
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only links of this kind.")
@click.option("--subject", "subjects", multiple=True, metavar="GLOB", help="Beside TERM only entries of this subject.")
@click.option("--limit", type=click.IntRange(1, 2000), default=60, show_default=True, help="Entries, at the most.")
@click.option("-o", "--output", metavar="FILE", type=Place(path_type=str), help="Write to FILE; else to stdout.")
@termbase_option
@index_option
def command(
    terms: tuple[str, ...],
    form: str | None,
    depth: int,
    kinds: tuple[str, ...],
    subjects: tuple[str, ...],
    limit: int,
    output: str | None,
    index_folder: Path,
    termbases: tuple[Path, ...],
) -> int:
    """Draw the entries of TERMs, in any of their forms, and what they are linked with.

    Without a TERM, the entries of the termbases; where these are too many, those that hang together best. An arrow
    leads to the broader term, a thin line to a related one, a dashed line to what is alike and not the same.

    \b
    svg   a picture for any browser, in colours for light and dark grounds
    html  the same on a page that can be moved and searched; a click shows terms, definitions and evidence
    dot   for Graphviz

    \b
    tongwen glossary link 去罪化 司法转处 -o policy.svg
    tongwen glossary link "harm reduction" --depth 2 -o harm.html
    tongwen glossary link --kind broader --format dot | dot -Tpdf > tree.pdf
    """
    from tongwen.glossary.drawing.graph import Reach  # noqa: PLC0415  help draws nothing

    to = None if output in (None, "-") else file_for(Path(str(output)))
    wanted = _form(form, to)
    found = opened(index_folder, termbases)
    reach = Reach(depth, cast("tuple[LinkKind, ...]", kinds or KINDS), limit)
    graph, glossary = _graph(found.glossary, terms, subjects, reach)
    write(_drawn(graph, glossary, wanted), to)
    if graph.left:
        note(f"{graph.left:,} more within reach are left out; --limit draws more")
    return code(found)


def _form(form: str | None, to: Path | None) -> Form:
    if form or to is None:
        return cast(Form, form or "svg")
    known = ENDINGS.get(to.suffix.lower())
    if known is None:
        raise UsageError(f"The ending of {to} names no format.", f"Add --format {'|'.join(FORMS)}.")
    return known


def _graph(glossary: Glossary, terms: Sequence[str], subjects: Sequence[str], reach: Reach) -> tuple[Graph, Glossary]:
    """What is drawn, and the part of the glossary that it is taken from."""
    from tongwen.concept import Glossary  # noqa: PLC0415
    from tongwen.glossary.drawing.graph import around  # noqa: PLC0415
    from tongwen.glossary.lookup import named  # noqa: PLC0415

    asked = list(dict.fromkeys(concept.id for term in terms for concept in named(glossary, term)))
    if subjects:
        fits = (c for c in glossary.concepts if c.id in asked or any(fnmatchcase(c.subject, s) for s in subjects))
        glossary = Glossary(tuple(fits))
    if terms:
        title = " · ".join(terms[:TITLED]) + (" …" if len(terms) > TITLED else "")
        return around(glossary, asked, reach, title), glossary
    return _all(glossary, subjects, reach), glossary


def _all(glossary: Glossary, subjects: Sequence[str], reach: Reach) -> Graph:
    """The entries of the termbases; those that hang together best where they are too many."""
    from tongwen.glossary.drawing.graph import around, best_connected  # noqa: PLC0415

    curated = [concept for concept in glossary.concepts if concept.origin == "curated"]
    best = best_connected(glossary, curated, reach.kinds, len(curated))
    if not best:
        raise NotFound("No entries of a termbase are linked.", "Name a TERM, or choose otherwise.")
    if len(best) > reach.limit:
        note(f"of {len(best):,} linked entries the {reach.limit:,} that hang together best are drawn; see --limit")
    title = f"Glossary: {', '.join(subjects)}" if subjects else "Glossary"
    return around(glossary, best[: reach.limit], reach._replace(depth=0), title)


def _drawn(graph: Graph, glossary: Glossary, form: Form) -> str:
    from tongwen.glossary.drawing.dot import dot  # noqa: PLC0415
    from tongwen.glossary.drawing.html import html  # noqa: PLC0415
    from tongwen.glossary.drawing.svg import svg  # noqa: PLC0415

    if form == "html":
        return html(graph, {node.id: glossary.links(node.id) for node in graph.nodes})
    return dot(graph) if form == "dot" else svg(graph)
