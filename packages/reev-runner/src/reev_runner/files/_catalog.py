"""Finds benchmark files: by path, by folder, by id, or by the number that an id begins with."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from reev_types.errors import BenchmarkError, FilePlace, UsageError, UserError

from ._load import LoadedBenchmark, load_file
from ._source import is_portable

__all__ = ["BUILT_IN", "FoundBenchmark", "find_benchmarks", "load_benchmarks"]

BUILT_IN = Path(__file__).parent.parent / "benchmarks"
"""The folder of the benchmarks that come with reev; each file is named after its id."""

_SUFFIXES = (".yml", ".yaml")


class FoundBenchmark(NamedTuple):
    """A file that was asked for, and what it holds or why nobody can tell."""

    path: Path
    content: LoadedBenchmark | UserError


def find_benchmarks(selectors: Collection[str | Path], tags: Collection[str] = ()) -> list[Path]:
    """Return the files that are meant, each once, in the order of the selectors; none means all built-in ones.

    A selector is a file, a folder (its ``*.yml`` and ``*.yaml``, sorted, without subfolders), the id of a built-in
    benchmark or its unique number, such as ``001``. Among others that are right, a wrong one stays as a path, which
    nobody will be able to read. With ``tags``, only files that have one of them remain, and those that cannot be
    read. Without, no file is read.

    Raises UsageError where nothing is left: ``no_such_file``, ``unknown_benchmark``, ``ambiguous_benchmark``,
    ``no_benchmarks``, ``unreadable_path``.
    """
    if tags:
        return [found.path for found in _tagged(_loaded(_located(selectors)), tags)]
    return [path for path, _ in _located(selectors)]


def load_benchmarks(selectors: Collection[str | Path], tags: Collection[str] = ()) -> tuple[FoundBenchmark, ...]:
    """Return the files of ``find_benchmarks``, read: what is wrong with one of them does not stop the others.

    Of two files with one id the later is refused with BenchmarkError ``duplicate_id``. Raises as ``find_benchmarks``.
    """
    return tuple(_distinct(_tagged(_loaded(_located(selectors)), tags)))


_Located = tuple[Path, UsageError | None]


def _located(selectors: Collection[str | Path]) -> list[_Located]:
    unique: dict[str, _Located] = {}
    for selector in selectors or (BUILT_IN,):
        for path, error in _files(selector):
            # Not Path.resolve(), which raises where links form a loop.
            identity = str(path) if error else os.path.realpath(path)
            unique.setdefault(identity, (path, error))
    errors = [error for _, error in unique.values() if error]
    if len(errors) == len(unique):
        raise errors[0]
    return list(unique.values())


def _loaded(located: Iterable[_Located]) -> Iterator[FoundBenchmark]:
    for path, error in located:
        try:
            yield FoundBenchmark(path, error or load_file(path))
        except BenchmarkError as bad:
            yield FoundBenchmark(path, bad)


def _tagged(found: Iterable[FoundBenchmark], tags: Collection[str]) -> list[FoundBenchmark]:
    chosen = [
        benchmark
        for benchmark in found
        if not tags or isinstance(benchmark.content, UserError) or set(tags) & set(benchmark.content.file.tags)
    ]
    if not chosen:
        raise UsageError("no_benchmarks", f"no benchmark has the tag {' or '.join(tags)}")
    return chosen


def _distinct(found: Iterable[FoundBenchmark]) -> Iterator[FoundBenchmark]:
    first: dict[str, Path] = {}
    for path, content in found:
        if isinstance(content, UserError) or first.setdefault(content.file.id, path) == path:
            yield FoundBenchmark(path, content)
        else:
            message = f"{content.file.id} is the id of {first[content.file.id]} already"
            yield FoundBenchmark(path, content.problem("duplicate_id", message, "id"))


def _files(selector: str | Path) -> list[_Located]:
    try:
        return [(path, None) for path in _selected(selector)]
    except UsageError as error:
        return [(Path(selector), error)]


def _selected(selector: str | Path) -> list[Path]:
    path = Path(selector)
    if not is_portable(path):
        raise _refusal("unreadable_path", "expected a name in UTF-8 without NUL", path)
    try:
        if path.is_dir():
            return _in_folder(path)
        if path.exists():
            return [path]
    except OSError as error:
        raise _refusal("unreadable_path", str(error.strerror), path) from None
    if path.suffix in _SUFFIXES or len(path.parts) > 1:
        names = [str(file) for file in path.parent.glob("*") if file.suffix in _SUFFIXES]
        raise _refusal("no_such_file", "there is no such file", path, _close(str(path), names))
    return [_built_in(str(selector))]


def _in_folder(folder: Path) -> list[Path]:
    files = sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES)
    if not files:
        raise _refusal("no_benchmarks", "the folder has no .yml or .yaml file", folder)
    return files


def _built_in(name: str) -> Path:
    by_id = {file.stem: file for file in _in_folder(BUILT_IN)}
    matches = [name] if name in by_id else [known for known in by_id if known.split("-")[0] == name]
    if len(matches) == 1:
        return by_id[matches[0]]
    if matches:
        raise UsageError("ambiguous_benchmark", f"{name} can be {' or '.join(matches)}")
    hints = _close(name, by_id) or (f"built in: {', '.join(by_id)}",)
    raise UsageError("unknown_benchmark", f"there is no file and no built-in benchmark {name!r}", suggestions=hints)


def _close(name: str, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"did you mean {other}?" for other in get_close_matches(name, list(known), n=3))


def _refusal(code: str, message: str, path: Path, suggestions: tuple[str, ...] = ()) -> UsageError:
    return UsageError(code, message, place=FilePlace(f"{path!s:.200}"), suggestions=suggestions)
