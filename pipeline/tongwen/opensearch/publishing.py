"""The headers that a run changes: each is written only if it is still the one that was there when it was looked at.

What was there says which writing of the document is to be deleted when the new one is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from tongwen.opensearch import counter, encoding
from tongwen.opensearch.indices import Indices
from tongwen.opensearch.sender import Action, Sender
from tongwen.store.columns import dumps

Body = dict[str, Any]


@dataclass(slots=True)
class Change:
    """``header``: what is to be written in place of what was found; None: it is to be removed."""

    found: Body
    header: Body | None = None
    unnamed: list[int] = field(default_factory=list)
    """Writings of this run that no header will name."""

    def becomes(self, header: Body | None) -> None:
        if self.header:
            self.unnamed.append(self.header["put"])
        self.header = header

    def action(self, index: str, id: str) -> Action:
        there = self.found.get("found", False)
        unless = tuple((f"if{name}", self.found[name]) for name in ("_seq_no", "_primary_term") if there)
        if self.header is None:
            return Action("delete", index, id, unless=unless)
        return Action("index" if there else "create", index, id, dumps(self.header), unless)


class Headers:
    def __init__(self, indices: Indices, sender: Sender) -> None:
        self._indices, self._sender = indices, sender
        self._changes: dict[str, Change] = {}

    def __bool__(self) -> bool:
        """Whether any is to be changed."""
        return bool(self._changes)

    def look(self, doc: str) -> Change:
        """What this run has done to the document, or what it is at this moment."""
        known = self._changes.get(doc)
        only = {"_source_includes": "put,content"}
        return known or Change(self._indices.found("documents", encoding.identity(doc), **only))

    def has(self, doc: str, seen: Change, content: str) -> bool:
        """Whether the document is as it should be, and this run has not touched it."""
        return doc not in self._changes and seen.found.get("_source", {}).get("content") == content

    def put(self, doc: str, seen: Change, header: Body) -> None:
        seen.becomes(header)
        self._changes[doc] = seen

    def remove(self, doc: str) -> None:
        seen = self.look(doc)
        if doc in self._changes or seen.found.get("found"):
            seen.becomes(None)
            self._changes[doc] = seen

    def publish(self) -> set[str]:
        """Writes the headers; the documents that another process has changed otherwise meanwhile."""
        index = self._indices.of("documents")
        asked = {encoding.identity(doc): doc for doc in self._changes}
        for id, doc in asked.items():
            self._sender.add(self._changes[doc].action(index, id))
        return {asked[action.id] for action in self._sender.flush() if not self._is_done(asked[action.id], action.id)}

    def _is_done(self, doc: str, id: str) -> bool:
        """Whether the header is as it was to be: a request that was sent twice, or another who wrote the same."""
        mine, source = self._changes[doc], self._indices.found("documents", id).get("_source")
        if mine.header is None or source is None:
            return mine.header is None and source is None
        if source["put"] != mine.header["put"] and source["content"] == mine.header["content"]:
            mine.unnamed.append(mine.header["put"])
            mine.found = {}
        return bool(source["content"] == mine.header["content"])

    def clear(self, lost: Collection[str]) -> None:
        """Deletes the parts that no header names any more."""
        named, unnamed = [], []
        for doc, change in self._changes.items():
            unnamed += change.unnamed
            if doc in lost:
                unnamed += [change.header["put"]] if change.header else []
            elif change.found.get("found"):
                named.append(change.found["_source"]["put"])
        if named:  # readers who have taken these headers and not yet the parts must begin again
            counter.advance(self._indices.client, self._indices.of("meta"), counter.CLEARED, by=1)
        self._indices.clear([*named, *unnamed])

    def forget(self) -> None:
        self._changes = {}

    def unnamed(self) -> Iterator[int]:
        """The writings of this run that no header names now."""
        for doc, change in self._changes.items():
            yield from change.unnamed
            named = self._indices.found("documents", encoding.identity(doc)).get("_source", {}).get("put")
            if change.header and change.header["put"] != named:
                yield change.header["put"]
