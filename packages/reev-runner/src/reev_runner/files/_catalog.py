"""Finds benchmark files: by path, by folder, by id, or by the number that an id begins with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from reev_types.errors import BenchmarkError, UsageError

from ._load import load_file
from ._model import BenchmarkFile

__all__ = ["BUILT_IN", "find_benchmarks"]

BUILT_IN = Path(__file__).parent.parent / "benchmarks"
"""The folder of the benchmarks that come with reev; each file is named after its id."""

_SUFFIXES = (".yml", ".yaml")


def find_benchmarks(selectors: Collection[str | Path], tags: Collection[str] = ()) -> list[Path]:
    """Return the files that are meant, each once, in the order of the selectors; none means all built-in ones.

    A selector is a file, a folder (its ``*.yml`` and ``*.yaml``, sorted, without subfolders), the id of a built-in
    benchmark or its unique number, such as ``001``. With ``tags``, only files that have one of them remain, and those
    that cannot be read, so that their error is reported. Raises UsageError: ``no_such_file``, ``unknown_benchmark``,
    ``ambiguous_benchmark``, ``no_benchmarks``, ``duplicate_id``, ``unreadable_path``.
    """
    unique: dict[Path, Path] = {}
    for selector in selectors or (BUILT_IN,):
        for path in _files(selector):
            unique.setdefault(path.resolve(), path)
    files = {path: _read(path) for path in unique.values()}
    _check_ids(files)
    chosen = [path for path, file in files.items() if not tags or file is None or set(tags) & set(file.tags)]
    if not chosen:
        raise UsageError("no_benchmarks", f"no benchmark has the tag {' or '.join(tags)}")
    return chosen


def _files(selector: str | Path) -> list[Path]:
    path = Path(selector)
    try:
        if path.is_dir():
            return _in_folder(path)
        if path.exists():
            return [path]
    except OSError as error:
        raise UsageError("unreadable_path", f"{selector!s:.80}: {error.strerror}") from None
    if path.suffix in _SUFFIXES or len(path.parts) > 1:
        names = [str(file) for file in path.parent.glob("*") if file.suffix in _SUFFIXES]
        raise UsageError("no_such_file", f"{selector}: there is no such file", suggestions=_close(str(path), names))
    return [_built_in(str(selector))]


def _in_folder(folder: Path) -> list[Path]:
    files = sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES)
    if not files:
        raise UsageError("no_benchmarks", f"{folder}: the folder has no .yml or .yaml file")
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


def _read(path: Path) -> BenchmarkFile | None:
    try:
        return load_file(path).file
    except BenchmarkError:
        return None


def _check_ids(files: Mapping[Path, BenchmarkFile | None]) -> None:
    first: dict[str, Path] = {}
    for path, file in files.items():
        if file is None:
            continue
        if file.id in first:
            raise UsageError("duplicate_id", f"{first[file.id]} and {path} both have the id {file.id}")
        first[file.id] = path
