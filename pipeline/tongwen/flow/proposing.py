"""What the texts of a library seem to use as terms and no entry has: its candidates, as concepts of that status."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from tongwen.candidates import Candidate, Place, Ranked, candidates, merged
from tongwen.concept import Concept, Evidence, Term
from tongwen.flow import fingerprint
from tongwen.flow.scanning import Look, Progress, scan
from tongwen.glossary.naming import id_of
from tongwen.glossary.occurrences import sentence
from tongwen.model import Json, Span
from tongwen.segment import words
from tongwen.store import Reader
from tongwen.store.scans import Scans
from tongwen.terms.running import Running

KIND = "candidates"
EACH, ALL = 150, 2000  # candidates of a text, and of the library
READERS = ("candidates", "terms/running.py", "normalise.py", "segment.py", "lexicon")


class _Proposed(NamedTuple):
    """A candidate of one text as it is printed there, and where first."""

    candidate: Candidate
    printed: str
    first: Evidence


def proposals(  # noqa: PLR0913, PLR0917  a library, what was kept of it, and what is known
    store: Reader, folder: Path, kept: Scans, known: Collection[str], tags: Mapping[str, str], progress: Progress
) -> tuple[Concept, ...]:
    """Candidates of the whole library, best first, without the names in ``known``; ``tags``: each text's language."""
    scan(store, folder, kept, Look(KIND, fingerprint.code(*READERS), propose, Path()), progress)
    ranked = merged(([one.candidate for one in found] for _, found in _kept(kept)), ALL + len(known))
    chosen = {one.key: one for one in ranked if one.key not in known}
    forms: dict[str, dict[tuple[str, str], Term]] = defaultdict(dict)
    for doc, found in _kept(kept):
        for one in found:
            if one.candidate.key in chosen:
                _count(forms[one.candidate.key], one, tags[doc])
    return tuple(_concept(one, forms[key]) for key, one in [*chosen.items()][:ALL])


def _count(forms: dict[tuple[str, str], Term], one: _Proposed, language: str) -> None:
    was = forms.get((one.printed, language))
    found = (*was.found, one.first)[:3] if was else (one.first,)
    count, documents = (was.count, was.documents) if was else (0, 0)
    forms[one.printed, language] = Term(
        one.printed, language, "candidate", found=found, count=count + one.candidate.count, documents=documents + 1
    )


def _concept(ranked: Ranked, forms: Mapping[tuple[str, str], Term]) -> Concept:
    terms = (
        Term(
            t.text,
            t.language,
            "candidate",
            "full",
            "",
            ranked.reason,
            t.found,
            t.count,
            t.documents,
            score=ranked.score,
        )
        for t in sorted(forms.values(), key=lambda t: -t.count)
    )
    return Concept(id_of(ranked.key), tuple(terms), origin="candidate")


def propose(doc: str, runs: Sequence[Running], _: Path) -> Json:
    return [_json(one, runs[one.first.run]) for one in candidates([words(run.key) for run in runs], EACH)]


def _json(one: Candidate, run: Running) -> Json:
    start, end = one.first.start, one.first.start + len(one.key)
    span, quote = run.span(start, end), sentence(run.printed, start, end)
    place: list[Json] = [run.printed[start:end], run.record, span.start, span.end, quote]
    return [one.key, one.count, one.score, one.evidence, *place]


def _kept(kept: Scans) -> Iterator[tuple[str, list[_Proposed]]]:
    for doc, found in kept.found(KIND):
        if found:
            yield doc, [_proposed(doc, row) for row in cast(list[list[str]], found)]


def _proposed(doc: str, row: Sequence[str]) -> _Proposed:
    key, count, score, evidence, printed, record, start, end, quote = row
    candidate = Candidate(key, int(count), float(score), evidence, Place(0, 0))
    return _Proposed(candidate, printed, Evidence(doc, record, Span(int(start), int(end)), quote))
