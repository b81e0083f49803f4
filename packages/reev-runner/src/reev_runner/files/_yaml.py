"""Reads one YAML document into a tree with places, in bounded time and memory.

Built on PyYAML's event stream, which neither recurses nor expands anything. Anchors, aliases, tags, further documents
and duplicate keys are refused, so a benchmark says what it says where it says it.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml
from yaml.events import Event

from reev_types.errors import BenchmarkError, FilePlace

from ._nodes import Node
from ._tree import TreeBuilder

__all__ = ["parse_yaml"]

# The C parser is an optional part of PyYAML: wheels have it, a build from source may not.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, path: str, *, loader: type = _LOADER) -> Node:
    """Return the only document of ``text``; ``path`` serves messages.

    Raises BenchmarkError with a place: ``yaml_syntax``, ``empty_file``, ``several_documents``, ``alias``, ``tag``,
    ``duplicate_key``, ``bad_key``, ``too_deep``, ``too_many_nodes``, ``bad_number``, ``not_text``.
    """
    builder = TreeBuilder(path)
    for event in _events(text, path, loader):
        builder.take(event)
    if builder.root is None:
        raise BenchmarkError("empty_file", "expected a benchmark, found nothing", place=FilePlace(path, 1, 1))
    return builder.root


def _events(text: str, path: str, loader: type) -> Iterator[Event]:
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = FilePlace(path, mark.line + 1, mark.column + 1) if mark else FilePlace(path)
        problem = " ".join(part for part in (error.context, error.problem) if part)
        raise _syntax_error(problem, place) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML's parser in Python lets the failure of chr() on an absurd escape through.
        raise _syntax_error(str(error), FilePlace(path)) from None


def _syntax_error(problem: str, place: FilePlace) -> BenchmarkError:
    quoting = "mapping values are not allowed" in problem
    return BenchmarkError(
        "yaml_syntax",
        f"expected YAML: {' '.join(problem.split()):.160}",
        place=place,
        suggestions=("put a text that contains ': ' in quotes",) if quoting else (),
    )
