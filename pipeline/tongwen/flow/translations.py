"""Which documents of a library say the same in different languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tongwen.model import Json
from tongwen.store import Reader


def originals(store: Reader) -> dict[str, str]:
    """The document that each translation is one of: as the manifest says, or by the title that it names itself."""
    told = {doc: _told(metadata) for doc, metadata in store.telling("translation_of", "name_zh")}
    titled: dict[str, list[str]] = {}
    for doc, title in store.titled({name for _, name in told.values()} - {""}):
        titled.setdefault(title, []).append(doc)
    found = {}
    for doc, (original, name) in told.items():
        named = titled.get(name, [])
        found[doc] = original or (named[0] if len(named) == 1 else doc)
    return {doc: original for doc, original in found.items() if doc != original}


def _told(metadata: Mapping[str, Json]) -> tuple[str, str]:
    return str(metadata.get("translation_of") or ""), str(metadata.get("name_zh") or "")


class Translations:
    """Read once, when they are first asked for."""

    def __init__(self, store: Reader) -> None:
        self._store = store

    @cached_property
    def _originals(self) -> dict[str, str]:
        return originals(self._store)

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for doc, original in self._originals.items():
            groups.setdefault(original, []).append(doc)
        return {original: sorted([*self._itself(original), *group]) for original, group in groups.items()}

    def _itself(self, original: str) -> list[str]:
        """None where it is not in the library, or a translation itself."""
        return [original] if original not in self._originals and self._store.has(original) else []

    def original(self, doc: str) -> str:
        """The document itself where it is no translation."""
        return self._originals.get(doc, doc)

    def of(self, doc: str) -> list[str]:
        """All of them, the document itself included; none where it is the only one."""
        group = self._groups.get(self.original(doc), [])
        return group if len(group) > 1 else []
