"""What one reader sees: headers of one moment, and the parts that they name.

Headers are looked at first and parts after them, and a writer deletes parts only when the headers that no longer name
them can be seen by all, having counted ``cleared`` up. So if that number is the same before and after, every part of
every header is there. Otherwise the snapshot is taken again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from tongwen.errors import IndexFault
from tongwen.opensearch import counter, layout
from tongwen.opensearch.address import Address
from tongwen.opensearch.layout import KINDS, PARTS, Kind, index

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

KEEP = "5m"  # how long OpenSearch keeps a snapshot of which nobody asks anything
PAGE = 5000  # entries of one answer
TRIES = 20
PAUSE = 0.05  # seconds between them

Hit = dict[str, Any]
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Snapshot:
    def __init__(self, client: OpenSearch, address: Address, generation: int) -> None:
        self.client, self.address, self.generation = client, address, generation
        self._points: dict[Kind, str] = {}

    def take(self) -> bool:
        """Whether it is of one moment, and all of it there."""
        from opensearchpy.exceptions import NotFoundError  # noqa: PLC0415

        try:
            before = self._cleared()
            self._fix("documents")
            at_once(self._fix, PARTS)
            return self._cleared() == before
        except NotFoundError:  # another generation has taken this one's place, and it is gone
            return False

    def _fix(self, kind: Kind) -> None:
        made = self.client.create_pit(index=self.index(kind), params={"keep_alive": KEEP})
        self._points[kind] = made["pit_id"]

    def index(self, kind: Kind) -> str:
        return index(self.address.name, kind, self.generation)

    def _cleared(self) -> int:
        return counter.value(self.client, self.index("meta"), counter.CLEARED)

    def close(self) -> None:
        if self._points:
            self.client.delete_pit(body={"pit_id": list(self._points.values())}, ignore=404)
            self._points = {}

    def ask(self, kind: Kind, body: dict[str, Any]) -> dict[str, Any]:
        """One search; files and what is known of the library are not parts of a snapshot."""
        parameters = {"filter_path": "-**._index,-took,-_shards,-timed_out"}
        if kind not in self._points:
            answer: dict[str, Any] = self.client.search(index=self.index(kind), body=body, params=parameters)
            return answer
        point = {"id": self._points[kind], "keep_alive": KEEP}
        answer = self.client.search(body={**body, "pit": point}, params=parameters)
        self._points[kind] = answer.get("pit_id", self._points[kind])
        return answer

    def scan(self, kind: Kind, order: list[str], **body: Any) -> Iterator[Hit]:
        """Every hit in the order of fields that together name one entry."""
        body = {"size": PAGE, "sort": order, "track_total_hits": False, **body}
        while True:
            hits = self.ask(kind, body).get("hits", {}).get("hits", [])
            yield from hits
            if len(hits) < body["size"]:
                return
            body["search_after"] = hits[-1]["sort"]

    def sums(self, fields: list[str]) -> dict[str, int]:
        """Of all headers, and how many there are, as ``documents``."""
        asked = {field: {"sum": {"field": field}} for field in fields}
        answer = self.ask("documents", {"size": 0, "track_total_hits": True, "aggs": asked})
        found = {field: int(told["value"]) for field, told in answer.get("aggregations", {}).items()}
        return {"documents": int(answer["hits"]["total"]["value"]), **found}

    def size(self) -> int:
        """Bytes on the disks of all nodes, copies included; 0 where who asks may not know."""
        every = ",".join(map(self.index, KINDS))
        told = self.client.indices.stats(index=every, metric="store", ignore=403)
        return int(told.get("_all", {}).get("total", {}).get("store", {}).get("size_in_bytes", 0))


def at_once(ask: Callable[[Asked], Answer], each: Iterable[Asked]) -> list[Answer]:
    """Requests that do not wait for each other."""
    with ThreadPoolExecutor(len(PARTS), thread_name_prefix="asking") as pool:
        return list(pool.map(ask, each))


@contextmanager
def snapshot(client: OpenSearch, address: Address) -> Iterator[Snapshot]:
    """:raises NoIndex: there is none"""
    for _ in range(TRIES):
        taken = Snapshot(client, address, layout.current(client, address))
        try:
            if taken.take():
                yield taken
                return
        finally:
            taken.close()
        time.sleep(PAUSE)
    raise IndexFault(f"The index at {address} changes too fast to be read.", "Run the command again.")
