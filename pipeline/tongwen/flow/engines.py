"""The search engines by name, and where each keeps its files; an engine is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tongwen.errors import UsageError
from tongwen.search import engine as protocol
from tongwen.search.engine import Home, SearchIndex

DEFAULT = "whoosh"


class Known(NamedTuple):
    """``in_files``: it keeps what it keeps in a folder of its own, else in the database of the records."""

    module: str
    attribute: str
    in_files: bool


ENGINES = {
    "whoosh": Known("tongwen.search.whoosh_engine", "WhooshIndex", in_files=True),
    "sqlite": Known("tongwen.search.sqlite_engine", "SqliteIndex", in_files=False),
}
# What every engine's content depends on, besides its own code: how a text becomes its key, and a key its tokens.
COMMON = (
    "arrays.py",
    "search/engine.py",
    "search/grams.py",
    "search/highlight.py",
    "normalise.py",
    "lexicon/fold_pairs.tsv",
)


def check(name: str) -> None:
    """Raises ``UsageError`` where there is no engine of that name."""
    if name not in ENGINES:
        raise UsageError(f"There is no search engine {name!r}.", f"Known are: {', '.join(ENGINES)}.")


def engine(name: str) -> type[SearchIndex]:
    """Raises ``UsageError`` where there is none of that name."""
    check(name)
    known = ENGINES[name]
    found: type[SearchIndex] = getattr(import_module(known.module), known.attribute)
    return found


def home(index_folder: Path, name: str, database: object) -> Home:
    """The engine's own folder, and the records' database."""
    return Home(index_folder / name, database)


def has_left(name: str, index_folder: Path) -> bool:
    """Whether an engine that is not used may have left something; it is not imported to find out."""
    return not ENGINES[name].in_files or (index_folder / name).exists()


def revision(name: str) -> str:
    """A name for the code that made an engine's files: when it changes, they are made anew from the store."""
    from hashlib import sha256  # noqa: PLC0415  loads OpenSSL, and a search needs none of it

    package = Path(protocol.__file__).parent
    own = package / ENGINES[name].module.rpartition(".")[2]
    files = [package.parent / common for common in COMMON]
    files += sorted(own.rglob("*.py")) if own.is_dir() else [own.with_suffix(".py")]
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
