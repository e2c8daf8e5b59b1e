"""The tables of the engine: one of grams for FTS5, and what is known of passages, documents and words."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tongwen.errors import IndexDamaged, IndexFault
from tongwen.search.engine import Home

# FTS5's tokenizer "ascii" takes every character beyond ASCII as a part of a token, and of ASCII letters, digits and
# what it is told; so a gram can be handed to it as one word, with a white space between its tokens that it does not
# know as one and that stands in no token.
JOINT = "\u2003"
MARKS = "".join(mark for mark in map(chr, range(33, 127)) if not mark.isalnum())
ODD = re.compile("[\0-\x1f\x7f\ud800-\udfff]")  # no file has these in a text for their own sake, and FTS5 takes none
LAST = "\U0010ffff"  # sorts behind every character of a text
SHIFT = 0xF0000  # to a private plane
GRAM = array("I", f"\0{JOINT}\0 ".encode("utf-32-le"))  # room for two tokens

FORMAT = "2"  # of the tables: another is made by other code, which reads its own alone

REBUILD = "Rebuild it with `tongwen index --full`; your texts are not touched."
RENEW = "Run `tongwen index` on your folders: it makes it anew from what is stored."

_QUOTED = MARKS.replace('"', '""').replace("'", "''''")
SCHEMA = (
    # Lengths are with the documents, and bm25() is four times as fast where it looks up none.
    f"""CREATE VIRTUAL TABLE search_grams USING fts5(
        grams, content='', columnsize=0, tokenize="ascii tokenchars '{_QUOTED}'")""",
    "CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_grams, 'row')",
    "CREATE VIRTUAL TABLE search_places USING fts5vocab(search_grams, 'instance')",
    # A document's number is the key of its first passage, so that documents are in the order of passages.
    """CREATE TABLE search_documents (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, last INTEGER NOT NULL, passages BLOB NOT NULL)""",
    "CREATE TABLE search_words (word TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE search_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)
TABLES = ("search_vocabulary", "search_places", "search_grams", "search_documents", "search_words", "search_state")
BUFFER = 1 << 26  # bytes of new grams that are held before they are written: half as many take a fifth longer


def connection(home: Home) -> sqlite3.Connection:
    if not isinstance(home.database, sqlite3.Connection):
        raise damaged("there is no database to search in")
    return home.database


def damaged(why: object) -> IndexDamaged:
    return IndexDamaged(f"The search index in tongwen.sqlite is damaged ({why}).", REBUILD)


def opened(database: sqlite3.Connection, generation: str) -> dict[str, str]:
    """What is kept of the tables as a whole; raises ``IndexFault`` where they are not those that are asked for."""
    found = state(database)
    if found and found.get("format") != FORMAT:
        raise IndexFault("The search index in tongwen.sqlite was made by another version of Tongwen.", RENEW)
    if found.get("generation") != generation:
        raise damaged(f"it has not the generation {generation!r}")
    return found


def create(database: sqlite3.Connection) -> None:
    """Raises ``IndexFault`` where this SQLite was built without FTS5."""
    drop(database)
    try:
        for statement in SCHEMA:
            database.execute(statement)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        raise IndexFault("The SQLite of this Python has no FTS5.", "Use the engine whoosh.") from error
    database.execute("INSERT INTO search_grams(search_grams, rank) VALUES ('hashsize', ?)", (BUFFER,))


def drop(database: sqlite3.Connection) -> None:
    for table in TABLES:
        database.execute(f"DROP TABLE IF EXISTS {table}")


def state(database: sqlite3.Connection) -> dict[str, str]:
    """Empty where there are no tables."""
    if not database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search_state'").fetchone():
        return {}
    return dict(database.execute("SELECT name, value FROM search_state"))


def set_state(database: sqlite3.Connection, **values: object) -> None:
    rows = [(name, str(value)) for name, value in values.items()]
    database.executemany("REPLACE INTO search_state VALUES (?,?)", rows)


def bind(text: str) -> str | bytes:
    """``text`` as SQLite can hold it, lone surrogates and all."""
    return text.encode("utf-8", "surrogatepass") if ODD.search(text) else text


def unbind(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


def plain(text: str) -> str:
    """What FTS5 cannot take in a word, as what it can."""
    return ODD.sub(lambda odd: chr(SHIFT + ord(odd[0])), text) if ODD.search(text) else text


def run(tokens: Sequence[str]) -> str:
    """The grams of a passage as FTS5 is given them: one for each token."""
    if tokens and isinstance(tokens, str):
        return _spread(tokens)
    return plain(" ".join(map(JOINT.join, pairwise((*tokens, "")))))


def _spread(characters: str) -> str:
    """Of tokens that are characters, none of them odd. As numbers they are laid out by whole rows."""
    numbers = array("I", characters.encode("utf-32-le"))
    grams = GRAM * len(numbers)
    grams[::4] = numbers
    grams[2:-2:4] = numbers[1:]
    return grams[:-2].tobytes().decode("utf-32-le")


class Phrase(NamedTuple):
    """Neighbours as FTS5 is asked for them; ``begun``: the last gram may go on."""

    grams: list[str]
    begun: bool

    @classmethod
    def of(cls, tokens: Iterable[str], begun: bool) -> Phrase:
        words = list(map(plain, tokens))
        if len(words) == 1:
            return cls([words[0] if begun else words[0] + JOINT], True)
        return cls(list(map(JOINT.join, pairwise(words))), begun)

    @property
    def edges(self) -> list[tuple[str, str]]:
        """Of each gram the first and the last of those that it stands for, in code point order."""
        *rest, last = self.grams
        return [(gram, gram) for gram in rest] + [(last, last + LAST if self.begun else last)]

    def query(self) -> str:
        """In FTS5's language, which has nothing else in quotation marks."""
        return '"' + " ".join(self.grams).replace('"', '""') + '"' + "*" * self.begun
