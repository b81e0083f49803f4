"""A document as a tree whose every key and value knows its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from reev_types.errors import FilePlace

__all__ = [
    "Location",
    "MappingNode",
    "Node",
    "Places",
    "Point",
    "ScalarNode",
    "ScalarValue",
    "SequenceNode",
    "dotted",
    "plain",
]

Location = tuple[str | int, ...]
"""A way through a document: keys and list indexes, from the root down."""

ScalarValue = str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Point:
    """A line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value."""

    value: ScalarValue
    point: Point


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple[Node, ...]
    point: Point


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping of text keys; ``keys`` says where each of them stands."""

    entries: Mapping[str, Node]
    keys: Mapping[str, Point]
    point: Point


Node = ScalarNode | SequenceNode | MappingNode

Plain = ScalarValue | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """Return the tree as dicts, lists and values; its depth is bounded by the reader."""
    match node:
        case ScalarNode(value=value):
            return value
        case SequenceNode(items=items):
            return [plain(item) for item in items]
        case MappingNode(entries=entries):
            return {key: plain(value) for key, value in entries.items()}
        case _:
            assert_never(node)


class Places:
    """Finds the place of anything in one file."""

    def __init__(self, path: str, root: Node) -> None:
        self.path = path
        self._root = root

    def at(self, *location: str | int) -> FilePlace:
        """Return where the value at ``location`` stands.

        Parts that the document does not have are passed over, so a missing key is at its mapping, and the tags
        that a validator adds to a location do no harm.
        """
        node = self._root
        for part in location:
            node = _child(node, part) or node
        return self._place(node.point)

    def of_key(self, *location: str | int) -> FilePlace:
        """Return where the last key of ``location`` stands, or its value where it is no key."""
        *parents, last = location
        node = self._root
        for part in parents:
            node = _child(node, part) or node
        if isinstance(node, MappingNode) and isinstance(last, str) and last in node.keys:
            return self._place(node.keys[last])
        return self.at(*location)

    def known(self, location: Location, *, is_missing: bool) -> Location:
        """Return ``location`` without the parts that the document does not have.

        With ``is_missing`` the last part is a key that should be there, and stays.
        """
        node, found = self._root, list[str | int]()
        for part in location:
            child = _child(node, part)
            if child is not None:
                node = child
                found.append(part)
        return (*found, location[-1]) if is_missing else tuple(found)

    def keys(self, location: Location) -> tuple[str, ...]:
        """Return the keys of the mapping at ``location``; none where it is no mapping."""
        node: Node | None = self._root
        for part in location:
            node = _child(node, part) if node else None
        return tuple(node.entries) if isinstance(node, MappingNode) else ()

    def _place(self, point: Point) -> FilePlace:
        return FilePlace(self.path, point.line, point.column)


def _child(node: Node, part: str | int) -> Node | None:
    match node:
        case MappingNode(entries=entries) if isinstance(part, str):
            return entries.get(part)
        case SequenceNode(items=items) if isinstance(part, int) and 0 <= part < len(items):
            return items[part]
        case _:
            return None


def dotted(location: Location) -> str:
    """Return a location as people write it: ``flow.0.prompt``."""
    return ".".join(str(part) for part in location)
