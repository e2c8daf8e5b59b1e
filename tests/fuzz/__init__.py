"""Fuzzing: what anybody may hand to Tongwen, made worse and worse, against the laws that hold for every input.

A target (``targets/``) says how bytes are given to a part of the project and which laws hold for what comes back. The
same target is run by ``scripts/fuzz`` for hours, guided by coverage; by the tests, on each finding that was kept
(``tests/cases/fuzz``) and on a few inputs that hypothesis makes.
"""
