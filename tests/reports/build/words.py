"""What the makers of a page print around a report, in each language."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    menu: tuple[str, ...]
    rights: str
    notes: str
    home: str


WORDS = {
    "zh-Hans": Words(("首页", "出版物", "关于我们"), "版权所有，保留一切权利。", "注释", "返回首页"),
    "zh-Hant": Words(("首頁", "出版品", "關於我們"), "版權所有，保留一切權利。", "註釋", "回首頁"),
    "en": Words(("Home", "Publications", "About us"), "All rights reserved.", "Notes", "Back to the home page"),
}
