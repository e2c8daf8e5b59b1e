"""A draft against the glossary and against itself, alone or beside the text that it translates."""

from tongwen.glossary.checking.alignment import Aligned, align
from tongwen.glossary.checking.checks import check_draft, check_pair
from tongwen.glossary.checking.findings import Draft, Finding

__all__ = ["Aligned", "Draft", "Finding", "align", "check_draft", "check_pair"]
