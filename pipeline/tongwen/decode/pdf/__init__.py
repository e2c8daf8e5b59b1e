"""PDF: the text layer in the order of reading, with what the page shows of headings, tables, notes and frames."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from types import MappingProxyType
from typing import NoReturn

from tongwen.decode.content import Content
from tongwen.decode.pdf_limits import MEGABYTES, PAGES_SETTING, SECONDS_SETTING, pages_and_seconds
from tongwen.errors import UnreadableFile
from tongwen.model import Block, Cell, Mark, Problem, Span


def read_pdf(data: bytes, name: str) -> Content:
    """The file is read in a process of its own, with bounds on its memory and time.

    :raises UnreadableFile: locked, damaged, only images, too many pages, or past the bounds
    :raises UsageError: a setting is no positive number
    """
    pages, seconds = pages_and_seconds()
    outcome = _read_apart(data, name, pages, seconds)
    if isinstance(outcome, str):
        _refuse(outcome, name, pages)
    if not outcome.text.strip() and any(problem.code == "page-without-text" for problem in outcome.problems):
        message = f"{name} is a scan: no page of it has a text layer."
        raise UnreadableFile(message, "Give it one by OCR, and read it again.")
    return outcome


def _read_apart(data: bytes, name: str, pages: int, seconds: int) -> Content | str:
    bounds = f"{MEGABYTES} {seconds} {pages}\n".encode()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-m", "tongwen.decode.pdf.child"]
    try:
        done = subprocess.run(
            command,
            input=bounds + data,
            capture_output=True,
            env=environment,
            timeout=2 * seconds,
            check=False,
            start_new_session=True,  # an interrupt at the terminal is this process's to hear, not the reader's
        )
    except subprocess.TimeoutExpired:
        _give_up(name, seconds)
    if done.returncode or not done.stdout:
        _give_up(name, seconds)
    try:
        outcome: Content | str = _Outcome(io.BytesIO(done.stdout)).load()
    except Exception:  # whatever a hostile file made the process write
        _give_up(name, seconds)
    return outcome


class _Outcome(pickle.Unpickler):
    """What the process may send: a file that got the better of PDFium would speak in its place."""

    _KNOWN = MappingProxyType({(it.__module__, it.__name__): it for it in (Block, Cell, Content, Mark, Problem, Span)})

    def find_class(self, module: str, name: str) -> type:
        return self._KNOWN[module, name]


def _give_up(name: str, seconds: int) -> NoReturn:
    message = f"{name} cannot be read within {seconds} seconds and {MEGABYTES} MiB of memory, or is badly damaged."
    raise UnreadableFile(message, f"Split it, save it anew, or set {SECONDS_SETTING} higher.")


def _refuse(reason: str, name: str, pages: int) -> NoReturn:
    if reason == "locked":
        raise UnreadableFile(f"{name} is encrypted and needs a password.", "Save a copy without one.")
    if reason.startswith("pages"):
        message = f"{name} has {reason.removeprefix('pages ')} pages, more than the limit of {pages}."
        raise UnreadableFile(message, f"Split it, or set {PAGES_SETTING} higher.")
    raise UnreadableFile(f"{name} is no PDF document, or a damaged one.", "Ask for a sound copy, or save it anew.")
