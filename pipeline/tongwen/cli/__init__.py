"""The command line: it chooses and prints, and knows everything; nothing knows it.

Each sub-command is a module of this package with a click command named ``command``, imported when it is called for.
"""

from __future__ import annotations

import sys

from tongwen.cli.boundary import run


def main() -> None:
    """The entry point of the command ``tongwen``."""
    sys.exit(run(sys.argv[1:]))
