"""The programs that convert: Chromium prints HTML, LibreOffice converts to DOCX and PDF, pdftotext extracts."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

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


def pdftotext(source: Path, target: Path, *options: str) -> None:
    _run("pdftotext", "-enc", "UTF-8", *options, str(source), str(target))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)
