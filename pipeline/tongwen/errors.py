"""How a failure is told.

    TongwenError            one sentence: what is wrong, where, what to do next
    ├── UsageError          the call cannot be understood               exit code 2
    │   └── QueryError      the query cannot be read
    ├── UnreadableFile      a file cannot be read: exit code 1, or 3 where others were
    ├── InvalidExport       what would be written breaks a rule of its format; nothing was written   exit code 1
    ├── WorkersFault        who should read the files cannot            exit code 1
    ├── NotFound            no such document, record or folder          exit code 1
    └── IndexFault          what is kept in the index folder            exit code 1
        ├── NoIndex         nothing has been built there yet
        ├── IndexBusy       another process is writing
        ├── IndexDamaged    a part cannot be read; says how to rebuild
        └── IndexTooNew     built by a later version

A fault in a text is no exception but a ``Problem``.
"""

from __future__ import annotations


class TongwenError(Exception):
    """``message`` is one sentence; ``hint`` says what to do next."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def __reduce__(self) -> tuple[type[TongwenError], tuple[str, str]]:
        return type(self), (self.message, self.hint)


class UsageError(TongwenError):
    exit_code = 2


class QueryError(UsageError):
    pass


class UnreadableFile(TongwenError):
    pass


class InvalidExport(TongwenError):
    pass


class WorkersFault(TongwenError):
    pass


class NotFound(TongwenError):
    pass


class IndexFault(TongwenError):
    pass


class NoIndex(IndexFault):
    pass


class IndexBusy(IndexFault):
    pass


class IndexDamaged(IndexFault):
    pass


class IndexTooNew(IndexFault):
    pass
