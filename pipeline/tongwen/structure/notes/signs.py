"""Numbers that are printed as one sign: circled, raised."""

from __future__ import annotations

_CIRCLED = {
    chr(code): n for n, code in enumerate([*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)], 1)
}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def value(printed: str) -> int:
    """The number that digits, raised digits or a circled number stand for; 0 where they are none."""
    if printed in _CIRCLED:
        return _CIRCLED[printed]
    digits = printed.translate(_RAISED)
    return int(digits) if digits.isascii() and digits.isdigit() else 0
