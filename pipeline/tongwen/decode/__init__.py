"""Decode: from a file to a ``Document``. Law: the original text is never changed after this.

Each part is imported when it is asked for: who finds that no file has changed must not wait for what reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tongwen.later import attributes

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

__getattr__ = attributes(
    __name__,
    {
        "EMPTY": "manifest",
        "Manifest": "manifest",
        "SourceFile": "files",
        "decode": "decoding",
        "document_id": "files",
        "document_ids": "files",
        "find_files": "files",
        "load_manifest": "manifest",
        "load_words": "words",
    },
)
