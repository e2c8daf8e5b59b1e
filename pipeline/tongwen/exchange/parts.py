"""How a text says several things that a format has no fields for, so that people and this project's readers know them.

    place    zh-Hans/law#art_3 [120,134) the words there
    parts    broader: why it is so | source: who says so | place: zh-Hans/law#art_3 [120,134) the words there
    note     scope: zh-Hans/report

A text that only looks like one of these is told from it: ``|`` and ``\\`` within a part have a ``\\`` before them, and
a note that begins with one of the labels stands behind the label ``note``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from tongwen.concept import Evidence
from tongwen.model import Span

LABELS = ("note", "source", "scope", "found", "place", "score", "converted")
_LABELLED = re.compile(rf"({'|'.join(LABELS)}): (.*)", re.DOTALL)
_PLACE = re.compile(r"([^# ]*)#([^# ]*) \[([0-9]{1,18}),([0-9]{1,18})\)(?: (.+))?", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def labelled(label: str, text: str) -> str:
    return f"{label}: {text}"


def unlabelled(text: str, label: str = "note") -> str:
    """``text`` as it can stand for ``label`` without being taken for another thing."""
    return labelled(label, text) if _LABELLED.fullmatch(text) or _PLACE.fullmatch(text) else text


def split(text: str) -> tuple[str, str]:
    """The label, empty where there is none, and what it labels."""
    found = _LABELLED.fullmatch(text)
    return (found[1], found[2]) if found else ("", text)


def place(evidence: Evidence, quoted: bool = True) -> str:
    words = f" {evidence.quote}" if quoted and evidence.quote else ""
    span = evidence.span
    return f"{_named(evidence.doc)}#{_named(evidence.record)} [{span.start},{span.end}){words}"


def _named(name: str) -> str:
    return name.replace("%", "%25").replace("#", "%23").replace(" ", "%20")


def as_place(text: str) -> Evidence | None:
    """The place that ``text`` names; None where it is another text, or a span that runs backwards."""
    found = _PLACE.fullmatch(text)
    if not found or int(found[3]) > int(found[4]):
        return None
    return Evidence(unquote(found[1]), unquote(found[2]), Span(int(found[3]), int(found[4])), found[5] or "")


def joined(parts: Iterable[str]) -> str:
    return " | ".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def parted(text: str) -> list[str]:
    """The parts of ``text``, at least one. ``|`` within a part has a backslash before it, never a blank."""
    return [_ESCAPED.sub(r"\1", part) for part in text.split(" | ")]
