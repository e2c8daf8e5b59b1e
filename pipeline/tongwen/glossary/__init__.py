"""Concepts: drawn together from termbases and texts, linked, and used on drafts and queries."""
