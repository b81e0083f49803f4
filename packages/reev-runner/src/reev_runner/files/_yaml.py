"""Reads one YAML document into a tree with places, in bounded time and memory.

Built on PyYAML's event stream, which neither recurses nor expands anything. Anchors, aliases, tags, further documents
and duplicate keys are refused, so a benchmark says what it says where it says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import yaml
from yaml import events as ev

from reev_types.errors import BenchmarkError, FilePlace

from ._nodes import MappingNode, Node, Point, ScalarNode, SequenceNode
from ._scalars import resolve_scalar
from ._source import CONTROL_CHARACTER

__all__ = ["MAX_DEPTH", "MAX_NODES", "parse_yaml"]

MAX_DEPTH = 32
MAX_NODES = 20_000

# The C parser is an optional part of PyYAML: wheels have it, a build from source may not.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, path: str, *, loader: type = _LOADER) -> Node:
    """Return the only document of ``text``; ``path`` serves messages.

    Raises BenchmarkError with a place: ``yaml_syntax``, ``empty_file``, ``several_documents``, ``alias``, ``tag``,
    ``duplicate_key``, ``bad_key``, ``too_deep``, ``too_many_nodes``, ``bad_number``, ``not_text``.
    """
    builder = _Builder(path)
    for event in _events(text, path, loader):
        builder.take(event)
    if builder.root is None:
        raise BenchmarkError("empty_file", "expected a benchmark, found nothing", place=FilePlace(path, 1, 1))
    return builder.root


def _events(text: str, path: str, loader: type) -> Iterator[ev.Event]:
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


def _point(event: ev.Event) -> Point:
    mark = event.start_mark
    return Point(mark.line + 1, mark.column + 1) if mark else Point(1, 1)


class _Builder:
    """Puts the events of one document together."""

    def __init__(self, path: str) -> None:
        self.root: Node | None = None
        self._path = path
        self._open: list[_Frame] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: ev.Event) -> None:
        point = _point(event)
        match event:
            case ev.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse("several_documents", "expected one document, found another", point)
            case ev.AliasEvent():
                self._refuse("alias", f"expected a value, found the alias *{event.anchor:.60}", point)
            case ev.CollectionStartEvent():
                self._check_properties(event, point)
                self._begin(_Frame(point, isinstance(event, ev.MappingStartEvent)))
            case ev.CollectionEndEvent():
                self._place(self._open.pop().closed())
            case ev.ScalarEvent():
                self._check_properties(event, point)
                self._scalar(event, point)
            case _:
                pass  # the ends of stream and document carry nothing

    def _check_properties(self, event: ev.CollectionStartEvent | ev.ScalarEvent, point: Point) -> None:
        if event.anchor is not None:
            self._refuse("alias", f"expected no anchor, found &{event.anchor:.60}", point)
        if event.tag is not None:
            self._refuse("tag", f"expected no tag, found {event.tag!r:.60}", point)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse("too_many_nodes", f"expected at most {MAX_NODES} values", point)

    def _begin(self, frame: _Frame) -> None:
        parent = self._open[-1] if self._open else None
        if parent and parent.is_mapping and parent.key is None:
            self._refuse("bad_key", "expected text as a key, found a collection", frame.point)
        if len(self._open) == MAX_DEPTH:
            self._refuse("too_deep", f"expected at most {MAX_DEPTH} levels of nesting", frame.point)
        self._open.append(frame)

    def _scalar(self, event: ev.ScalarEvent, point: Point) -> None:
        if CONTROL_CHARACTER.search(event.value):
            self._refuse("not_text", "expected text, found an escaped control character", point)
        parent = self._open[-1] if self._open else None
        if parent and parent.is_mapping and parent.key is None:
            self._key(parent, event.value, point)
            return
        is_plain = event.implicit[0]
        try:
            value = resolve_scalar(event.value) if is_plain else event.value
        except ValueError as error:
            self._refuse("bad_number", f"{error}: {event.value:.24}…", point)
        self._place(ScalarNode(value, point))

    def _key(self, frame: _Frame, key: str, point: Point) -> None:
        if first := frame.keys.get(key):
            self._refuse("duplicate_key", f"{key!r:.80} stands here and in line {first.line}", point)
        frame.keys[key] = point
        frame.key = key

    def _place(self, node: Node) -> None:
        parent = self._open[-1] if self._open else None
        if parent is None:
            self.root = node
        elif parent.key is not None:
            parent.entries[parent.key] = node
            parent.key = None
        else:
            parent.items.append(node)

    def _refuse(self, code: str, message: str, point: Point) -> NoReturn:
        raise BenchmarkError(code, message, place=FilePlace(self._path, point.line, point.column))
