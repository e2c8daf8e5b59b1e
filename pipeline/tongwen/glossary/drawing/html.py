"""A picture as one page that needs no network: it can be moved and searched, and a click shows what is known.

Nothing that a text or a termbase says is ever part of the page's code: names stand in the picture as escaped text, all
else in a block of JSON that the script sets as text. The page forbids itself every script but its own.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from itertools import groupby
from pathlib import Path

from tongwen.concept import LINK_KINDS, Concept, Definition, Evidence, Link, Term
from tongwen.glossary.drawing.graph import Graph
from tongwen.glossary.drawing.lettering import clean
from tongwen.glossary.drawing.picture import picture
from tongwen.glossary.drawing.svg import drawn
from tongwen.model import Json

HERE = Path(__file__).parent
TITLES = {"contrast": "not the same as"}

PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; base-uri 'none'">
<title>{title}</title>
<style>
{css}</style>
</head>
<body>
<header>
<input id="search" type="search" placeholder="term…" aria-label="Search the terms">
<button id="in" aria-label="Zoom in">+</button><button id="out" aria-label="Zoom out">−</button>
<button id="all" aria-label="Show all">⤢</button><span id="count" role="status"></span>
</header>
<main id="stage">
{svg}</main>
<aside hidden aria-label="Entry"><button class="close" aria-label="Close">×</button><div id="entry"></div></aside>
<script type="application/json" id="concepts">{data}</script>
<script>{js}</script>
</body>
</html>
"""


def html(graph: Graph, links: Mapping[str, tuple[Link, ...]]) -> str:
    """A whole file. ``links``: those of each concept that is drawn; to others than these nothing leads."""
    js = (HERE / "page.js").read_text(encoding="utf-8")
    return PAGE.format(
        hash=b64encode(sha256(js.encode("utf-8")).digest()).decode("ascii"),
        title=escape(clean(graph.title)),
        css=(HERE / "page.css").read_text(encoding="utf-8"),
        svg=drawn(picture(graph)),
        data=_block(_data(graph, links)),
        js=js,
    )


def _block(data: Json) -> str:
    """JSON in which no tag can begin or end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode("utf-8")
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")


def _data(graph: Graph, links: Mapping[str, tuple[Link, ...]]) -> dict[str, Json]:
    there = {node.id: node.names[0] for node in graph.nodes}
    return {node.id: _concept(node.concept, links.get(node.id, ()), there) for node in graph.nodes}


def _concept(concept: Concept, links: tuple[Link, ...], there: Mapping[str, str]) -> Json:
    shown = sorted((link for link in links if link.target in there), key=lambda link: LINK_KINDS.index(link.kind))
    groups = groupby(shown, key=lambda link: link.kind)
    return {
        "name": concept.name,
        "about": " · ".join(filter(None, (concept.subject, f"{concept.origin} entry", concept.id))),
        "search": "\n".join([concept.id, *(term.text for term in concept.terms)]).lower(),
        "terms": [_term(term) for term in concept.terms],
        "definitions": [_definition(one) for one in concept.definitions],
        "links": [[TITLES.get(kind, kind), [_link(link, there) for link in those]] for kind, those in groups],
    }


def _term(term: Term) -> Json:
    standing = f"{term.count:,}×" if term.count else "converted" if term.converted else "in no text"
    return {"text": term.text, "about": f"{term.language}, {term.status}, {standing}"}


def _definition(one: Definition) -> Json:
    return {"text": one.text, "source": " · ".join(filter(None, (one.source, _place(one.found) if one.found else "")))}


def _link(link: Link, there: Mapping[str, str]) -> Json:
    found: list[Json] = [{"quote": one.quote, "place": _place(one)} for one in link.found]
    reason = " · ".join(filter(None, (link.reason, link.source)))
    return {"to": link.target, "name": there[link.target], "reason": reason, "found": found}


def _place(found: Evidence) -> str:
    return f"{found.doc}#{found.record}"
