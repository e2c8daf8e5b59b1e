"""What the texts of a library seem to use as terms and no entry has: its candidates, as concepts of that status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from tongwen.candidates import Candidate, Place, Ranked, candidates, merged
from tongwen.concept import Concept, Term
from tongwen.flow import fingerprint
from tongwen.flow.finding import occurrences
from tongwen.flow.scanning import Look, Progress, scan
from tongwen.glossary.naming import id_of
from tongwen.glossary.occurrences import Sought, Spelling
from tongwen.model import Json
from tongwen.segment import words
from tongwen.store import Reader
from tongwen.store.scans import Scans
from tongwen.terms.running import Running

KIND = "candidates"
COUNTED = "proposed"  # where those stand that are chosen, also in texts that use them little
EACH, ALL = 150, 2000  # candidates of a text, and of the library
NOWHERE = Place(0, 0)
READERS = ("candidates", "terms/running.py", "normalise.py", "segment.py", "lexicon")


def proposals(  # noqa: PLR0913, PLR0917  a library, what was kept of it, and what is known
    store: Reader, folder: Path, kept: Scans, known: Collection[str], tags: Mapping[str, str], progress: Progress
) -> tuple[Concept, ...]:
    """Candidates of the whole library, best first, without the names in ``known``; ``tags``: each text's language."""
    scan(store, folder, kept, Look(KIND, fingerprint.code(*READERS), propose, Path()), progress)
    ranked = [one for one in merged(_kept(kept), ALL + len(known)) if one.key not in known]
    chosen = {one.key: one for one in ranked[:ALL]}
    forms: dict[str, dict[tuple[str, str], Term]] = defaultdict(dict)
    texts = occurrences(store, folder, kept, Sought(tuple(sorted(chosen)), nested=True), progress, COUNTED)
    for doc, found in texts:
        for key, spellings in found.spellings.items():
            for spelling in spellings:
                _count(forms[key], spelling, tags[doc])
    return tuple(_concept(one, forms[key]) for key, one in chosen.items() if key in forms)


def _count(forms: dict[tuple[str, str], Term], one: Spelling, language: str) -> None:
    was = forms.get((one.text, language)) or Term(one.text, language, "candidate")
    found, count = (*was.found, one.first)[:3], was.count + one.times
    forms[one.text, language] = replace(was, found=found, count=count, documents=was.documents + 1)


def _concept(ranked: Ranked, forms: Mapping[tuple[str, str], Term]) -> Concept:
    count, documents = sum(t.count for t in forms.values()), sum(t.documents for t in forms.values())
    reason = f"{count} times in {documents} document{'s' * (documents != 1)}; {ranked.evidence}"
    terms = (replace(t, note=reason, score=ranked.score) for t in sorted(forms.values(), key=lambda t: -t.count))
    return Concept(id_of(ranked.key), tuple(terms), origin="candidate")


def propose(doc: str, runs: Sequence[Running], _: Path) -> Json:
    found = candidates([words(run.key) for run in runs], EACH)
    return [[one.key, one.count, one.score, one.evidence] for one in found]


def _kept(kept: Scans) -> Iterator[list[Candidate]]:
    for _, found in kept.found(KIND):
        rows = cast(list[tuple[str, int, float, str]], found or [])
        yield [Candidate(key, count, score, evidence, NOWHERE) for key, count, score, evidence in rows]
