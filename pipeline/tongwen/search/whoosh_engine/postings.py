"""How a segment's terms are written: apart from ``codec``, which a search loads.

Whoosh's own writer of fields makes three objects for each term, and gathers numbers that nothing asks for here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoosh.filedb.filetables import OrderedHashWriter

from tongwen.search.whoosh_engine.codec import Segment, entry


class TermsWriter:
    """Terms with their content → the files of ``segment``: the terms in an ordered hash, the content in a row."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        self._terms = OrderedHashWriter(segment.create_file(storage, ".trm"))
        self._content = segment.create_file(storage, ".pst")
        self._fields: dict[str, int] = self._terms.extras.setdefault("fieldmap", {})
        self._end = 0

    def write(self, field: str, terms: Iterable[tuple[bytes, bytes]]) -> None:
        """All ``terms`` of a field, in byte order; the fields in the order in which ``codec`` names them."""
        number = self._fields.setdefault(field, len(self._fields))
        for term, content in terms:
            start, self._end = self._end, self._end + len(content)
            self._content.write(content)
            self._terms.add(*entry(number, term, (start, self._end)))

    def close(self) -> None:
        self._terms.close()
        self._content.close()
