"""Reports given as cases: a flattened text, ``=>``, and a line for each record that must be found.

    sec 2.1 1 | title          number (- without), level
    p text                     a paragraph of the body
    quote text                 a block quotation
    part imprint | text        a paragraph of another part, but for page numbers and running heads
    list 9                     a list, and how many items the text announces (- where it does not)
    item 1 • | text            an item of it: level, label
    box 7 | title | text       - without a number or a title
    fig 1 | caption
    table 4 | 3x2              rows and columns, without the header
    fn 36 | text               - where the file has none
    cited fig_1 | 2            how often the text names it
    problem code

Only kinds that a case names are compared, and ``none sec`` names one of which there is nothing. ``first … last`` stands
for a text by pieces of it. ``# known: why`` above a case says that it is not read rightly yet, ``# unlawful:
why`` that what is found breaks a law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongwen.model import Language, Record, Structure

FOLDER = Path(__file__).parent / "cases" / "report"


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    language: Language
    text: str
    expected: list[str]
    known: str
    unlawful: str

    @property
    def kinds(self) -> set[str]:
        return {row.split()[1] if row.startswith("none ") else row.split()[0] for row in self.expected}


def cases() -> Iterator[Case]:
    for file in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^-{8}\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE):
            if "## " in block:
                yield _case(block)


def _case(block: str) -> Case:
    above = dict(re.findall(r"^# (known|unlawful): (.+)$", block[: block.index("## ")], re.MULTILINE))
    head, expected = block[block.index("## ") :].rstrip("\n").split("\n=>\n")
    fields = re.match(r"## (?P<name>.+)\n(?:title: (?P<title>.+)\n)?language: (?P<language>\S+)\n", head)
    assert fields, head[:60]
    language: Language = fields["language"]  # type: ignore[assignment]
    rows = expected.splitlines()
    why = above.get("known", ""), above.get("unlawful", "")
    return Case(fields["name"], fields["title"] or "", language, head[fields.end() :], rows, *why)


def rows(found: Structure, kinds: set[str]) -> list[str]:
    """What was found, of the kinds that a case names, as its lines are written."""
    every = [row for record in found.records for row in _rows(record)]
    every += [f"problem {problem.code}" for problem in found.problems]
    return [" ".join(row.split()) for row in every if row.split()[0] in kinds]


def _rows(record: Record) -> Iterator[str]:
    f: dict[str, Any] = dict(record.fields)
    match record.kind:
        case "section":
            yield f"sec {f['number'] or '-'} {f['level']} | {f['title'] or '-'}"
        case "paragraph" if f["part"] != "page":
            named = {"body": "p", "quotation": "quote"}.get(f["part"], f"part {f['part']} |")
            yield f"{named} {f['text']}"
        case "list":
            yield f"list {f['announced'] or '-'}"
            yield from (f"item {i['level']} {i['label']} | {i['text']}" for i in f["items"])
        case "box":
            yield f"box {f['number'] or '-'} | {f['title'] or '-'} | {f['text']}"
        case "figure":
            yield f"fig {f['number'] or '-'} | {f['caption'] or '-'}"
        case "table":
            yield f"table {f['number'] or '-'} | {len(f['rows'])}x{f['columns']}"
        case "footnote":
            yield f"fn {f['number']} | {f['text'] or '-'}"
    if "cited" in f:
        yield f"cited {record.id} | {len(f['cited'])}"


def compared(expected: list[str], found: list[str]) -> tuple[list[str], list[str]]:
    """Both lists, what was found written as it was expected where it agrees."""
    wanted = [" ".join(row.split()) for row in expected if not row.startswith("none ")]
    return wanted, [_written(row, wanted[i] if i < len(wanted) else "") for i, row in enumerate(found)]


def _written(found: str, wanted: str) -> str:
    parts = [re.escape(part.strip()) for part in wanted.split("…")]
    return wanted if len(parts) > 1 and re.fullmatch(".+".join(parts), found) else found
