"""``tongwen glossary export``: the glossary as a file for another tool, with what the format cannot hold told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tongwen.cli.destination import file_for, write
from tongwen.cli.glossary_opening import code, opened, termbase_option
from tongwen.cli.glossary_selection import selected, selection_options
from tongwen.cli.oneline import one_line
from tongwen.cli.options import Place, index_option
from tongwen.cli.page import note
from tongwen.errors import NotFound, UsageError

if TYPE_CHECKING:
    from tongwen.concept import Concept
    from tongwen.exchange.formats import Format
    from tongwen.exchange.writing import Written
    from tongwen.glossary.selection import Converted

NAMES = (
    "tbx",
    "tbx2",
    "tmx",
    "skos",
    "skos-json",
    "xlsx",
    "csv",
    "omegat",
    "memoq",
    "multiterm",
    "weblate",
    "deepl",
    "google",
)
FOREIGN = "en"


@click.command("export")
@click.option("--format", "form", type=click.Choice(NAMES), help="By default what the ending of FILE says.")
@click.option(
    "-o", "--output", metavar="FILE", type=Place(path_type=str), help="Write to FILE, or files to FOLDER/; else stdout."
)
@click.option("--source", metavar="LANGUAGE", help="Of a format for one pair of languages: en, zh-Hans, zh-Hant-TW …")
@click.option("--target", metavar="LANGUAGE", help="Likewise; without both, -o FOLDER/ gets a file for each pair.")
@click.option(
    "--converted",
    type=click.Choice(["leave-out", "admitted", "preferred"]),
    default="leave-out",
    show_default=True,
    help="What becomes of forms that a machine converted and no text has.",
)
@click.option(
    "--ordinary", is_flag=True, help="Of DeepL and Google: take words that are ordinary words as well, and short forms."
)
@click.option("--title", default="Tongwen", show_default=True, help="What the termbase is called in the file.")
@selection_options
@termbase_option
@index_option
def command(
    form: str | None,
    output: str | None,
    source: str | None,
    target: str | None,
    converted: Converted,
    ordinary: bool,
    title: str,
    index_folder: Path,
    termbases: tuple[Path, ...],
    **chosen: Any,
) -> int:
    """Write the glossary in the format of another tool.

    \b
    tbx        TBX-Basic 2019     tbx2   TBX 2008 (OmegaT, Weblate)   tmx        TMX 1.4b
    skos       SKOS, Turtle       skos-json   SKOS, JSON-LD           multiterm  Trados MultiTerm XML
    xlsx, csv  to edit and import again                               memoq      memoQ CSV
    omegat, weblate, deepl        one file for a pair of languages    google     Google Cloud Translation

    Every file is checked before it is written. What a format cannot hold is told on stderr.

    \b
    tongwen glossary export -o glossary.tbx
    tongwen glossary export --format omegat --source zh-Hant --target en -o glossary.utf8
    tongwen glossary export --format omegat -o glossaries/
    tongwen glossary export --status candidate -o candidates.xlsx
    """
    from tongwen.exchange.formats import WRITERS  # noqa: PLC0415  help needs no formats

    name = form or _by_ending(output)
    if WRITERS[name].machine and not chosen["origins"] and not chosen["statuses"]:
        chosen["origins"] = ("curated",)  # what one text defines is no rule for a machine
    choice = selected(converted, **chosen)
    found = opened(index_folder, termbases, "candidate" in choice.statuses)
    concepts = list(choice.of(found.glossary.concepts))
    if not concepts:
        raise NotFound(
            "No entry is left to export.", "`tongwen glossary list` with the same options shows what there is."
        )
    if converted == "leave-out":
        _tell_converted(replace(choice, converted="admitted").of(found.glossary.concepts))
    _Export(name, WRITERS[name], _linked(concepts), title, ordinary).write(output, source, target)
    return code(found)


def _by_ending(output: str | None) -> str:
    from tongwen.exchange.formats import WRITERS  # noqa: PLC0415

    known = sorted(WRITERS, key=lambda name: -len(WRITERS[name].extension))
    named = [name for name in known if output and output.lower().endswith(f".{WRITERS[name].extension}")]
    if not named:
        where = f"The ending of {output} names no format." if output else "The format is not named."
        raise UsageError(where, f"Add --format {'|'.join(NAMES)}.")
    return "csv" if "csv" in named else named[0]


def _tell_converted(concepts: Iterable[Concept]) -> None:
    made = sum(term.converted for concept in concepts for term in concept.terms)
    if made:
        forms = f"{made:,} form{'s' * (made != 1)} that a machine converted {'is' if made == 1 else 'are'}"
        note(f"{forms} left out; --converted admitted takes {'it' if made == 1 else 'them'}")


def _linked(concepts: Sequence[Concept]) -> list[Concept]:
    """Without links to what is not exported."""
    ids = {concept.id for concept in concepts}
    return [replace(c, links=tuple(link for link in c.links if link.target in ids)) for c in concepts]


class _Export:
    def __init__(self, name: str, form: Format, concepts: Sequence[Concept], title: str, ordinary: bool) -> None:
        self._name, self._form, self._concepts, self._title = name, form, concepts, title
        self._plain = form.machine and not ordinary

    def write(self, output: str | None, source: str | None, target: str | None) -> None:
        """Raises ``UsageError`` where the pair of languages, or the folder for several files, is missing."""
        to = None if output in (None, "-") else Path(str(output))
        folder = to is not None and (to.is_dir() or str(output).endswith("/"))
        if to and folder:
            if to.exists() and not to.is_dir():
                raise UsageError(f"{to} is a file.", "Name a folder, or leave out the slash at the end.")
            if not to.parent.is_dir():
                raise UsageError(f"There is no folder {to.parent}.", "Make it, or name another with -o.")
            to.mkdir(exist_ok=True)
        if not self._form.directed:
            self._whole(to / f"glossary.{self._form.extension}" if to and folder else to, bool(source or target))
            return
        tags = self._tags(source, target)
        if source and target:
            self._pair(source, target, to / self._file(source, target) if to and folder else to)
        elif to and folder:
            for one, other in self._pairs(tags, source, target):
                self._pair(one, other, to / self._file(one, other))
        else:
            hint = "Add --source and --target, or -o FOLDER/ for a file of each pair."
            raise UsageError(f"{self._name} is for one pair of languages.", hint)

    def _tags(self, *asked: str | None) -> list[str]:
        """The languages that there are, wider ones first. Raises ``UsageError`` where another is asked for."""
        every = {t.language for c in self._concepts for t in c.terms}
        tags = sorted({tag for one in every for tag in (one, one.rpartition("-")[0]) if tag not in ("", "zh")})
        for tag in filter(None, asked):
            if tag not in tags:
                raise UsageError(f"There are no terms in {tag!r}.", f"There are terms in {', '.join(tags)}.")
        return tags

    def _pairs(self, tags: Sequence[str], source: str | None, target: str | None) -> Iterator[tuple[str, str]]:
        """Each kind of Chinese into English and out of it; as far as one side is named, with that."""
        kinds = [tag for tag in tags if tag.startswith("zh")]
        if source:
            yield from ((source, one) for one in tags if one != source)
        elif target:
            yield from ((one, target) for one in tags if one != target)
        else:
            yield from product(kinds, [FOREIGN])
            yield from product([FOREIGN], kinds)

    def _file(self, source: str, target: str) -> str:
        return f"glossary.{source}.{target}.{self._form.extension}"

    def _whole(self, file: Path | None, directed: bool) -> None:
        if directed:
            hint = "Leave --source and --target out; --script chooses."
            raise UsageError(f"{self._name} holds all languages.", hint)
        self._put(self._form.write(self._without(), self._title), file)

    def _pair(self, source: str, target: str, file: Path | None) -> None:
        self._put(self._form.write(self._without(source), source, target), file)

    def _without(self, source: str = "") -> Sequence[Concept]:
        """What a machine may have, with what is kept from it told."""
        if not self._plain:
            return self._concepts
        from tongwen.glossary.selection import unequivocal  # noqa: PLC0415  help needs no glossary

        kept = list(unequivocal(self._concepts, source))
        left = sum(len(c.terms) for c in self._concepts) - sum(len(c.terms) for c in kept)
        if left:
            told = "ordinary words, short forms and deprecated terms are left out; --ordinary takes them"
            note(f"{self._name}: {left:,} {told}")
        return kept

    def _put(self, written: Written, file: Path | None) -> None:
        write(written.data, None if file is None else file_for(file))
        for loss in written.losses:
            note(one_line(f"{self._name}: {loss}"))
        if file is not None:
            note(f"written to {file}")
