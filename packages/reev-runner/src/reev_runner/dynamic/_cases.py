"""A plan's document as a test case: at once (direct), or by way of a file (bridge). The loader checks both alike."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from reev_runner.files import LoadedBenchmark, compile_case, generated_text, load_document, load_file
from reev_types.benchmarks import TestCase
from reev_types.errors import BenchmarkError, FilePlace

from ._bridge_file import is_own, sweep, written
from ._endings import removed_at_the_end
from ._yaml import yaml_text

__all__ = ["BridgedCase", "bridged_case", "direct_case"]


class BridgedCase(NamedTuple):
    """A case read back from the file that was written for it."""

    case: TestCase
    path: Path


def direct_case(document: Mapping[str, Any]) -> TestCase:
    """Return the test case of a plan's document, without a file; raises BenchmarkError."""
    return compile_case(load_document(document, str(document["id"])))


@contextmanager
def bridged_case(
    document: Mapping[str, Any], folder: Path, session_id: str, *, keep: bool = False
) -> Iterator[BridgedCase]:
    """Write the document to ``folder`` and yield what the ordinary loader makes of the file.

    The file is called ``dynamic-<session_id>.yml`` and is gone when the context ends, however it ends, SIGTERM and
    Ctrl-C included, unless it is to be kept. Leftovers of killed processes are swept. Raises StorageError
    ``cannot_write_flow``; BenchmarkError ``generated_foreign``, ``generated_edited`` or ``generated_truncated`` when
    what is read back is not what was written, and as ``compile_case`` does.
    """
    text = generated_text(yaml_text(document), "kept" if keep else "temporary")
    path = folder / f"dynamic-{session_id}.yml"
    with removed_at_the_end() as temporary, written(text, path):
        if not keep:
            temporary.append(path)
        sweep(folder, path.stat().st_mtime)
        yield BridgedCase(compile_case(_read_back(path, text)), path)


def _read_back(path: Path, expected: str) -> LoadedBenchmark:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or not is_own(status):
        raise _foreign(path, 0)
    loaded = load_file(path)
    text = path.read_text(encoding="utf-8")
    if text != expected:
        raise _foreign(path, _first_difference(text, expected))
    return loaded


def _first_difference(text: str, expected: str) -> int:
    pairs = enumerate(zip(text.splitlines(), expected.splitlines(), strict=False), 1)
    return next((number for number, (found, wanted) in pairs if found != wanted), text.count("\n") + 1)


def _foreign(path: Path, line: int) -> BenchmarkError:
    place = FilePlace(str(path), line, min(line, 1))
    return BenchmarkError("generated_foreign", "this is not the file that was written for the run", place=place)
