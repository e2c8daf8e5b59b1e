"""Where a library lies: in a folder, or in OpenSearch where ``--index`` is an address. Only this module asks which.

An address is handed around as the path that was given. What a folder's index is to be read from is ``store.Reader``,
and OpenSearch's reader is one; what a run changes a library through is ``Books`` and ``Entering``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, runtime_checkable

from tongwen.errors import UsageError
from tongwen.flow import engines
from tongwen.opensearch import address_of
from tongwen.opensearch.address import SCHEME
from tongwen.search.engine import Reader as EngineReader
from tongwen.store import NAME, Reader, Store

if TYPE_CHECKING:
    from tongwen.flow.plan import Rest
    from tongwen.store import File, Parcel

ENGINE = "opensearch"
Progress = Callable[[int, int], None]


class Books(Protocol):
    """What is known of files and of the library as a whole."""

    def meta(self, name: str) -> str | None: ...
    def set_meta(self, name: str, value: str) -> None: ...
    def files(self, below: Iterable[str] | None = None) -> list[File]: ...
    def put_file(self, file: File) -> None: ...
    def remove_file(self, doc: str) -> None: ...


class Entering(Protocol):
    """What documents are entered through: ``ledger.Ledger`` for a folder, ``remote.RemoteLedger`` for OpenSearch."""

    def begin(self, changing: Collection[str], anew: bool, progress: Progress) -> bool: ...
    def enter(self, parcel: Parcel, passages: Iterable[tuple[str, str]]) -> None: ...
    def remove(self, doc: str) -> None: ...
    def checkpoint(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None: ...


@runtime_checkable
class Searching(Protocol):
    """A reader that is searched by itself, and knows what it takes."""

    def engine(self) -> EngineReader: ...
    def size(self) -> int: ...


@contextmanager
def reading(place: Path) -> Iterator[Reader]:
    """Raises ``NoIndex``, ``IndexTooNew``, ``IndexDamaged``, ``IndexFault``."""
    if where := address_of(place):
        from tongwen import opensearch  # noqa: PLC0415

        with opensearch.reading(where) as remote:
            yield remote
    else:
        with Store.read(place) as store:
            yield store


@contextmanager
def writing(place: Path, anew: bool = False) -> Iterator[Books]:
    """Raises ``IndexBusy``, ``IndexTooNew``, ``IndexDamaged``, ``IndexFault``."""
    if where := address_of(place):
        from tongwen import opensearch  # noqa: PLC0415

        with opensearch.writing(where) as remote:
            yield remote
    else:
        with Store.write(place, anew) as store:
            yield store


def rest(books: Books) -> Rest:
    """What a run can ask of files that it does not look at; OpenSearch tells of all at once."""
    from tongwen.flow.plan import Rest  # noqa: PLC0415  a search plans nothing

    return Rest(books.file_of, books.roots) if isinstance(books, Reader) else Rest()


def known(place: Path, engine: str | None) -> None:
    """Raises ``UsageError`` where a library there cannot be searched by ``engine``."""
    if address_of(place) is None:
        engines.check(engine or engines.DEFAULT)
    elif engine not in {None, ENGINE}:
        raise UsageError(f"A library in OpenSearch is searched by it, and not by {engine!r}.", "Leave out --engine.")


def ledger(books: Books, place: Path, engine: str | None) -> Entering:
    """``books``: what ``writing`` gave; ``engine`` None: the one that the library has."""
    from tongwen.store import Writer  # noqa: PLC0415

    if isinstance(books, Writer):
        from tongwen.flow.ledger import Ledger  # noqa: PLC0415

        return Ledger(books, place, engine or books.meta("engine") or engines.DEFAULT)
    from tongwen.flow.remote import RemoteLedger  # noqa: PLC0415
    from tongwen.opensearch import RemoteWriter  # noqa: PLC0415

    assert isinstance(books, RemoteWriter)
    return RemoteLedger(books)


def engine(store: Reader) -> EngineReader | None:
    """The search engine of a library in OpenSearch, which sees what ``store`` sees; None for a folder."""
    return store.engine() if isinstance(store, Searching) else None


def elsewhere(store: Reader) -> int:
    """Bytes of a library in OpenSearch; 0 for a folder, whose files are there to be looked at."""
    return store.size() if isinstance(store, Searching) else 0


def exists(place: Path) -> bool:
    """Whether there is something of an index, which may be damaged; of an address this is not known."""
    return address_of(place) is not None or (place / NAME).exists()


def free(place: Path) -> int:
    """Bytes that are left on a folder's disk; 0 for an address."""
    from shutil import disk_usage  # noqa: PLC0415  a search asks for no room

    return 0 if address_of(place) else disk_usage(place).free


def local(place: Path) -> None:
    """Raises ``UsageError`` where it is an address."""
    if where := address_of(place):
        raise UsageError(
            f"What is kept at {where} is verified by OpenSearch itself.",
            "`tongwen index --full` builds a library anew there.",
        )


def shown(place: Path) -> str:
    """As it was typed: an address has two slashes, of which a path keeps one."""
    return re.sub(SCHEME, r"opensearch\g<tls>://", str(place)) if address_of(place) else str(place)


def absolute(place: Path) -> Path:
    """For a process that may stand elsewhere."""
    return place if address_of(place) else place.absolute()


def beside(place: Path) -> Path:
    """The folder for what is made from the library and kept: its own, or for an address one in the user's cache."""
    where = address_of(place)
    if where is None:
        return place
    from hashlib import sha256  # noqa: PLC0415  loads OpenSSL

    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "tongwen" / f"{where.name}-{sha256(str(where).encode()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
