"""Compares what is found in a file of the set with the truth of its report."""
