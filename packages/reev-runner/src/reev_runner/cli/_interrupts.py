"""What a signal that ends a run leaves behind: a line that says how to go on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reev_runner.report import UnfinishedSessions

__all__ = ["with_way_on"]

_STDERR = 2
_CURSOR_AGAIN = "\r\x1b[K\x1b[?25h"
"""Progress hides the cursor of a terminal and may be in the middle of a line."""


@contextmanager
def with_way_on(sessions: UnfinishedSessions) -> Iterator[None]:
    """Let Ctrl-C raise KeyboardInterrupt with the commands that go on, and SIGTERM print them before it ends us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        _tell(sessions)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(*sessions.commands) from None
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _tell(sessions: UnfinishedSessions) -> None:
    cursor = _CURSOR_AGAIN if os.isatty(_STDERR) else ""
    told = " → ".join(("terminated", *sessions.commands))
    # Streams may be in the middle of something, and are none of a signal handler's business.
    os.write(_STDERR, f"{cursor}{told}\n".encode())
