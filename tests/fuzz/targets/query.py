"""What is typed, as it is read: the query language and citations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from fuzz import laws, places
from fuzz.target import Target
from tongwen.errors import QueryError
from tongwen.search.citation import citation, levels
from tongwen.search.query import LONGEST, parse


def _query(data: bytes) -> Any:
    typed = data.decode("utf-8", "surrogateescape")
    levels(typed[:2000])
    cited = citation(typed[:2000])
    try:
        query = parse(typed)
    except QueryError as fault:
        laws.holds(len(typed) > LONGEST or not any(map(str.isalnum, typed)) or "empty" in str(fault), str(fault))
        return str(fault)
    laws.holds(bool(query.groups) and all(query.groups), "a query without a group")
    laws.holds(all(phrase.tokens for group in query.groups for phrase in group), "a phrase without tokens")
    laws.holds(query.typed == typed, "the query was changed")
    return query, cited


def queries() -> Iterator[bytes]:
    for table in places.files("tests/cases/search/queries.tsv"):
        yield from (line.split(b"\t")[0] for line in table.splitlines() if not line.startswith(b"#"))
    yield from map(str.encode, _TYPED)


_TYPED = (
    "精神药物 -大麻",
    '"醫療用途" OR 科學',
    "刑法第三百四十八条第二款",
    "第十二條之一第一項(五)款",
    "treaty#art_1",
    "「管制局」|INCB -“报告”",
    "decriminali",
)

TARGETS = (Target("query", _query, queries, partial(places.dictionary, "query"), seconds=5),)
