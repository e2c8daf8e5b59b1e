"""The one place where a failure becomes a sentence on stderr and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from tongwen.cli import lean  # noqa: F401  first: it spares the imports below

# isort: split
import click

from tongwen.cli import interrupted, logs
from tongwen.cli.group import tongwen
from tongwen.cli.page import visible
from tongwen.errors import TongwenError


def run(arguments: Sequence[str]) -> int:
    """Run one call of ``tongwen`` and return its exit code: 0 done, 1 failed, 2 wrong usage, 3 done with problems."""
    _open_closed()
    _speak_utf8()
    code = _ended(arguments)
    logs.end(code)
    return code


def _ended(arguments: Sequence[str]) -> int:
    try:
        return _told(lambda: _invoke(arguments))
    except BrokenPipeError:
        return _reader_left()
    except (KeyboardInterrupt, click.Abort) as stop:
        return _say("tongwen: interrupted", interrupted(stop))


def _told(call: Callable[[], int]) -> int:
    try:
        return call()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.NoSuchOption as error:
        error.show()
        return _say("What begins with a hyphen and is no option goes after `--`.", error.exit_code)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except TongwenError as error:
        logs.fail(error)
        return _say(f"tongwen: {error}", error.exit_code)
    except BrokenPipeError:
        raise
    except OSError as error:
        logs.fail(error)
        return _say(f"tongwen: {_system(error)}", 1)


def _invoke(arguments: Sequence[str]) -> int:
    with tongwen.make_context("tongwen", list(arguments)) as context:
        result = tongwen.invoke(context)
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _system(error: OSError) -> str:
    place = f": {os.fsdecode(error.filename)}" if isinstance(error.filename, str | bytes) else ""
    return f"{error.strerror or error}{place}. Make room or change the permissions there, then run the command again."


def _say(line: str, code: int) -> int:
    with contextlib.suppress(OSError):
        print(visible(line), file=sys.stderr, flush=True)
    return code


def _reader_left() -> int:
    """`tongwen … | head` is no failure; the interpreter must not try to flush what is left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _open_closed() -> None:
    """A stream that was closed by the caller leads nowhere: else the next file that is opened would take its place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def _speak_utf8() -> None:
    """Chinese is printed under any locale, line ends stand as in the text, and a stray surrogate does not stop it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
