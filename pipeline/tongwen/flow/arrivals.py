"""Results between the thread that takes them in and whoever wants them."""

from __future__ import annotations

from threading import Condition

ROOM = 1 << 26  # bytes that may wait: this bounds the memory


class Arrivals:
    """By number, as the bytes that came; none is empty."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._contents: dict[int, bytes] = {}
        self._size = 0
        self._closed = False

    def put(self, number: int, content: bytes) -> None:
        with self._changed:
            self._contents[number] = content
            self._size += len(content)
            self._changed.notify()

    def close(self) -> None:
        """No more come."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def take(self, number: int, patience: float) -> bytes | None:
        """None where it has not come in these seconds; empty where it never will."""
        with self._changed:
            self._changed.wait_for(lambda: number in self._contents or self._closed, patience)
            content = self._contents.pop(number, b"" if self._closed else None)
            self._size -= len(content or b"")
            return content

    def room(self, number: int) -> bool:
        """Whether fewer than ``number`` wait, and not too many bytes."""
        return len(self._contents) < number and self._size < ROOM
