"""The bridge's file comes and goes: private, whole, locked while it is needed, swept when its process was killed.

A temporary file is locked for as long as its run lasts, and the system releases the lock however the process ends. So
a leftover is one that nobody has locked: true across containers that share a folder, and for process ids that were
given out again, where asking whether a process lives is not.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reev_runner.files import is_temporary
from reev_types.errors import StorageError

__all__ = ["is_own", "sweep", "written"]

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows deletes no file that is open, so no lock is needed
    fcntl = None  # type: ignore[assignment]

_NAME = re.compile(r"dynamic-[0-9A-Za-z_-]{1,80}\.yml(\.part)?", re.ASCII)
_PART_AGE_S = 60
"""A file that is still being written may not have its lock yet."""
_START_BYTES = 160
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def written(text: str, path: Path) -> Iterator[None]:
    """Write a file and keep it locked: readable by its owner alone, whole or not at all, never in another's place.

    It is the caller's to remove. Raises StorageError ``cannot_write_flow``.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFELY, 0o600)
    except OSError as error:
        raise _cannot_write(part, error) from None
    try:
        _fill(descriptor, text, part, path)
        yield
    finally:
        os.close(descriptor)


def sweep(folder: Path, now_s: float) -> tuple[Path, ...]:
    """Remove what killed processes of this user left in ``folder``, and return it; ``now_s`` is the file system's time.

    Only regular files go that have the bridge's name, say that they are temporary, and are locked by nobody.
    """
    removed: list[Path] = []
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if _NAME.fullmatch(path.name) and _is_left_over(path, now_s):
                with suppress(OSError):
                    path.unlink()
                    removed.append(path)
    return tuple(removed)


def _fill(descriptor: int, text: str, part: Path, path: Path) -> None:
    try:
        _try_lock(descriptor)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n", closefd=False) as stream:
            stream.write(text)
        _settle(part, path)
    except OSError as error:
        raise _cannot_write(path, error) from None
    finally:
        part.unlink(missing_ok=True)


def _settle(part: Path, path: Path) -> None:
    """Give a file its name; unlike a rename, a link never takes the place of another."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        part.rename(path)


def _is_left_over(path: Path, now_s: float) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | _SAFELY)
    except OSError:
        return False
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or not is_own(status):
            return False
        if path.suffix == ".part":
            return now_s - status.st_mtime > _PART_AGE_S and _try_lock(descriptor)
        start = os.read(descriptor, _START_BYTES).decode("utf-8", "replace")
        return is_temporary(start) and _try_lock(descriptor)
    finally:
        os.close(descriptor)


def is_own(status: os.stat_result) -> bool:
    """Tell whether a file belongs to this user, where files belong to users."""
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()


def _try_lock(descriptor: int) -> bool:
    if fcntl is None:  # pragma: no cover - see above
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _cannot_write(path: Path, error: OSError) -> StorageError:
    message = f"the flow cannot be written to {path}: {error.strerror}"
    return StorageError("cannot_write_flow", message, suggestions=("set TMPDIR to a folder of yours", "use --direct"))
