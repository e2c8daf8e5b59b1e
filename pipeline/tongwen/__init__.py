"""Tongwen (同文): read, search and cite Chinese legal and policy texts in both scripts and in English."""

__version__ = "0.1.0"
