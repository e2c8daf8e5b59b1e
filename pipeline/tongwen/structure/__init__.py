"""Structure: a document's blocks → divisions, articles and their provisions, paragraphs and tables.

Laws: spans lie inside the text; siblings are disjoint and in order; the Traditional and the Simplified twin of a text
give the same structure. Nothing is raised for bad content and nothing is changed: what is wrong becomes a ``Problem``.
"""

from __future__ import annotations

from tongwen.model import Document, Structure, Text
from tongwen.structure.emit import emit
from tongwen.structure.reading import read


def structure(document: Document, text: Text) -> Structure:
    """Records in reading order, passages for the index, and problems."""
    reading = read(document, text)
    if reading.articles:
        return emit(document, reading)
    from tongwen.structure.report import read_report  # noqa: PLC0415  a library of statutes needs none of its rooms

    return read_report(document, text)
