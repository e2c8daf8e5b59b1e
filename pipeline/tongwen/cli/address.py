"""``DOC#ID``: a document, or a record in it, as it is typed and as it is printed."""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tongwen.store import Reader

_PLAIN = re.compile(r"\w[\w@%+:,./#-]*")  # no shell reads any of these as more than itself


def parse(store: Reader, address: str) -> tuple[str, str | None]:
    """The document's id and the record's, which is None for a whole document.

    The ``#`` that counts is the last; but a document whose own name has one is found by that name.
    """
    doc, mark, record = address.rpartition("#")
    if not mark or store.document_ids(literal(address)):
        return address, None
    return doc, record or None


def literal(text: str) -> str:
    """A shell pattern that matches ``text`` alone."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in text)


def reference(doc: str, record: str = "") -> str:
    """``DOC#ID``, quoted for a shell where that is needed."""
    where = f"{doc}#{record}" if record else doc
    return where if _PLAIN.fullmatch(where) else quote(where)
