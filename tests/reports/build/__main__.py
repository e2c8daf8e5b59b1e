"""Makes the files and the truth of all reports, or of those named: see scripts/build-reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from reports.build import clean_html, docx, messy_html
from reports.build.dump import dump
from reports.build.model import Report
from reports.build.printing import chromium, in_columns, office, pdftotext
from reports.build.source import read
from reports.build.styles import sheet
from reports.build.truth import truth

HERE = Path(__file__).resolve().parent.parent


def main(names: list[str]) -> int:
    for source in sorted((HERE / "sources").glob("*.txt")):
        if not names or source.stem in names:
            print(source.stem, file=sys.stderr)
            build(read(source), HERE / "files")
    return 0


def build(report: Report, folder: Path) -> None:
    folder.mkdir(exist_ok=True)

    def path(ending: str) -> Path:
        return folder / f"{report.name}.{ending}"

    text = json.dumps(truth(report), ensure_ascii=False, indent=1)
    (HERE / "truth" / f"{report.name}.json").write_text(text + "\n", "utf-8")
    clean = clean_html.page(report)
    path("clean.html").write_text(clean, "utf-8")
    path("messy.html").write_text(messy_html.page(report), "utf-8")
    path("flat.txt").write_text(dump(report, faulty=False), "utf-8")
    path("faulty.txt").write_text(dump(report, faulty=True), "utf-8")
    path("styled.docx").write_bytes(docx.write(report))
    office(clean_html.page(report, chrome=False, framed=True).encode(), "html", path("office.docx"))
    printed(report, path)


def printed(report: Report, path: Callable[[str], Path]) -> None:
    """``pdf``: print, office or both. From the one comes text column by column, from the other with its layout."""
    which = report.options.get("pdf", "both")
    if which != "office":
        chromium(clean_html.page(report, sheet(report), chrome=False), path("print.pdf"))
        extract = in_columns if report.options["columns"] == "2" else pdftotext
        extract(path("print.pdf"), path("plain.txt"))
    if which != "print":
        office(docx.write(report, floating=False), "docx", path("office.pdf"))
        pdftotext(path("office.pdf"), path("layout.txt"), "-layout")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
