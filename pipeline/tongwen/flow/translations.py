"""Which documents of a library say the same in different languages."""

from __future__ import annotations

from functools import cached_property

from tongwen.store import Reader


def originals(store: Reader) -> dict[str, str]:
    """The document that each is a translation of: as the manifest says, or by the title that a statute names for it."""
    rows = list(store.telling("translation_of", "name_zh"))
    titled: dict[str, list[str]] = {}
    for doc, title, _ in rows:
        titled.setdefault(title, []).append(doc)
    found = {}
    for doc, _, told in rows:
        named = titled.get(str(told.get("name_zh", "")), [])
        found[doc] = str(told.get("translation_of") or (named[0] if len(named) == 1 else doc))
    return found


class Translations:
    """Read once, when they are first asked for."""

    def __init__(self, store: Reader) -> None:
        self._store = store

    @cached_property
    def originals(self) -> dict[str, str]:
        return originals(self._store)

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for doc, original in self.originals.items():
            groups.setdefault(original, []).append(doc)
        return groups

    def of(self, doc: str) -> list[str]:
        """All of them, the document itself included; none where it is the only one."""
        group = self._groups[self.originals[doc]]
        return group if len(group) > 1 else []
