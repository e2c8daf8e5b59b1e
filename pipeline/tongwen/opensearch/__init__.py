"""A library that lies in OpenSearch instead of a folder: the same reader, and a writer that many machines may be.

What a reader can see, and why, is said in ``snapshot`` and ``writer``. The client is loaded for a connection alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tongwen.later import attributes

if TYPE_CHECKING:
    from tongwen.opensearch.address import Address, address_of
    from tongwen.opensearch.opening import reading, writing
    from tongwen.opensearch.reader import RemoteReader
    from tongwen.opensearch.writer import RemoteWriter

__all__ = ["Address", "RemoteReader", "RemoteWriter", "address_of", "reading", "writing"]

__getattr__ = attributes(
    __name__,
    {
        "Address": "address",
        "RemoteReader": "reader",
        "RemoteWriter": "writer",
        "address_of": "address",
        "reading": "opening",
        "writing": "opening",
    },
)
