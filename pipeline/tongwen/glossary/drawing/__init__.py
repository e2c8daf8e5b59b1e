"""Concepts and their links drawn: a graph of what is asked for, its layout, and the text of a picture."""
