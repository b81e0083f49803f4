"""Files that are removed however the process that needs them ends, SIGKILL aside."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

__all__ = ["removed_at_the_end"]

_ENDINGS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What ends a process without an exception; Ctrl-C raises one."""

_Handlers = dict[int, signal.Handlers | None]


@contextmanager
def removed_at_the_end() -> Iterator[list[Path]]:
    """Yield a list; what stands in it is removed when the context ends, and before a signal ends the process."""
    files: list[Path] = []
    before = _watch(files)
    try:
        yield files
    finally:
        _remove(files)
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _watch(files: list[Path]) -> _Handlers:
    """Set handlers and return those before; signals are the main thread's alone."""
    before: _Handlers = {}
    if threading.current_thread() is not threading.main_thread():
        return before

    def end(number: int, frame: FrameType | None) -> None:
        _remove(files)
        signal.signal(number, before[number] or signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in _ENDINGS:
        before[number] = signal.signal(number, end)  # type: ignore[assignment] # or a handler of the program's own
    return before


def _remove(files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
