"""Fields: their code is not printed, their result is; some have none and are drawn from the code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tongwen.decode.docx.formats import printed

_OVERPRINTED = re.compile(r"\s*EQ\s+\\o(?:\\a[clr])?\s*\(\s*([^,;()]*?)\s*[,;]\s*([^,;()]*?)\s*\)\s*", re.I)
_CIRCLE = "○"


@dataclass(slots=True)
class Field:
    """A field that is open: whether its code is still being read, and the code."""

    at_code: bool = True
    code: str = ""

    def drawn(self) -> str:
        """What a field without a result prints: a figure over a circle, as Chinese versions of Word set ⑪."""
        match = _OVERPRINTED.fullmatch(self.code)
        if match is None:
            return ""
        below, above = match.groups()
        if below == _CIRCLE and above.isascii() and above.isdecimal() and len(above) < 4:
            return printed(int(above), "decimalEnclosedCircle")
        return above or below
