"""Making written files durable, many at once where the system can."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

__all__ = ["claimed", "make_durable", "sync_folders"]


def make_durable(root: Path, written: Iterable[Path]) -> None:
    """Return once ``written``, files and folders below ``root``, would survive a loss of power.

    One ``syncfs`` covers any number of files, which a ``fsync`` each would take many times as long for. Raises OSError.
    """
    sync = _syncfs()
    if sync is None:
        for path in written:
            _fsync(path)
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        if sync(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(root))
    finally:
        os.close(descriptor)


def sync_folders(*folders: Path) -> None:
    """Return once the names in ``folders`` would survive a loss of power. Raises OSError."""
    for folder in folders:
        _fsync(folder)


def claimed(descriptor: int) -> bool:
    """Claim an open file for this process until it is closed; False where another process has claimed it."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@lru_cache(maxsize=1)
def _syncfs() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
