"""Bulk writes: as fast as OpenSearch takes them, and again what it could not take.

A few requests are on their way at a time, and who adds more waits: so memory is bounded, and a busy cluster slows the
reading of texts down instead of being buried. What is refused for want of room (429), or was on a node that is gone, is
sent again, to another node where there is one, after twice as long each time. Sending twice does no harm: every entry
has its identity.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from tongwen.errors import IndexFault
from tongwen.opensearch.address import Address
from tongwen.store.columns import dumps

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

BYTES = 4 << 20  # of one request
ENTRIES = 5000
AT_ONCE = 2  # requests, and as many again that wait for one of them
PAUSES = (0.5, 1, 2, 4, 8, 16, 30, 30, 30)  # seconds before each further try
PASSING = {429, 502, 503, 504, "N/A", "TIMEOUT"}  # what time may heal; the last two are the client's, for no answer
CONFLICT, ABSENT = 409, 404


class Action(NamedTuple):
    """``how``: ``index``, ``create`` or ``delete``; ``place``: the index; ``body``: JSON, empty for a deletion."""

    how: str
    place: str
    id: str
    body: str = ""
    unless: tuple[tuple[str, int], ...] = ()

    def line(self) -> tuple[dict[str, Any], str | None]:
        return {self.how: {"_index": self.place, "_id": self.id, **dict(self.unless)}}, self.body or None


def entry(index: str, id: str, body: dict[str, Any]) -> Action:
    return Action("index", index, id, dumps(body))


class Sender:
    def __init__(self, client: OpenSearch, address: Address) -> None:
        self._client, self._address = client, address
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="bulk")
        self._sent: deque[Future[list[Action]]] = deque()
        self._waiting: list[Action] = []
        self._bytes = 0
        self._conflicts: list[Action] = []

    def add(self, action: Action) -> None:
        self._waiting.append(action)
        self._bytes += len(action.body.encode())
        if self._bytes >= BYTES or len(self._waiting) >= ENTRIES:
            self._send()

    def flush(self) -> list[Action]:
        """Returns when all is written; what was not, since the entry had changed."""
        self._send()
        while self._sent:
            self._collect()
        conflicts, self._conflicts = self._conflicts, []
        return conflicts

    def close(self) -> None:
        """What has not been sent is forgotten."""
        self._waiting = []
        self._pool.shutdown(cancel_futures=True)
        for future in self._sent:
            with suppress(Exception):
                future.result(0)

    def _send(self) -> None:
        if self._waiting:
            self._sent.append(self._pool.submit(self._deliver, self._waiting))
            self._waiting, self._bytes = [], 0
        while len(self._sent) > 2 * AT_ONCE:
            self._collect()

    def _collect(self) -> None:
        self._conflicts += self._sent.popleft().result()

    def _deliver(self, actions: list[Action]) -> list[Action]:
        conflicts: list[Action] = []
        for pause in (*PAUSES, None):
            actions = list(self._refused(actions, conflicts))
            if not actions:
                return conflicts
            if pause:
                time.sleep(pause)
        raise IndexFault(f"OpenSearch at {self._address} has no room, or too few nodes, to write.", "Try again later.")

    def _refused(self, actions: Iterable[Action], conflicts: list[Action]) -> Iterator[Action]:
        """Those that are to be sent again."""
        from opensearchpy.helpers import streaming_bulk  # noqa: PLC0415

        actions = list(actions)
        answers = streaming_bulk(
            self._client,
            (action.line() for action in actions),
            chunk_size=ENTRIES,
            max_chunk_bytes=2 * BYTES,
            expand_action_callback=lambda line: line,
            raise_on_error=False,
            raise_on_exception=False,
            filter_path="items.*.status,items.*.error.type",
        )
        for action, (done, told) in zip(actions, answers, strict=True):
            if done:
                continue
            (answer,) = told.values()
            status = answer.get("status")
            if status in PASSING:
                yield action
            elif status == CONFLICT:
                conflicts.append(action)
            elif status != ABSENT or action.how != "delete":
                raise IndexFault(f"OpenSearch at {self._address} does not take an entry ({status} {_why(answer)}).")


def _why(answer: dict[str, Any]) -> str:
    """The sort of failure; its text may quote what was sent."""
    error = answer.get("error")
    return str(error.get("type", "")) if isinstance(error, dict) else "for an unknown reason"
