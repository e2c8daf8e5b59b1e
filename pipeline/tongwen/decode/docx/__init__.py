"""DOCX: what Word prints, as text, with the blocks that the mark-up delimits (ECMA-376 part 1, WordprocessingML)."""

from __future__ import annotations

from tongwen.decode.docx.reader import read_docx

__all__ = ["read_docx"]
