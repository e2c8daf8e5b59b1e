"""The programs that convert: Chromium prints HTML, LibreOffice converts to DOCX and PDF, pdftotext extracts."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

_REGIONS = ((0, 0, 595, 60), (0, 60, 297, 722), (297, 60, 298, 722), (0, 782, 595, 60))  # in points
_OFFICE = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_pdf_Export"}


def chromium(page: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(page, "utf-8")
        _run(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri(),
        )  # fmt: skip


def office(source: bytes, suffix: str, target: Path) -> None:
    """``suffix`` is the ending of the source; the ending of ``target`` says what is made."""
    ending = target.suffix[1:]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"source.{suffix}")
        file.write_bytes(source)
        infilter = ["--infilter=HTML (StarWriter)"] if suffix == "html" else []
        _run(
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *infilter,
            "--convert-to", _OFFICE[ending], "--outdir", folder, str(file),
        )  # fmt: skip
        target.write_bytes(Path(folder, f"source.{ending}").read_bytes())


def in_columns(source: Path, target: Path) -> None:
    """The text of an A4 page in two columns, column by column: head, left, right and foot of each page."""
    info = subprocess.run(["pdfinfo", str(source)], check=True, capture_output=True, text=True).stdout
    pages = int(next(line.split()[1] for line in info.splitlines() if line.startswith("Pages:")))
    pieces = [_piece(source, page, region) for page in range(1, pages + 1) for region in _REGIONS]
    target.write_text("".join(pieces), "utf-8")


def _piece(source: Path, page: int, region: tuple[int, int, int, int]) -> str:
    """The last of a page ends with the form feed that each has."""
    where = [part for option, value in zip("xyWH", region, strict=True) for part in (f"-{option}", str(value))]
    command = ["pdftotext", "-enc", "UTF-8", "-f", str(page), "-l", str(page), *where, str(source), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return text if region == _REGIONS[-1] else text.replace("\f", "")


def pdftotext(source: Path, target: Path, *options: str) -> None:
    _run("pdftotext", "-enc", "UTF-8", *options, str(source), str(target))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)
