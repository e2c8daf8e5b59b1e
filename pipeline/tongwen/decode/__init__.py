"""Decode: from a file to a ``Document``. Law: the original text is never changed after this.

Each part is imported when it is asked for: who finds that no file has changed must not wait for what reads them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tongwen.decode.decoding import decode
    from tongwen.decode.files import SourceFile, document_id, document_ids, find_files
    from tongwen.decode.manifest import EMPTY, Manifest, load_manifest
    from tongwen.decode.words import load_words

__all__ = [
    "EMPTY",
    "Manifest",
    "SourceFile",
    "decode",
    "document_id",
    "document_ids",
    "find_files",
    "load_manifest",
    "load_words",
]

_HOMES = {
    "EMPTY": "manifest",
    "Manifest": "manifest",
    "SourceFile": "files",
    "decode": "decoding",
    "document_id": "files",
    "document_ids": "files",
    "find_files": "files",
    "load_manifest": "manifest",
    "load_words": "words",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
