"""The indices of a library: what each holds, and the aliases behind which they stand.

``NAME-documents`` has one entry for each document, its *header*. ``NAME-texts``, ``NAME-records`` and ``NAME-passages``
have its parts, each with the number ``put`` of the writing it is of. ``NAME-files`` are the files that were read and
``NAME-meta`` is what is known of the library as a whole. Each name is an alias for an index with the number of a
generation behind it: a library that is built anew has another, and all aliases change in one step.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

from tongwen.errors import IndexFault, IndexTooNew, NoIndex, UsageError
from tongwen.opensearch.address import Address
from tongwen.opensearch.encoding import JOINT
from tongwen.store.listing import OF_RECORDS

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

Kind = Literal["documents", "texts", "records", "passages", "files", "meta"]

VERSION = 1  # of all this: another means that an index has to be built anew
PARTS: tuple[Kind, ...] = ("texts", "records", "passages")
KINDS: tuple[Kind, ...] = ("documents", *PARTS, "files", "meta")
REBUILDING = "rebuilding"  # when one who builds the library anew was last heard of
RETIRED = "retired"  # which generation was replaced by this one, and when
PASSING = (REBUILDING, RETIRED)
SHARDS = "TONGWEN_OPENSEARCH_SHARDS"

KEYWORD: dict[str, Any] = {"type": "keyword"}
LONG: dict[str, Any] = {"type": "long"}
KEPT: dict[str, Any] = {"type": "object", "enabled": False}  # given back as it was, and nothing else
TEXT: dict[str, Any] = {"type": "binary"}
SHOWN: dict[str, Any] = {"type": "keyword", "ignore_above": 1000}  # for people who look into the index

PROPERTIES: dict[Kind, dict[str, Any]] = {
    "documents": {
        "doc": KEYWORD,
        "put": LONG,
        "content": KEYWORD,
        "passages": LONG,
        "tokens": LONG,
        "records": LONG,
        "texts": LONG,
        "problems": LONG,
        "said": LONG,
        "kinds": {"properties": dict.fromkeys(OF_RECORDS.values(), LONG)},
        "names": SHOWN,
        "row": KEPT,
        "nesting": TEXT,
    },
    "texts": {"put": LONG, "seq": LONG, "content": TEXT},
    "records": {
        "doc": KEYWORD,
        "put": LONG,
        "seq": LONG,
        "id": SHOWN,
        "kind": KEYWORD,
        "label": SHOWN,
        "row": KEPT,
    },
    "passages": {
        "doc": KEYWORD,
        "put": LONG,
        "key": LONG,
        "record": LONG,
        "length": LONG,
        "tokens": {
            "type": "text",
            "analyzer": "pairs",
            "search_analyzer": "whitespace",
            "similarity": "count",
            "norms": False,
        },
        "words": KEYWORD,
        "row": KEPT,
    },
    "files": {"doc": KEYWORD, "row": KEPT},
    "meta": {"name": KEYWORD, "value": {"type": "keyword", "index": False, "doc_values": False}, "number": LONG},
}

# The tokens are our own: all that is left to do is to put each beside the pair that it begins. A score is a count.
ANALYSIS: dict[str, Any] = {
    "analysis": {
        "filter": {
            "pairs": {
                "type": "shingle",
                "min_shingle_size": 2,
                "max_shingle_size": 2,
                "output_unigrams": True,
                "token_separator": JOINT,
            }
        },
        "analyzer": {"pairs": {"type": "custom", "tokenizer": "whitespace", "filter": ["pairs"]}},
    },
    "similarity": {"count": {"type": "scripted", "script": {"source": "return doc.freq"}}},
}


def definition(kind: Kind) -> dict[str, Any]:
    """The body of the request that makes an index."""
    settings: dict[str, Any] = {
        "number_of_shards": shards() if kind in PARTS else 1,
        "auto_expand_replicas": "0-1",  # one replica wherever there are two nodes
        "refresh_interval": "-1",  # what a checkpoint makes visible, and nothing else
        "max_result_window": 10_000,
        "codec": "best_compression",  # a quarter less on the disk, for no time that could be measured
    }
    mappings: dict[str, Any] = {"dynamic": "strict", "properties": PROPERTIES[kind], "_meta": {"layout": VERSION}}
    if kind == "passages":
        settings |= ANALYSIS
        mappings["_source"] = {"excludes": ["tokens", "words"]}
    return {"settings": settings, "mappings": mappings}


def shards() -> int:
    """How many shards texts, records and passages have in an index that is made now."""
    given = os.environ.get(SHARDS) or "1"
    if not given.isdecimal() or not 1 <= int(given) <= 1024:
        raise UsageError(f"{SHARDS} is {given!r}, and no number from 1 to 1024.")
    return int(given)


def alias(name: str, kind: Kind) -> str:
    return f"{name}-{kind}"


def index(name: str, kind: Kind, generation: int) -> str:
    return f"{name}-{kind}-{generation}"


def make(client: OpenSearch, name: str, generation: int, visible: bool = False) -> None:
    """Makes what is missing of a generation's indices; where several do so at once, one of them does.

    The documents come last: who finds their alias finds all.
    """
    for kind in reversed(KINDS):
        body = definition(kind) | ({"aliases": {alias(name, kind): {}}} if visible else {})
        if not client.indices.exists(index=index(name, kind, generation)):
            client.indices.create(index=index(name, kind, generation), body=body, ignore=400)
    # What is written before the replicas are there would be lost with its node.
    every = ",".join(index(name, kind, generation) for kind in KINDS)
    client.cluster.health(index=every, params={"wait_for_status": "green"}, ignore=408)


def generations(client: OpenSearch, name: str) -> list[int]:
    """Of all indices there are, also of such as no alias names, from the oldest to the newest."""
    head = f"{name}-documents-"
    found = client.indices.get(index=f"{head}*", params={"expand_wildcards": "all"})
    return sorted(int(one[len(head) :]) for one in found if one[len(head) :].isdecimal())


def current(client: OpenSearch, address: Address) -> int:
    """The generation that the aliases name.

    :raises NoIndex: there is none
    :raises IndexFault: it is of another version
    """
    parameters = {"filter_path": "*.mappings._meta"}
    found = client.indices.get(index=alias(address.name, "documents"), params=parameters, ignore=404)
    for name, told in found.items():
        number = name.rpartition("-")[2]
        if name.startswith(f"{address.name}-documents-") and number.isdecimal():
            _fit(address, int(told["mappings"]["_meta"]["layout"]))
            return int(number)
    raise NoIndex(f"There is no index at {address}.", f"Build one with `tongwen index --index {address}`.")


def _fit(address: Address, found: int) -> None:
    told = f"The index at {address} was built by"
    if found > VERSION:
        raise IndexTooNew(f"{told} a later version (its layout is {found}).", "Install that version.")
    if found < VERSION:
        raise IndexFault(f"{told} an earlier version.", "Build another, under another name.")


def switch(client: OpenSearch, name: str, old: int, new: int) -> None:
    """All aliases at once: no reader finds some of the one and some of the other."""
    actions: list[dict[str, Any]] = []
    for kind in KINDS:
        actions.append({"remove": {"index": index(name, kind, old), "alias": alias(name, kind)}})
        actions.append({"add": {"index": index(name, kind, new), "alias": alias(name, kind)}})
    client.indices.update_aliases(body={"actions": actions})


def drop(client: OpenSearch, name: str, generation: int) -> None:
    for kind in KINDS:
        client.indices.delete(index=index(name, kind, generation), ignore=404)
