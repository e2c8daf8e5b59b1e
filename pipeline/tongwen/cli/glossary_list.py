"""``tongwen glossary list``: every entry on a line, or as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tongwen.cli.glossary_opening import code, opened, termbase_option
from tongwen.cli.glossary_selection import selected, selection_options
from tongwen.cli.oneline import one_line
from tongwen.cli.options import index_option
from tongwen.cli.page import Page, note, page, print_json
from tongwen.cli.width import width

if TYPE_CHECKING:
    from tongwen.concept import Concept

COLUMNS = (("zh-Hans", 22), ("zh-Hant", 22), ("en", 34))


@click.command("list")
@selection_options
@click.option(
    "--sort",
    "order",
    type=click.Choice(["glossary", "name", "count"]),
    default="glossary",
    show_default=True,
    help="As the termbase has them, by name, or the most frequent first; candidates always the best first.",
)
@click.option("--limit", type=click.IntRange(0), help="How many entries are listed; by default all.")
@termbase_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, with everything that is known.")
@index_option
def command(
    index_folder: Path,
    termbases: tuple[Path, ...],
    order: str,
    limit: int | None,
    as_json: bool,
    **chosen: Any,
) -> int:
    """List the entries: their best terms, how often they stand in the texts, and their ids.

    A form in round brackets was converted by a machine and stands in no text. Candidates come with their score and the
    reason for it, the best first.

    \b
    tongwen glossary list
    tongwen glossary list --doc 'zh-Hant/*' --origin document    what these texts define
    tongwen glossary list --subject 'drug*' --json > terms.jsonl
    tongwen glossary list --status candidate                     what the texts seem to use as terms
    """
    choice = selected(**chosen)
    found = opened(index_folder, termbases, "candidate" in choice.statuses)
    concepts = sorted(choice.of(found.glossary.concepts), key=_ORDERS[order])
    if not concepts:
        note("no entry was found")
    sheet = page()
    if sheet.terminal and concepts and not as_json:
        heads = [name + " " * (room - width(name)) for name, room in COLUMNS]
        sheet.line(sheet.paint(f"{''.join(heads)} times  id", "faint"))
    for concept in concepts[:limit]:
        _print(concept, as_json, sheet)
    return code(found)


def _times(concept: Concept) -> int:
    return sum(term.count for term in concept.terms)


def _score(concept: Concept) -> float:
    """Of a candidate; what is none has been decided on, or never will be by a number."""
    return max((term.score or 0.0 for term in concept.terms), default=0.0)


_ORDERS: dict[str, Callable[[Concept], Any]] = {
    "glossary": lambda concept: -_score(concept),
    "name": lambda concept: (-_score(concept), concept.name, concept.id),
    "count": lambda concept: (-_score(concept), -_times(concept), concept.id),
}


def _print(concept: Concept, as_json: bool, sheet: Page) -> None:
    if as_json:
        from tongwen.glossary.plain import as_json as plain  # noqa: PLC0415  help needs no glossary

        print_json(plain(concept))
        return
    cells = [_best(concept, language, room, sheet) for language, room in COLUMNS]
    times = _times(concept)
    score = next((f"  {term.score:.1f}  {term.note}" for term in concept.terms if term.score is not None), "")
    sheet.line(f"{''.join(cells)}{times:>6,}  {sheet.paint(concept.id, 'faint')}{score}")


def _best(concept: Concept, language: str, room: int, sheet: Page) -> str:
    """The best term of a language, padded to a column; what does not fit pushes the rest."""
    term = next(iter(concept.in_language(language)), None)
    text = "–" if term is None else one_line(f"({term.text})" if term.converted else term.text)
    text = sheet.safe(text)
    return text + " " * max(2, room - width(text))
