"""PDF, as the process reads it that ``decode`` starts for each file; here in this one, so that coverage is seen.

A fault of PDFium itself ends this process: the runner then gives the input to ``decode``, whom it must not hurt.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from fuzz import laws, places
from fuzz.target import Target
from tongwen.decode.content import Content
from tongwen.decode.pdf import read_pdf
from tongwen.decode.pdf.child import read
from tongwen.errors import UnreadableFile
from tongwen.model import Document

sys.path.insert(0, str(places.ROOT / "tests"))


def _pdf(data: bytes) -> Any:
    """The text of a page's content, put into a file around it; what begins as a PDF is taken as it is."""
    found = read(_file(data), 50)
    if isinstance(found, Content) and found.text.strip():
        c = found
        laws.document(Document("d", "d", "0", "pdf", "", "und", c.text, c.blocks, {}, c.problems, c.marks, c.pages))
    return found


def apart(data: bytes) -> None:
    """As ``decode`` reads it. Raises whatever is more than the sentence that a file may cost."""
    with suppress(UnreadableFile):
        read_pdf(_file(data), "input.pdf")


def _file(content: bytes) -> bytes:
    import pdf_writer  # noqa: PLC0415  the tests' own

    if content.startswith(b"%PDF"):
        return content
    pages = [pdf_writer.Page(content=[page]) for page in content.split(b"\n%%\n")[:20]]
    return pdf_writer.write(pages)


def _seeds() -> Iterator[bytes]:
    import pdf_writer  # noqa: PLC0415

    page = (
        pdf_writer.Page().text(60, 780, "第一章 總則", 16).lines(60, 740, ["第一條 本法所稱毒品", "二、甲。", "1 註文"])
    )
    table = pdf_writer.Page().grid([60, 160, 260], [700, 680, 660]).text(65, 685, "甲").text(165, 665, "乙 12", 6)
    for some in ([page], [table], [page, table], [pdf_writer.Page(rotate=90).text(9, 9, "x", 12, pdf_writer.LATIN)]):
        yield b"\n%%\n".join(b"\n".join(one.content) for one in some)
    yield pdf_writer.write([page, table], info="/Title (a)")


TARGETS = (Target("pdf", _pdf, _seeds, partial(places.dictionary, "pdf"), seconds=30),)
