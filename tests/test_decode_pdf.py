"""PDF: the text in the order of reading, and what a page shows of headings, tables, notes and frames."""

from __future__ import annotations

from pathlib import Path

from tongwen.decode import decode

CASES = Path(__file__).parent / "cases" / "pdf"


def test_a_file_is_read_as_any_other(tmp_path: Path) -> None:
    files = sorted((Path(__file__).parent / "reports" / "files").glob("*.pdf"))
    document = decode(files[0], files[0].parent)
    assert document.format == "pdf"
    assert len(document.pages) == document.metadata["pages"]
