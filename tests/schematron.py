"""Runs Schematron rules whose tests are XPath 2, which lxml cannot. Every rule is run on every node that it names."""

from __future__ import annotations

from pathlib import Path

import elementpath
from elementpath.xpath2 import XPath2Parser
from lxml import etree

_SCH = "{http://purl.oclc.org/dsdl/schematron}"


def failures(rules: Path, data: bytes) -> tuple[int, list[str]]:
    """How many assertions were tested, and what those that failed say."""
    schema, root = etree.parse(rules).getroot(), etree.fromstring(data)
    names = {ns.get("prefix"): ns.get("uri") for ns in schema.iter(f"{_SCH}ns")}
    tree = elementpath.get_node_tree(root)
    tested, failed = 0, []
    for rule in schema.iter(f"{_SCH}rule"):
        asserts = [(_parsed(a.get("test"), names), a.text) for a in rule.iter(f"{_SCH}assert")]
        for node in [*_parsed(f"//{rule.get('context')}", names).select(elementpath.XPathContext(tree))]:
            for test, says in asserts:
                tested += 1
                if not test.boolean_value([*test.select(elementpath.XPathContext(tree, item=node))]):
                    failed.append(says)
    return tested, failed


def _parsed(path: str, names: dict[str, str]) -> elementpath.XPathToken:
    return XPath2Parser(namespaces=names).parse(path)
