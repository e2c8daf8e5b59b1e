"""How well definitions and short forms are found in the annotated articles of statutes, jurisdiction by jurisdiction.

    scripts/measure-terms            the figures
    scripts/measure-terms --misses   and what was missed, found besides, or cut elsewhere

A definition counts where its term is as annotated, a short form likewise. ``long`` is the share of the short forms
found whose long form is exactly as annotated, ``sure`` the same among those that call themselves sure.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT
from tongwen.flow.processing import process
from tongwen.model import Record
from tongwen.normalise import fold

CASES = Path(__file__).parent / "cases" / "terms"
JURISDICTIONS = ("prc", "tw")

Article = tuple[int, int]


@dataclass(slots=True)
class Figures:
    """``misses``: what differs, a line each."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    scope: int = 0
    long: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.wanted


def annotations(jurisdiction: str) -> dict[str, dict[Article, list[list[str]]]]:
    """File to article to rows."""
    out: dict[str, dict[Article, list[list[str]]]] = defaultdict(lambda: defaultdict(list))
    for line in (CASES / f"{jurisdiction}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            row = [*line.split("\t"), "", "", ""]
            out[row[0]][int(row[2]), int(row[3])].append(row)
    return out


def measured(jurisdiction: str, data: Path) -> tuple[Figures, Figures]:
    """Of definitions, and of short forms."""
    defined, short = Figures(), Figures()
    for file, articles in sorted(annotations(jurisdiction).items()):
        records = process(data / file, data).structure.records
        for article, rows in articles.items():
            _count(defined, rows, list(_of(records, "definition", "term", article)), ("definition",))
            given = [r for r in _of(records, "abbreviation", "abbr", article) if r.fields["kind"] in ("short", "self")]
            _count(short, rows, given, ("short", "self"))
    return defined, short


def aliases(data: Path) -> dict[str, Figures]:
    """Other names in annotated sentences: set to figures."""
    lines = (CASES / "aliases.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    out: dict[str, Figures] = {row[0]: Figures() for row in rows}
    for name, file in dict.fromkeys((row[0], row[1]) for row in rows):
        records = process(data / file, data).structure.records
        places = {(int(row[2]), int(row[3])) for row in rows if row[1] == file}
        for place in sorted(places):
            # as the definitions' rows: kind, term, scope, long form
            own = [row for row in rows if row[1] == file and (int(row[2]), int(row[3])) == place and row[4] == "alias"]
            wanted = [["", "", "", "", "alias", row[5], "document", f"long={row[6]}"] for row in own]
            found = [r for r in _of(records, "abbreviation", "abbr", place) if r.fields["kind"] == "alias"]
            _count(out[name], wanted, found, ("alias",))
    return out


def _of(records: tuple[Record, ...], kind: str, name: str, article: Article) -> Iterator[Record]:
    for record in records:
        if record.kind == kind:
            start: int = record.fields[f"{name}_span"][0]  # type: ignore[index,assignment,call-overload]
            if article[0] <= start < article[1]:
                yield record


def _count(figures: Figures, rows: list[list[str]], found: list[Record], kinds: tuple[str, ...]) -> None:
    wanted = [(squeezed(row[5]), row[7], row[6]) for row in rows if row[4] in kinds]
    figures.wanted += len(wanted)
    figures.found += len(found)
    for record in found:
        term = squeezed(str(record.fields["term" if record.kind == "definition" else "abbr"]))
        match = next((one for one in wanted if one[0] == term), None)
        if match is None:
            figures.misses.append(f"+ {term}")
            continue
        wanted.remove(match)
        figures.right += 1
        figures.scope += record.fields.get("scope") == match[2]
        if record.fields.get("scope") not in (None, match[2]):
            figures.misses.append(f"~ {term}: {record.fields['scope']} instead of {match[2]}")
        if record.kind == "abbreviation":
            _count_long(figures, term, record, squeezed(match[1].partition("long=")[2]))
    figures.misses += [f"- {term}" for term, *_ in wanted]


def _count_long(figures: Figures, term: str, record: Record, wanted: str) -> None:
    long, sure = squeezed(str(record.fields["full"])), bool(record.fields["sure"])
    figures.long["right"] += long == wanted
    figures.long["sure"] += sure
    figures.long["sure and right"] += sure and long == wanted
    if long != wanted:
        figures.misses.append(f"{'!' if sure else '?'} {term}: {long} instead of {wanted}")


def squeezed(text: str) -> str:
    return "".join(fold(text).split()).strip("\"'")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    misses = parser.parse_args().misses
    data = Path(os.environ.get("TONGWEN_DATA", ROOT.parent / "shared")) / "data"
    for jurisdiction in JURISDICTIONS:
        for name, figures in zip(("definitions", "short forms"), measured(jurisdiction, data), strict=True):
            _print(jurisdiction, name, figures, misses)
    for name, figures in aliases(data.parent).items():
        _print(name, "aliases", figures, misses)


def _print(of: str, name: str, figures: Figures, misses: bool) -> None:
    said = f"precision {figures.precision:.3f}, recall {figures.recall:.3f} ({figures.wanted} annotated)"
    if figures.scope:
        said += f", scope {figures.scope / figures.right:.3f}"
    if figures.long:
        said += f", long {figures.long['right'] / figures.right:.3f}"
        said += f", sure {figures.long['sure']}, of them right {figures.long['sure and right']}"
    print(f"{of:<9} {name:<12} {said}")
    print("".join(f"     {miss}\n" for miss in figures.misses if misses), end="")


if __name__ == "__main__":
    main()
