"""The indices of one generation of a library, as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tongwen.opensearch import layout
from tongwen.opensearch.address import Address
from tongwen.opensearch.layout import PARTS, Kind

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

CLEARED = 200  # writings that are deleted with one request
CLEARING = 600  # seconds that this may take


@dataclass(frozen=True, slots=True)
class Indices:
    client: OpenSearch
    address: Address
    generation: int

    def of(self, kind: Kind) -> str:
        return layout.index(self.address.name, kind, self.generation)

    def found(self, kind: Kind, id: str, **only: str) -> dict[str, Any]:
        """An entry as it is at this moment, without waiting for a refresh; where there is none, ``found`` is false."""
        entry: dict[str, Any] = self.client.get(index=self.of(kind), id=id, params=only, ignore=404)
        return entry

    def refresh(self, kinds: Sequence[Kind]) -> None:
        self.client.indices.refresh(index=",".join(map(self.of, kinds)))

    def clear(self, puts: Sequence[int]) -> None:
        """Deletes the parts of these writings."""
        indices, parameters = ",".join(map(self.of, PARTS)), {"conflicts": "proceed"}
        for at in range(0, len(puts), CLEARED):
            query = {"query": {"terms": {"put": list(puts[at : at + CLEARED])}}}
            self.client.delete_by_query(index=indices, body=query, params=parameters, request_timeout=CLEARING)
