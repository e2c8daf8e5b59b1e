"""``tongwen glossary check``: a draft against the glossary and itself, each finding with its evidence under a caret."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tongwen.cli.oneline import one_line
from tongwen.cli.options import Place, index_option
from tongwen.cli.page import Page, note, page, print_json
from tongwen.cli.place import Lines, Quote
from tongwen.model import Span

if TYPE_CHECKING:
    from tongwen.flow.drafts import Checked
    from tongwen.glossary.checking import Finding
    from tongwen.model import Json

INDENT = 6  # of the evidence
STRICT = 3
SHOWN = 8  # further places that are told
LONGEST = 160  # columns of a quotation

HOW = {
    "articles": "by articles and their provisions",
    "paragraphs": "paragraph by paragraph",
    "sections": "by sections",
    "whole": "not at all: only the texts as a whole are compared",
}


@click.command("check")
@click.argument("file", metavar="FILE", type=Place())
@click.argument("target", metavar="[TARGET]", required=False, type=Place())
@click.option("--termbase", "places", multiple=True, metavar="DIR", type=Place(), help="Check against this one alone.")
@click.option("--language", metavar="TAG", default="", help="The draft's, as zh-Hant-TW; by default what it shows.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line: the finding, line, column, quote.")
@click.option("--strict", is_flag=True, help="Exit with 3 where anything was found.")
@index_option
def command(
    file: Path,
    target: Path | None,
    places: tuple[Path, ...],
    language: str,
    as_json: bool,
    strict: bool,
    index_folder: Path,
) -> int:
    """Check a draft against the glossary: deprecated and regional terms, several words for one thing, abbreviations
    and definitions.

    FILE is of any format that `tongwen index` reads, or - for plain text on standard input; it need not be in the
    index. With TARGET, that is the draft, and FILE the text of which it is the translation: each term is looked for in
    the passage that belongs to it. Checked is against the termbases of the library, or --termbase.

    \b
    tongwen glossary check draft.docx
    tongwen glossary check draft.txt --language zh-Hant-TW --termbase corpus/termbase
    tongwen glossary check source.txt translation.docx

    Exit codes: 0 done, whatever was found, 1 failed, 2 wrong usage, 3 with --strict: something was found.
    """
    from tongwen.flow.drafts import approved, check, check_beside  # noqa: PLC0415  help needs no stages

    _usable(language)
    concepts, faults = approved(index_folder, places)
    for fault in faults:
        note(one_line(fault))
    if not concepts:
        note("there is no glossary: the draft is checked against itself alone")
    done = check_beside(file, target, concepts, language) if target else check(file, concepts, language)
    if done.language == "und":
        note("the language of the draft cannot be told: name it with --language")
    if as_json:
        _print_lines(done)
    else:
        _print_page(done, page())
    return STRICT if strict and done.findings else 0


def _usable(language: str) -> None:
    from tongwen.exchange.tags import TAG  # noqa: PLC0415

    if language and not TAG.fullmatch(language):
        raise click.BadParameter(f"{language!r} is no language tag such as zh-Hans, zh-Hant-TW or en.")


def _print_lines(done: Checked) -> None:
    lines, source = _lines(done)
    for finding in done.findings:
        line, column = lines.place(finding.span.start)
        row: dict[str, Json] = {
            "code": finding.code,
            "message": finding.message,
            "hint": finding.hint,
            "concept": finding.concept,
            "suggestion": finding.suggestion,
            "span": _edges(finding.span),
            "line": line,
            "column": column,
            "quote": _quote(finding, lines).line,
            "more": [_edges(span) for span in finding.more],
        }
        if source and finding.source:
            row["source"] = {"span": _edges(finding.source), "quote": source.quote(finding.source, LONGEST).line}
        print_json(row)


def _edges(span: Span) -> Json:
    return [span.start, span.end]


def _lines(done: Checked) -> tuple[Lines, Lines | None]:
    return Lines(done.document.text), Lines(done.source.text) if done.source else None


def _print_page(done: Checked, sheet: Page) -> None:
    if done.aligned:
        sheet.folded(_told(done), 0, 2)
    lines, source = _lines(done)
    for finding in done.findings:
        _print_finding(finding, lines, source, sheet)
    counts = Counter(finding.code for finding in done.findings)
    by_code = ", ".join(f"{code} {count}" for code, count in counts.most_common())
    total = f"{counts.total()} finding{'s' * (counts.total() != 1)} in a text in {done.language}"
    sheet.line(f"{total}: {by_code}" if counts else f"Nothing found in a text in {done.language}.")


def _told(done: Checked) -> str:
    """How a pair was aligned, and how much of it."""
    assert done.aligned
    (ours, theirs), (all_ours, all_theirs) = done.aligned.matched, done.aligned.passages
    covered = f"{ours} of {all_ours} passages of the source, {theirs} of {all_theirs} of the translation"
    return f"Aligned {HOW[done.aligned.way]}: {covered}."


def _print_finding(finding: Finding, lines: Lines, source: Lines | None, sheet: Page) -> None:
    line, column = lines.place(finding.span.start)
    sheet.line(f"  {line}:{column}  {sheet.paint(finding.code, 'label')}  {sheet.safe(finding.message)}")
    room = min(LONGEST, max(1, sheet.columns - INDENT)) if sheet.columns else LONGEST
    _print_quote(_quote(finding, lines, room), "", sheet)
    if source and finding.source:
        before = "source {}:{}  ".format(*source.place(finding.source.start))
        _print_quote(source.quote(finding.source, max(1, room - len(before))), before, sheet)
    if finding.more:
        places = ["{}:{}".format(*lines.place(span.start)) for span in finding.more]
        more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
        sheet.folded(f"also {', '.join(places[:SHOWN])}{more}", INDENT, 2)
    sheet.folded("→ " + finding.hint, INDENT, 2)


def _quote(finding: Finding, lines: Lines, columns: int = LONGEST) -> Quote:
    """The words around the finding; where something is absent, the beginning of its passage and no caret."""
    if not finding.absent:
        return lines.quote(finding.span, columns)
    return Quote(lines.quote(Span(finding.span.start, finding.span.start), columns).line, "")


def _print_quote(quote: Quote, before: str, sheet: Page) -> None:
    sheet.line(" " * INDENT + sheet.paint(before, "faint") + sheet.safe(quote.line))
    if quote.carets:
        sheet.line(" " * (INDENT + len(before)) + sheet.paint(quote.carets, "match"))
