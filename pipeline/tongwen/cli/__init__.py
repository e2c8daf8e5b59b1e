"""The command line: it chooses and prints, and knows everything; nothing knows it.

Each sub-command is a module of this package with a click command named ``command``, imported when it is called for.
"""

from __future__ import annotations

import gc
import signal
import sys

RARELY = 100_000  # objects made between two looks for garbage: at start-up, looking costs 15 ms and finds none
PROBLEMS = 3  # done, with problems told on stderr


def main() -> None:
    """The entry point of the command ``tongwen``; Ctrl-C is heard from here on."""
    gc.set_threshold(RARELY)
    try:
        from tongwen.cli.boundary import run  # noqa: PLC0415  it takes a moment, in which Ctrl-C may come

        code = run(sys.argv[1:])
    except KeyboardInterrupt as stop:
        print("tongwen: interrupted", file=sys.stderr)
        code = interrupted(stop)
    gc.freeze()  # what is left goes with the process: nobody need look through it for garbage
    sys.exit(code)


def interrupted(stop: BaseException) -> int:
    """As shells count: 128 and the number of the signal, which is that of Ctrl-C where none is named."""
    number = stop.args[0] if stop.args else None
    return 128 + (number if isinstance(number, int) else signal.SIGINT)
