"""Pictures of concepts: they are well-formed, nothing stands over another, and no name is ever code."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concept_strategies import concepts as any_concepts
from tongwen.cli.glossary import command as group
from tongwen.concept import Concept, Glossary, Link, Term
from tongwen.exchange.folder import read_folder
from tongwen.glossary.drawing.dot import dot
from tongwen.glossary.drawing.graph import Graph, Reach, around, best_connected, names
from tongwen.glossary.drawing.html import html
from tongwen.glossary.drawing.layout import Size, layout
from tongwen.glossary.drawing.lettering import ENGLISH, MAIN, Style, breadth, lines
from tongwen.glossary.drawing.picture import picture
from tongwen.glossary.drawing.svg import svg

TERMBASE = Path(__file__).parent.parent / "corpus" / "termbase"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{}\\\n]]>"
KINDS = ("broader", "related", "contrast")


@pytest.fixture(scope="module")
def bundled() -> Glossary:
    return Glossary(read_folder(TERMBASE).concepts)


def hostile() -> Glossary:
    def named(key: str, *links: Link) -> Concept:
        return Concept(key, (Term(HOSTILE, "zh-Hans", note=HOSTILE),), HOSTILE, notes=(HOSTILE,), links=links)

    return Glossary((named("a", Link("related", "b", HOSTILE, HOSTILE)), named("b"), named("c", Link("broader", "a"))))


def whole(glossary: Glossary) -> Graph:
    return around(glossary, [c.id for c in glossary.concepts], Reach(0, KINDS, 2000), HOSTILE)


# -- what is drawn


def test_what_is_nearest_is_drawn_first(bundled: Glossary) -> None:
    graph = around(bundled, ["decriminalisation"], Reach(2, KINDS, 8), "去罪化")
    assert len(graph.nodes) == 8
    assert graph.left > 0
    assert [node.id for node in graph.nodes if node.asked] == ["decriminalisation"]
    near = {link.target for link in bundled.links("decriminalisation")}
    assert {node.id for node in graph.nodes} <= near | {"decriminalisation"}


def test_every_link_between_what_is_drawn_is_drawn_once(bundled: Glossary) -> None:
    graph = whole(bundled)
    pairs = [(edge.kind, frozenset((edge.source, edge.target))) for edge in graph.edges]
    assert len(pairs) == len(set(pairs))
    said = {(link.kind, frozenset((c.id, link.target))) for c in bundled.concepts for link in c.links}
    assert set(pairs) == said


def test_only_the_kinds_that_are_asked_for(bundled: Glossary) -> None:
    graph = around(bundled, ["judicial-diversion"], Reach(1, ("contrast",), 50), "")
    assert graph.kinds == ["contrast"]
    assert len(graph.nodes) == 1 + sum(link.kind == "contrast" for link in bundled.links("judicial-diversion"))


def test_the_best_connected_hang_together(bundled: Glossary) -> None:
    best = best_connected(bundled, bundled.concepts, KINDS, 25)
    assert len(set(best)) == 25
    reached = around(bundled, best[:1], Reach(25, KINDS, 2000), "")
    assert set(best) <= {node.id for node in reached.nodes}


def test_a_name_is_printed_once() -> None:
    terms = (
        Term("程序", "zh-Hans"),
        Term("程序", "zh-Hant"),
        Term("procedure", "en"),
        Term("form", "en", "deprecated"),
    )
    assert names(Concept("p", terms)) == ("程序", "procedure")


# -- lettering


@given(st.text(), st.sampled_from([MAIN, ENGLISH]))
def test_no_line_is_broader_than_its_measure(text: str, style: Style) -> None:
    broken = lines(text, style)
    assert len(broken) <= style.lines
    assert all(breadth(line, style.size) <= style.most + 0.01 for line in broken)


def test_a_chinese_character_is_as_broad_as_high() -> None:
    assert breadth("去罪化", 16) == 48
    assert breadth("iii", 16) < breadth("mmm", 16) < 48


# -- layout


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Size], list[tuple[int, int]]]:
    sizes = draw(st.lists(st.builds(Size, st.floats(40, 220), st.floats(20, 110)), min_size=1, max_size=24))
    node = st.integers(0, len(sizes) - 1)
    pairs = draw(st.lists(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), max_size=40))
    return sizes, pairs


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_no_box_stands_over_another(graph: tuple[list[Size], list[tuple[int, int]]]) -> None:
    sizes, edges = graph
    points = layout(sizes, edges, edges[::2])
    assert points == layout(sizes, edges, edges[::2]), "one graph has one layout"
    for (a, size), (b, other) in combinations(zip(points, sizes, strict=True), 2):
        apart = abs(a.x - b.x) >= (size.width + other.width) / 2 or abs(a.y - b.y) >= (size.height + other.height) / 2
        assert apart
    for point, size in zip(points, sizes, strict=True):
        assert point.x >= size.width / 2 - 1e-6
        assert point.y >= size.height / 2 - 1e-6


def test_a_wider_concept_mostly_stands_above(bundled: Glossary) -> None:
    drawn = picture(around(bundled, ["harm-reduction"], Reach(1, ("broader",), 40), ""))
    at = {box.node.id: box.centre for box in drawn.boxes}
    above = [at[curve.edge.target].y < at[curve.edge.source].y for curve in drawn.curves]
    assert sum(above) > 0.7 * len(above)


# -- the files


def test_svg_is_well_formed_and_says_what_it_shows(bundled: Glossary) -> None:
    graph = around(bundled, ["decriminalisation", "judicial-diversion"], Reach(1, KINDS, 60), "去罪化")
    root = ElementTree.fromstring(svg(graph))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "去罪化"
    assert "is narrower than 去罪化" in str(root.findtext(f"{SVG}desc"))
    nodes = [g for g in root.iter(f"{SVG}g") if "node" in str(g.get("class")).split()]
    assert {g.get("data-id") for g in nodes} == {node.id for node in graph.nodes}
    assert "http" not in svg(graph).replace("http://www.w3.org/2000/svg", ""), "nothing is loaded from anywhere"


def test_the_same_graph_gives_the_same_text(bundled: Glossary) -> None:
    graph = around(bundled, ["harm-reduction"], Reach(1, KINDS, 40), "x")
    assert svg(graph) == svg(graph)
    assert dot(graph) == dot(graph)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_concepts())
def test_any_glossary_makes_well_formed_files(drawn: tuple[Concept, ...]) -> None:
    glossary = Glossary(drawn)
    graph = whole(glossary)
    ElementTree.fromstring(svg(graph))
    assert balanced(dot(graph))
    page = html(graph, {c.id: glossary.links(c.id) for c in glossary.concepts})
    assert page.encode()


def balanced(text: str) -> bool:
    """Outside of quoted strings there is nothing but the language itself."""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", text)
    return '"' not in bare and "<" not in bare and bare.count("{") == bare.count("}") == 1


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag if tag != "script" else f"script {dict(attrs).get('type', 'code')}"

    def handle_data(self, data: str) -> None:
        self.data[self._open] = self.data.get(self._open, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def test_no_name_is_code_of_the_page() -> None:
    glossary = hostile()
    text = html(whole(glossary), {c.id: glossary.links(c.id) for c in glossary.concepts})
    page = Page()
    page.feed(text)
    assert [attrs.get("type") for tag, attrs in page.tags if tag == "script"] == ["application/json", None]
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "a")]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert not [attrs for _, attrs in page.tags if "src" in attrs or "href" in attrs]
    assert "alert" not in page.data["script code"]
    told = json.loads(page.data["script application/json"])
    assert told["a"]["terms"][0]["text"] == HOSTILE, "and yet nothing of it is lost"
    assert HOSTILE in told["b"]["links"][0][1][0]["reason"]


def test_the_page_runs_no_script_but_its_own() -> None:
    glossary = hostile()
    page = Page()
    page.feed(html(whole(glossary), {}))
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in str(policy)
    assert b64encode(sha256(page.data["script code"].encode()).digest()).decode() in str(policy)


def test_a_hostile_name_stays_inside_its_string() -> None:
    assert balanced(dot(whole(hostile())))
    ElementTree.fromstring(svg(whole(hostile())))


# -- the command


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(group, ["--index", "/nowhere", "link", "--termbase", str(TERMBASE), *args])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_draws_in_all_forms(tmp_path: Path) -> None:
    for form, begins in (("svg", "<?xml"), ("html", "<!DOCTYPE html>"), ("dot", "digraph")):
        target = tmp_path / f"x.{form}"
        code, out, _ = run("去罪化", "司法转处", "-o", str(target))
        assert (code, out) == (0, "")
        assert target.read_text("utf-8").startswith(begins)


def test_the_command_tells_what_it_leaves_out() -> None:
    code, out, err = run("--limit", "12", "--format", "dot")
    assert code == 0
    assert out.count("[label=") == 13
    assert "the 12 that hang together best" in err
    _, _, err = run("去罪化", "--limit", "3", "--format", "dot")
    assert "more within reach are left out" in err


def test_the_command_chooses_by_subject() -> None:
    _, out, _ = run("去罪化", "--subject", "criminal-law", "--format", "dot")
    assert '"decriminalisation"' in out
    assert '"harm-reduction"' not in out
    assert '"administrative-sanction"' in out


def test_an_ending_that_names_no_format_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(group, ["--index", "/nowhere", "link", "去罪化", "-o", str(tmp_path / "x.gif")])
    assert "names no format" in str(result.exception)
