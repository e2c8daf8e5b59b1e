"""Reports, and whatever else has no articles: reading order, headings, lists, notes, boxes, tables and figures."""

from __future__ import annotations

from tongwen.model import Document, Structure, Text
from tongwen.structure.report.layout import lay_out
from tongwen.structure.report.records import records


def read_report(document: Document, text: Text) -> Structure:
    """Everything that is found in a document without articles."""
    return records(document, text, lay_out(document, text))
