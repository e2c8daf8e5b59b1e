"""English words that only one concept's names have, so that one of them is enough to show that it is rendered.

*The taking of urine samples* renders urine testing, and *the suspect* a criminal suspect; *treatment* alone is a part
of the names of many things and renders none. Proper names are left out: of those every word counts.
"""

from __future__ import annotations

import re
from collections import defaultdict

from tongwen.concept import Concept, Glossary
from tongwen.glossary.naming import name_key

SMALL = 3  # letters: of, the, and say nothing
ALIKE = 6  # first letters that forms of one word have in common: suspect, suspected, and not suspended
_WORD = re.compile(r"[a-z]+")


class OwnWords:
    """Of all concepts of a glossary."""

    def __init__(self, glossary: Glossary) -> None:
        owners: dict[str, set[str]] = defaultdict(set)
        for concept in glossary.concepts:
            for term in concept.terms:
                if term.language[:2] == "en":
                    for stem in _stems(term.text):
                        owners[stem].add(concept.id)
        self._owners = owners

    def render(self, concept: Concept, text: str) -> bool:
        """Whether ``text`` has a word of the concept's approved names that no other concept's names have."""
        named = [t.text for t in concept.terms if t.language[:2] == "en" and t.status in ("preferred", "admitted")]
        stems = {stem for name in named if name.islower() for stem in _stems(name)}
        return any(len(self._owners[stem]) == 1 for stem in stems & _stems(text))


def _stems(text: str) -> set[str]:
    words = (word.removesuffix("s") for word in _WORD.findall(name_key(text)))
    return {word[:ALIKE] for word in words if len(word) > SMALL}
