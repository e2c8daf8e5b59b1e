"""The names of languages in other tools, from ``lexicon/tool_languages.tsv``."""

from __future__ import annotations

from collections.abc import Sequence

from tongwen import lexicon
from tongwen.concept import Concept, Term
from tongwen.exchange.table_losses import lost


def tags_by_name(tool: str) -> dict[str, list[str]]:
    """The tool's names in the table's order, each with our tags that stand under it, the nearest first."""
    names: dict[str, list[str]] = {}
    for of, name, tag, _ in lexicon.rows("tool_languages.tsv"):
        if of == tool:
            names.setdefault(name, []).append(tag)
    return names


def terms_under(c: Concept, tags: Sequence[str]) -> tuple[Term, ...]:
    """Those with just these tags; of each tag best first."""
    return tuple(t for tag in tags for t in c.in_language(tag) if t.language == tag)


def without_name(concepts: Sequence[Concept], tool: str) -> tuple[str, ...]:
    """What is lost because the tool has no name for the language."""
    known = {tag for tags in tags_by_name(tool).values() for tag in tags}
    without = [t for c in concepts for t in c.terms if t.language not in known]
    names = ", ".join(sorted({t.language for t in without}))
    return lost(len(without), "term", f"Left out, because the format has no such language ({names})")
