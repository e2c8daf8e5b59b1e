"""The same reports on other paper and in other type, for a look at what the set does not hold.

python -m reports.build.heldout FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from reports.build import clean_html
from reports.build.printing import chromium
from reports.build.source import read
from reports.build.styles import sheet

SIZES = {"a5": "A5", "letter": "letter landscape", "legal": "legal"}


def main(folder: Path) -> int:
    """Sans for what the set has in serif, and the other way round; bullets are drawn shapes."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted((Path(__file__).resolve().parent.parent / "sources").glob("*.txt")):
        report = read(source)
        for name, size in list(SIZES.items())[report.seed % 3 :][:1]:
            style = sheet(report, size, serif=not report.seed % 2, bullets=False)
            chromium(clean_html.page(report, style, chrome=False), folder / f"{report.name}.{name}.pdf")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
