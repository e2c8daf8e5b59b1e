"""Numbers that many machines draw on: each change is one request that fails where another came first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

KEYS = "next key"  # of a passage
BLOCK = 10_000  # of them, that are drawn at a time
CLEARED = "cleared"  # how often parts were deleted that a header had named


def value(client: OpenSearch, index: str, name: str) -> int:
    """What it is at this moment, without waiting for a refresh."""
    return int(_got(client, index, name).get("_source", {}).get("number", 0))


def advance(client: OpenSearch, index: str, name: str, by: int) -> int:
    """Adds ``by``; what it was before."""
    from opensearchpy.exceptions import ConflictError  # noqa: PLC0415

    while True:
        found = _got(client, index, name)
        number = int(found["_source"]["number"]) if found.get("found") else 0
        body = {"name": name, "number": number + by}
        try:
            client.index(index=index, id=name, body=body, params=unless_changed(found))
        except ConflictError:
            continue
        return number


def unless_changed(found: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a write that fails unless the entry is what was found."""
    if not found.get("found"):
        return {"op_type": "create"}
    return {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}


def _got(client: OpenSearch, index: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(index=index, id=name, ignore=404)
    return found


class Keys:
    """Keys of passages, of which no two are ever the same: drawn in blocks, so that it is seldom waited for."""

    def __init__(self, client: OpenSearch, index: str) -> None:
        self._client, self._index = client, index
        self._left = range(0)

    def take(self, number: int) -> int:
        """The first of so many that follow one another."""
        if len(self._left) < number:
            drawn = max(BLOCK, number)
            first = advance(self._client, self._index, KEYS, by=drawn) + 1
            self._left = range(first, first + drawn)
        taken, self._left = self._left[0], self._left[number:]
        return taken
