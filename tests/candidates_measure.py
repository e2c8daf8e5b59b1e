"""How many terms that statutes define are among their candidates when what defines them is masked.

    scripts/measure-candidates            the figures, with jieba's tf-idf beside them
    scripts/measure-candidates --misses   and the terms that are not among the candidates
    scripts/measure-candidates --tuned    on the half on which the weights were fitted
    scripts/measure-candidates --json     the figures as JSON

A term counts that has two characters at least and stands at least twice outside of the passages that define. Statutes
are those of Taiwan at TONGWEN_DATA, of the half that tuned nothing. jieba gets the same passages, as keys.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import jieba
import jieba.analyse

from candidates_statutes import Masked, each, masked, statutes
from conftest import ROOT
from tongwen.candidates import candidates

FIRST = (100, 300)

Ranking = Callable[[Masked], list[str]]


@dataclass(slots=True)
class Figures:
    """``within`` the first so and so many: how many of the ``wanted`` terms; ``misses``: terms, with their statutes."""

    statutes: int = 0
    wanted: int = 0
    within: dict[int, int] = field(default_factory=lambda: dict.fromkeys(FIRST, 0))
    misses: list[str] = field(default_factory=list)

    def recall(self, first: int) -> float:
        return self.within[first] / self.wanted


def ours(statute: Masked) -> list[str]:
    return [one.key for one in candidates(statute.runs, max(FIRST))]


def tf_idf(statute: Masked) -> list[str]:
    """jieba's own, with its own idf table."""
    jieba.setLogLevel(logging.ERROR)
    return list(jieba.analyse.extract_tags("\n".join(statute.keys), topK=max(FIRST)))


def measured(texts: Iterable[Masked], ranking: Ranking) -> Figures:
    figures = Figures()
    for statute in texts:
        ranked = ranking(statute)
        figures.statutes += 1
        figures.wanted += len(statute.terms)
        for first in FIRST:
            figures.within[first] += len(set(statute.terms) & set(ranked[:first]))
        figures.misses += [f"{statute.name}  {term}" for term in statute.terms if term not in ranked]
    return figures


def texts(data: Path, tuned: bool = False) -> list[Masked]:
    root = data / "tw" / "zh"
    return list(each(masked, statutes(root, tuned), root))


def figures(found: Figures, name: str = "") -> dict[str, float]:
    return {f"{name}recall of the first {first}, %": 100 * found.recall(first) for first in FIRST}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = texts(Path(os.environ.get("TONGWEN_DATA", ROOT.parent / "shared")) / "data", options.tuned)
    tongwen, stock = measured(found, ours), measured(found, tf_idf)
    if options.json:
        print(json.dumps({**figures(tongwen), **figures(stock, "stock "), "terms": tongwen.wanted}, indent=1))
        return
    print(f"{tongwen.statutes} statutes, {tongwen.wanted} defined terms that are used elsewhere\n")
    print(f"{'recall of the first':24}" + "".join(f"{first:>8}" for first in FIRST))
    for name, one in (("Tongwen", tongwen), ("jieba's tf-idf", stock)):
        print(f"{name:24}" + "".join(f"{one.recall(first):>8.3f}" for first in FIRST))
    print("".join(f"{miss}\n" for miss in tongwen.misses if options.misses), end="")


if __name__ == "__main__":
    main()
