"""What lies beside the texts of a folder: ``manifest.toml`` and ``lexicon.tsv``."""

from __future__ import annotations

from functools import partial

from fuzz import laws, places
from fuzz.target import Target
from tongwen.decode import load_manifest, load_words
from tongwen.decode.manifest import Manifest
from tongwen.store.columns import dumps


def _manifest(data: bytes) -> Manifest:
    folder = places.scratch()
    (folder / "manifest.toml").write_bytes(data)
    found = load_manifest(folder)
    for entry in found.entries.values():
        dumps(dict(entry))
        laws.holds(isinstance(entry.get("title", ""), str), "a title that is no text")
    return found


def _words(data: bytes) -> tuple[str, ...] | str:
    folder = places.scratch()
    (folder / "lexicon.tsv").write_bytes(data)
    try:
        found = load_words(folder)
    except (OSError, UnicodeError) as fault:
        return str(fault)
    laws.holds(all(word == word.strip() and word for word in found), "a word with blanks around it")
    return found


TARGETS = (
    Target("manifest", _manifest, lambda: places.files("corpus/manifest.toml"), partial(places.dictionary, "toml")),
    Target("words", _words, lambda: places.files("corpus/lexicon.tsv")),
)
