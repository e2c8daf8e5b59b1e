"""Terms: what a text defines, and the shorter and other names that it gives, each with the words that prove it."""

from tongwen.terms.records import terms

__all__ = ["terms"]
