"""The command line: it chooses and prints, and knows everything; nothing knows it.

Each sub-command is a module of this package with a click command named ``command``, imported when it is called for.
"""

from __future__ import annotations

import gc
import sys

RARELY = 100_000  # objects made between two looks for garbage: at start-up, looking costs 15 ms and finds none
PROBLEMS = 3  # done, with problems told on stderr
INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main() -> None:
    """The entry point of the command ``tongwen``; Ctrl-C is heard from here on."""
    gc.set_threshold(RARELY)
    try:
        from tongwen.cli.boundary import run  # noqa: PLC0415  it takes a moment, in which Ctrl-C may come

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        print("tongwen: interrupted", file=sys.stderr)
        code = INTERRUPTED
    gc.freeze()  # what is left goes with the process: nobody need look through it for garbage
    sys.exit(code)
