"""Style sheets for print: page, columns, running heads."""

from __future__ import annotations

from reports.build import clean_html
from reports.build.fonts import face
from reports.build.model import Report

_FONTS = {
    "zh-Hans": ("Noto Sans CJK SC", "Noto Serif CJK SC"),
    "zh-Hant": ("Noto Sans CJK TC", "Noto Serif CJK TC"),
    "en": ("Liberation Sans", "Liberation Serif"),
}


def sheet(report: Report, size: str = "A4", serif: bool | None = None, bullets: bool = True) -> str:
    """``serif``: None lets the report's name decide. ``bullets``: as characters; Chromium's own are drawn shapes."""
    fonts = _FONTS[report.options["language"]]
    font = fonts[report.seed % 2 if serif is None else serif]
    columns = report.options["columns"]
    align = "left" if report.english else "justify"  # pdftotext parts the words of a justified English line
    border = "border:1px solid #666" if report.seed % 2 else "background:#eee"
    rules = "td,th{border:1px solid #444}" if report.seed % 3 else "thead{border-top:1px solid;border-bottom:1px solid}"
    head = (
        f'@top-center{{content:"{report.title}";font:8pt "{font}"}}'
        if report.options.get("running", "yes") == "yes"
        else ""
    )
    faces = (
        "" if report.english else "\n".join(face(font, weight, _characters(report)) for weight in ("Regular", "Bold"))
    )
    marker = 'ul > li::marker {content: "• "} ul ul > li::marker {content: "◦ "}' if bullets else ""
    return f"""<style>
{faces}
{marker}
@page {{ size: {size}; margin: 22mm 18mm; {head} @bottom-center {{ content: counter(page); font: 8pt "{font}" }} }}
body {{ font: 10pt/1.5 "{font}"; margin: 0 }}
p, li {{ text-align: {align} }} article {{ column-count: {columns}; column-gap: 8mm }}
h1 {{ font-size: 18pt }}
h2 {{ font-size: 14pt }} h3 {{ font-size: 12pt }} h4 {{ font-size: 10.5pt }}
h2, h3, h4, .box-title {{ break-after: avoid }}
sup {{ font-size: 6.5pt; line-height: 0; vertical-align: 4pt }}
a {{ color: inherit; text-decoration: none }} [role=doc-backlink] {{ display: none }}
blockquote {{ margin: 2mm 8mm }} ul, ol {{ padding-left: 6mm }} .plain {{ list-style: none }}
.plain > li::marker {{ content: none }}
.box {{ {border}; padding: 2mm; margin: 3mm 0; break-inside: avoid }} .box-title {{ font-weight: bold }}
table {{ border-collapse: collapse; width: 100%; font-size: 9pt; break-inside: avoid; margin: 3mm 0 }}
{rules} td, th {{ padding: 1mm; vertical-align: top; text-align: left }}
caption, figcaption {{ font-size: 9pt; font-weight: bold; padding: 1mm }} td:first-child {{ min-width: 4em }}
.table-note {{ font-size: 8pt }}
figure img {{ width: 60mm; height: 25mm; border: 1px solid }} .footnotes {{ font-size: 8.5pt }}
</style>
"""


def _characters(report: Report) -> set[str]:
    return set(clean_html.page(report)) | set("•◦▪0123456789")
