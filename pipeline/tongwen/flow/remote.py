"""Documents on their way into a library in OpenSearch: what ``ledger.Ledger`` does for a folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from tongwen.flow import engines
from tongwen.opensearch import RemoteWriter
from tongwen.store import Parcel
from tongwen.store.columns import pieces_of, stretch

ENGINE = "opensearch"
MADE_BY = (*engines.COMMON, "opensearch/encoding.py", "opensearch/layout.py", "opensearch/parts.py")
BATCH = 20  # documents that are copied at a time

Progress = Callable[[int, int], None]


class RemoteLedger:
    def __init__(self, store: RemoteWriter) -> None:
        self._store = store
        self._revision = revision()
        self._owed: set[str] = set()  # documents that the new indices still lack

    def begin(self, changing: Collection[str], anew: bool, progress: Progress) -> bool:
        """Builds the library in new indices if ``anew``, or if other code has indexed its passages; whether it does.

        The documents in ``changing`` are left for last: most will have been entered afresh by then.
        """
        known = self._store.meta("revision")
        self._store.set_meta("engine", ENGINE)
        self._store.set_meta("revision", self._revision)
        docs = set(self._store.document_ids())
        if not docs or not (anew or known != self._revision):
            return known != self._revision
        self._store.rebuild()
        self._owed = docs
        self._copy(docs.difference(changing), progress)
        return True

    def enter(self, parcel: Parcel, passages: Iterable[tuple[str, str]]) -> None:
        self._owed.discard(parcel.id)
        self._store.enter(parcel, list(passages), self._revision)

    def remove(self, doc: str) -> None:
        self._owed.discard(doc)
        self._store.remove(doc)

    def checkpoint(self) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._store.set_meta("built", self._store.meta("built") or now)
        self._store.set_meta("updated", now)
        self._store.checkpoint()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        """New indices are shown when all is in them, also where the run was stopped."""
        if not failure and self._store.rebuilding:
            self._copy(set(self._owed))
            self._store.switch()

    def _copy(self, docs: set[str], progress: Progress = lambda done, total: None) -> None:
        """From the old indices as they were when the run began."""
        old = self._store.old
        names = sorted(docs)
        for at in range(0, len(names), BATCH):
            for parcel in old.fetched(old.headers(names[at : at + BATCH]).values()):
                self._store.enter(parcel, _passages(parcel), self._revision)
            progress(min(at + BATCH, len(names)), len(names))
        self._owed -= docs


def revision() -> str:
    """A name for the code that made what is indexed: when it changes, the indices are made anew."""
    package = Path(str(engines.__file__)).parent.parent
    return sha256(b"\0".join((package / file).read_bytes() for file in MADE_BY)).hexdigest()[:16]


def _passages(parcel: Parcel) -> list[tuple[str, str]]:
    """Kind and key text of each passage."""
    from tongwen.flow.keying import key_text  # noqa: PLC0415  most runs copy nothing

    text = "".join(map(stretch, parcel.chunks))
    return [(parcel.records[record][2], key_text(text, pieces_of(pieces))) for record, pieces in parcel.passages]
