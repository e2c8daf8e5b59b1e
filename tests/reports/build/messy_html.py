"""HTML as it is met; ``soup: word`` imitates an export from a word processor, ``soup: divs`` a site builder's page."""

from __future__ import annotations

from html import escape

from reports.build import soup_html, word_html
from reports.build.model import Report


def page(report: Report) -> str:
    lines = word_html.lines(report) if report.options["soup"] == "word" else soup_html.lines(report)
    head = f"<html>\n<head>\n<META charset=utf-8>\n<title>{escape(report.title)}</title>\n</head>\n<body>\n"
    return head + "\n".join(lines) + "\n</body>\n"
