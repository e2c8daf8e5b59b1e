"""How many terms that statutes define are among their candidates when what defines them is masked.

    scripts/measure-candidates            the figures, with jieba's tf-idf beside them
    scripts/measure-candidates --misses   and the terms that are not among the candidates
    scripts/measure-candidates --tuned    on the half on which the weights were fitted
    scripts/measure-candidates --json     the figures as JSON
    scripts/measure-candidates --seconds  how long the candidates of the Mainland statutes take, on one core

A term counts that has two characters at least and stands at least twice outside of the passages that define. Statutes
are those of Taiwan at TONGWEN_DATA, of the half that tuned nothing. jieba gets the same passages, as keys.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import jieba
import jieba.analyse

from candidates_statutes import Masked, each, keys, masked, statutes
from conftest import ROOT
from tongwen.candidates import Candidate, candidates, merged
from tongwen.flow.processing import Processed
from tongwen.segment import words

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


def seconds(root: Path) -> float:
    """Of one core, for the words and the candidates of all texts in a folder and what is made of them together.

    Reading them is not counted: what looks for terms in a library finds their passages in the index.
    """
    spent, found = 0.0, []
    for took, one in each(_timed, statutes(root), root):
        spent += took
        found.append(one)
    began = time.process_time()
    merged(found)
    return spent + time.process_time() - began


def _timed(processed: Processed) -> tuple[float, tuple[Candidate, ...]]:
    texts = keys(processed)
    began = time.process_time()
    found = candidates(words(key) for key in texts)
    return time.process_time() - began, found


def recalls(data: Path) -> dict[str, float]:
    """Of Tongwen and of jieba, as scripts/bench names them."""
    found = texts(data)
    tongwen, stock = measured(found, ours), measured(found, tf_idf)
    return {
        f"{name}defined terms in first {first}, %": 100 * one.recall(first)
        for first in FIRST
        for name, one in (("stock ", stock), ("", tongwen))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--tuned", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", action="store_true")
    options = parser.parse_args()
    data = Path(os.environ.get("TONGWEN_DATA", ROOT.parent / "shared")) / "data"
    if options.seconds:
        print(f"{seconds(data / 'prc'):.1f}")
    elif options.json:
        print(json.dumps(recalls(data), indent=1))
    else:
        _print(texts(data, options.tuned), options.misses)


def _print(found: list[Masked], misses: bool) -> None:
    tongwen, stock = measured(found, ours), measured(found, tf_idf)
    print(f"{tongwen.statutes} statutes, {tongwen.wanted} defined terms that are used elsewhere\n")
    print(f"{'recall of the first':24}" + "".join(f"{first:>8}" for first in FIRST))
    for name, one in (("Tongwen", tongwen), ("jieba's tf-idf", stock)):
        print(f"{name:24}" + "".join(f"{one.recall(first):>8.3f}" for first in FIRST))
    print("".join(f"{miss}\n" for miss in tongwen.misses if misses), end="")


if __name__ == "__main__":
    main()
