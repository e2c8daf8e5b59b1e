"""Automatic numbering: the number format that counts a report's printed labels."""

from __future__ import annotations

import re

from reports.build.docx_parts import W, escape
from reports.build.model import Heading, Item, Report

_FORMATS = (
    (r"[一二三四五六七八九十]+", "chineseCounting"),
    (r"[壹貳參肆伍陸柒捌玖拾]+", "ideographLegalTraditional"),
    (r"\d+", "decimal"),
    (r"[a-z]", "lowerLetter"),
)
_BULLETS = "•◦"


class Numbering:
    """Hands out ``numPr`` for headings and items, and writes the part that says how they count."""

    def __init__(self, report: Report) -> None:
        self.levels = _levels(report) if report.options.get("autonumber") == "yes" else {}
        self.lists: list[tuple[str, str]] = []

    def heading(self, level: int, label: str) -> str:
        """Empty where the label is printed as text."""
        return _properties(level - 1, 1) if level in self.levels and "附" not in label and "Annex" not in label else ""

    def items(self, items: tuple[Item, ...]) -> list[str]:
        """One for each item; empty ones where a label cannot be counted."""
        form = _form(items[0].label) if items[0].label else ("bullet", "")
        if form is None:
            return [""] * len(items)
        self.lists.append(form)
        return [_properties(item.level - 1, len(self.lists) + 1) for item in items]

    def part(self) -> str:
        headings = "".join(_level(i - 1, *self.levels.get(i, ("none", ""))) for i in range(1, 5))
        abstract = [
            f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{headings}</w:abstractNum>'
        ]
        numbers = ['<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>']
        for at, (form, text) in enumerate(self.lists, start=2):
            levels = "".join(_level(i, form, text or _BULLETS[i % 2]) for i in range(2))
            abstract.append(f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>')
            numbers.append(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>')
        return f'<w:numbering xmlns:w="{W}">{"".join(abstract)}{"".join(numbers)}</w:numbering>'


def _properties(level: int, number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _level(level: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def _form(label: str, level: int = 1) -> tuple[str, str] | None:
    """``（一）`` → chineseCounting, ``（%1）``."""
    for pattern, form in _FORMATS:
        if match := re.search(pattern, label):
            return form, label[: match.start()] + f"%{level}" + label[match.end() :]
    return None


def _levels(report: Report) -> dict[int, tuple[str, str]]:
    """The format of each level of headings, from its first label: ``2.3`` is ``%1.%2``."""
    levels: dict[int, tuple[str, str]] = {}
    for block in report.blocks:
        if isinstance(block, Heading) and block.label and block.level not in levels:
            dots = re.fullmatch(r"\d+(?:\.\d+)*", block.label)
            form = (
                ("decimal", ".".join(f"%{i + 1}" for i in range(block.level)))
                if dots
                else _form(block.label, block.level)
            )
            if form:
                levels[block.level] = form
    return levels
