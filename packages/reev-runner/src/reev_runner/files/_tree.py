"""Puts YAML events together to a tree, refusing what a benchmark has no use for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from yaml import events as ev

from reev_types.errors import BenchmarkError, FilePlace

from ._nodes import MappingNode, Node, Point, ScalarNode, SequenceNode
from ._scalars import resolve_scalar
from ._source import CONTROL_CHARACTER

__all__ = ["MAX_DEPTH", "MAX_NODES", "TreeBuilder"]

MAX_DEPTH = 32
MAX_NODES = 20_000


@dataclass(slots=True)
class _Frame:
    """A collection that is still open; ``key`` is the mapping key that waits for its value."""

    point: Point
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Point] = field(default_factory=dict)
    key: str | None = None

    def closed(self) -> Node:
        if self.is_mapping:
            return MappingNode(self.entries, self.keys, self.point)
        return SequenceNode(tuple(self.items), self.point)


class TreeBuilder:
    """Takes the events of one document; ``root`` is the tree when all are taken, None for an empty stream."""

    def __init__(self, path: str) -> None:
        self.root: Node | None = None
        self._path = path
        self._open: list[_Frame] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: ev.Event) -> None:
        """Add an event; raises BenchmarkError at the first thing that is refused."""
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
        if self._awaits_key():
            self._refuse("bad_key", "expected text as a key, found a collection", frame.point)
        if len(self._open) == MAX_DEPTH:
            self._refuse("too_deep", f"expected at most {MAX_DEPTH} levels of nesting", frame.point)
        self._open.append(frame)

    def _awaits_key(self) -> bool:
        return bool(self._open) and self._open[-1].is_mapping and self._open[-1].key is None

    def _scalar(self, event: ev.ScalarEvent, point: Point) -> None:
        if CONTROL_CHARACTER.search(event.value):
            self._refuse("not_text", "expected text, found an escaped control character", point)
        if self._awaits_key():
            self._key(self._open[-1], event.value, point)
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
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if parent.key is not None:
            parent.entries[parent.key] = node
            parent.key = None
        else:
            parent.items.append(node)

    def _refuse(self, code: str, message: str, point: Point) -> NoReturn:
        raise BenchmarkError(code, message, place=FilePlace(self._path, point.line, point.column))


def _point(event: ev.Event) -> Point:
    mark = event.start_mark
    return Point(mark.line + 1, mark.column + 1) if mark else Point(1, 1)
