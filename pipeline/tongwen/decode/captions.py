"""How the caption of a table or a figure begins, by the table table_words.tsv."""

from __future__ import annotations

import re
from functools import cache

from tongwen.lexicon import rows


@cache
def caption() -> re.Pattern[str]:
    """The word and the number at the start of a line; ``set_off``: a mark or a blank stands behind them, or nothing."""
    labels = "|".join(re.escape(word) for role, word, _ in rows("table_words.tsv") if role in ("caption", "figure"))
    return re.compile(rf"(?:{labels})\s*(?:\d+(?:[-.]\d+)*|[一二三四五六七八九十]+)(?P<set_off>\s|[.:：、]|$)?", re.I)
