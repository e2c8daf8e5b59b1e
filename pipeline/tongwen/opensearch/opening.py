"""The two ways into a library in OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tongwen.errors import NoIndex
from tongwen.opensearch import layout
from tongwen.opensearch.address import Address
from tongwen.opensearch.client import connected
from tongwen.opensearch.reader import RemoteReader
from tongwen.opensearch.snapshot import snapshot
from tongwen.opensearch.writer import RemoteWriter

if TYPE_CHECKING:
    from opensearchpy import OpenSearch


@contextmanager
def reading(address: Address) -> Iterator[RemoteReader]:
    """:raises NoIndex, IndexTooNew, IndexDamaged, IndexFault: ..."""
    with connected(address) as client, snapshot(client, address) as taken, closing(RemoteReader(taken)) as reader:
        yield reader


@contextmanager
def writing(address: Address) -> Iterator[RemoteWriter]:
    """Makes what is missing. What was done since the last checkpoint is dropped.

    :raises IndexBusy, IndexTooNew, IndexFault: ...
    """
    with connected(address) as client:
        _make(client, address)
        with (
            snapshot(client, address) as taken,
            closing(RemoteReader(taken)) as old,
            closing(RemoteWriter(taken, old)) as writer,
        ):
            writer.guard()
            writer.retire()
            try:
                yield writer
            except BaseException:
                writer.abandon()
                raise


def _make(client: OpenSearch, address: Address) -> None:
    """The first indices have the same number whoever makes them, so that two who begin at once make the same."""
    try:
        layout.current(client, address)
    except NoIndex:
        layout.make(client, address.name, 1, visible=True)
