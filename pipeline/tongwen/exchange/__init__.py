"""Termbases in the formats in which they travel: each is read and written here, and checked before it is written."""
