"""Importing late, or not at all: a package's parts, and what a library imports that this program does not use."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


def attributes(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of a package whose names come from modules that are imported when one is asked for.

    ``homes``: name → the module below ``package``.
    """

    def attribute(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return attribute


class Later(ModuleType):
    """A module that is imported when something of it is used, and not when a library imports it.

    As long as it stands in for the module, whatever is taken from it is a function: one that calls the real one.
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is not self:
            return getattr(import_module(self.__name__), name)
        if name.startswith("__"):  # the import system asks what a package would have
            raise AttributeError(name)

        def called(*given: object, **named: object) -> Any:
            self.step_aside()
            return getattr(self, name)(*given, **named)

        return called

    def step_aside(self) -> None:
        """Whoever imports the module from now on gets the real one."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]


@contextmanager
def standing_in(modules: Mapping[str, Mapping[str, object]]) -> Iterator[None]:
    """What is imported meanwhile gets a ``Later`` for each of ``modules`` that is not loaded yet.

    Each is named with what is to be had of it at once.
    """
    made = [Later(name) for name in modules if name not in sys.modules]
    for one in made:
        vars(one).update(modules[one.__name__])
        sys.modules[one.__name__] = one
    try:
        yield
    finally:
        for one in made:
            one.step_aside()
