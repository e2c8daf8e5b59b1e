"""What is wider than what, without a circle: a link that would close one is left out, and so is one that says again
what follows from others."""

from __future__ import annotations

from collections import defaultdict


class Hierarchy:
    """Ids of concepts, each under those that are wider."""

    def __init__(self) -> None:
        self._wider: dict[str, set[str]] = defaultdict(set)

    def above(self, concept: str) -> set[str]:
        """All that are wider, over any number of steps; without the concept itself."""
        found: set[str] = set()
        todo = [concept]
        while todo:
            new = self._wider.get(todo.pop(), set()) - found
            found |= new
            todo += new
        return found - {concept}

    def add(self, concept: str, wider: str) -> bool:
        """Whether the link says something new and was taken."""
        if concept == wider or self.joined(concept, wider):
            return False
        self._wider[concept].add(wider)
        return True

    def joined(self, one: str, other: str) -> bool:
        """Whether one of the two is above the other."""
        return other in self.above(one) or one in self.above(other)
