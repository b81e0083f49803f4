"""Gets a file's text, and refuses what cannot be a benchmark before it costs anything."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from reev_types.errors import BenchmarkError, FilePlace

__all__ = ["CONTROL_CHARACTER", "MAX_BYTES", "is_portable", "read_text"]

MAX_BYTES = 256 * 1024
"""The largest original file has 9 KiB."""

CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# A FIFO without a writer would block for ever in open() otherwise; Windows has no such flag and no such files.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def is_portable(path: Path) -> bool:
    """Tell whether a path is text without NUL, so that journals and reports can name the file."""
    try:
        return b"\0" not in str(path).encode()
    except UnicodeEncodeError:
        return False


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises BenchmarkError: ``no_such_file``, ``unreadable_file``, ``not_a_file`` for directories, pipes and devices,
    ``file_too_large`` above 256 KiB, ``not_text`` for anything but UTF-8 without control characters.
    """
    data = _read_bytes(path)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8"))
        raise _refusal("not_text", "expected UTF-8 text", path, line, column) from None
    if found := CONTROL_CHARACTER.search(text):
        line, column = _position(text[: found.start()])
        raise _refusal("not_text", f"expected text, found the character {found[0]!a}", path, line, column)
    return text


def _read_bytes(path: Path) -> bytes:
    if not is_portable(path):
        raise _refusal("unreadable_file", "expected a name in UTF-8 without NUL", path)
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
        try:
            data = _read_regular(descriptor, path)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise _refusal("no_such_file", "there is no such file", path) from None
    except OSError as error:
        raise _refusal("unreadable_file", f"cannot be read: {error.strerror}", path) from None
    if len(data) > MAX_BYTES:
        raise _refusal("file_too_large", f"expected at most {MAX_BYTES // 1024} KiB", path)
    return data


def _read_regular(descriptor: int, path: Path) -> bytes:
    """Return at most one byte more than is allowed, whatever size the file reports or grows to."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise _refusal("not_a_file", "expected a regular file", path)
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        return stream.read(MAX_BYTES + 1)


def _position(before: str) -> tuple[int, int]:
    lines = before.split("\n")
    return len(lines), len(lines[-1]) + 1


def _refusal(code: str, message: str, path: Path, line: int = 0, column: int = 0) -> BenchmarkError:
    return BenchmarkError(code, message, place=FilePlace(str(path), line, column))
