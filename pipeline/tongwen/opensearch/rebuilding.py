"""Building a library anew beside the one that readers see, and doing away with the one that was replaced."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from tongwen.errors import IndexBusy
from tongwen.opensearch import counter, layout
from tongwen.opensearch.indices import Indices
from tongwen.opensearch.layout import REBUILDING, RETIRED

LEASE = 900.0  # seconds after which one who builds anew and is not heard of counts as gone
BEAT = 60.0
GRACE = 600.0  # seconds for which readers may go on in indices that were replaced


class Lease:
    """A sign in the indices that readers see, by which others know that somebody builds them anew."""

    def __init__(self, seen: Indices) -> None:
        self._seen = seen
        self._told = 0.0  # 0: it was not taken

    def free(self) -> dict[str, Any]:
        """The sign of the last one who built them anew, and did not come to an end.

        :raises IndexBusy: it is fresh
        """
        found = self._seen.found("meta", REBUILDING)
        if found.get("found") and time.time() - float(found["_source"]["value"]) < LEASE:
            raise self._busy()
        return found

    def take(self) -> None:
        """:raises IndexBusy: another has it"""
        from opensearchpy.exceptions import ConflictError  # noqa: PLC0415

        try:
            self._tell(counter.unless_changed(self.free()))
        except ConflictError:
            raise self._busy() from None

    def keep(self) -> None:
        """Tells others from time to time that somebody is still building."""
        if time.monotonic() - self._told > BEAT:
            self._tell({})

    def give_back(self) -> None:
        if self._told:
            self._seen.client.delete(index=self._seen.of("meta"), id=REBUILDING, ignore=404)

    def _tell(self, unless: dict[str, Any]) -> None:
        self._told = time.monotonic()
        body = {"name": REBUILDING, "value": str(time.time())}
        self._seen.client.index(index=self._seen.of("meta"), id=REBUILDING, body=body, params=unless)

    def _busy(self) -> IndexBusy:
        where = self._seen.address
        return IndexBusy(f"Another process builds the index at {where} anew.", "Run this when it is done.")


def new(seen: Indices) -> Indices:
    """Empty indices that nobody sees; of all older ones those that readers see stay."""
    client, name = seen.client, seen.address.name
    known = layout.generations(client, name)
    for number in known:
        if number != seen.generation:
            layout.drop(client, name, number)
    made = replace(seen, generation=max(known) + 1)
    layout.make(client, name, made.generation)
    return made


def retiring(seen: Indices) -> str:
    """What is noted of indices that are replaced now."""
    return f"{seen.generation} {time.time()}"


def retire(seen: Indices) -> None:
    """Drops the indices that were replaced long ago."""
    number, _, when = seen.found("meta", RETIRED).get("_source", {}).get("value", "").partition(" ")
    if number and time.time() - float(when) > GRACE:
        layout.drop(seen.client, seen.address.name, int(number))
        seen.client.delete(index=seen.of("meta"), id=RETIRED, ignore=404)
