"""Alternatives out of a file that somebody wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import yaml
from pydantic import TypeAdapter, ValidationError

from reev_types.alternatives import AlternativeFlow
from reev_types.errors import FilePlace, UserError

__all__ = ["load_alternatives"]


class _Mark(Protocol):
    """A place as the parser has it, both numbers from 0."""

    line: int
    column: int


_MOST_BYTES = 256 * 1024
_MOST_DEPTH = 8
_EXAMPLE = (
    "an alternative is {id: halves, triggers: [slippage], rewrite: {kind: split_amount, parts: 2}}",
    "the file is a list of them",
)
_FLOWS: TypeAdapter[tuple[AlternativeFlow, ...]] = TypeAdapter(tuple[AlternativeFlow, ...])


def load_alternatives(path: Path) -> tuple[AlternativeFlow, ...]:
    """Return the alternatives that a YAML file of at most 256 KiB lists, in its order.

    Raises UserError with the place in the file: ``unreadable_alternatives`` where there is no such text,
    ``bad_alternatives`` for what is no YAML, uses anchors, or lists what is no alternative or one id twice.
    """
    text = _text(path)
    try:
        _check_events(text, path)
        root, value = yaml.compose(text, Loader=yaml.SafeLoader), yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        raise _bad(f"no YAML: {error.problem}", _at(path, error.problem_mark)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _bad(f"no YAML: {str(error).splitlines()[0]}", FilePlace(str(path))) from None
    try:
        alternatives = _FLOWS.validate_python(value)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, problem["loc"]))
        reason = f"{field}: {problem['msg']}" if field else "this is no list of alternatives"
        raise _bad(reason, _at(path, _mark(root, problem["loc"]))) from None
    _check_ids(alternatives, path, root)
    return alternatives


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
        text = content.decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise _unreadable(f"the alternatives cannot be read: {reason}", path) from None
    if len(content) > _MOST_BYTES:
        raise _unreadable(f"the file is larger than {_MOST_BYTES} bytes", path)
    return text


def _check_events(text: str, path: Path) -> None:
    """Refuse what a short file could become endless or bottomless by."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise _bad("anchors are not taken here", _at(path, event.start_mark))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MOST_DEPTH:
            raise _bad("this is nested too deeply", _at(path, event.start_mark))


def _check_ids(alternatives: Sequence[AlternativeFlow], path: Path, root: yaml.Node | None) -> None:
    seen: set[str] = set()
    for number, alternative in enumerate(alternatives):
        if alternative.id in seen:
            raise _bad(f"{alternative.id} is there twice", _at(path, _mark(root, (number, "id"))))
        seen.add(alternative.id)


def _mark(node: yaml.Node | None, keys: Sequence[object]) -> _Mark | None:
    """Return where the value stands that ``keys`` lead to; keys that are not there lead nowhere."""
    for key in keys:
        inside = enumerate(node.value) if isinstance(node, yaml.SequenceNode) else _pairs(node)
        node = dict(inside).get(key, node)
    return None if node is None else node.start_mark


def _pairs(node: yaml.Node | None) -> list[tuple[object, yaml.Node]]:
    return [(name.value, value) for name, value in node.value] if isinstance(node, yaml.MappingNode) else []


def _at(path: Path, mark: _Mark | None) -> FilePlace:
    return FilePlace(str(path)) if mark is None else FilePlace(str(path), mark.line + 1, mark.column + 1)


def _unreadable(reason: str, path: Path) -> UserError:
    return UserError("unreadable_alternatives", reason, place=FilePlace(str(path)))


def _bad(reason: str, place: FilePlace) -> UserError:
    return UserError("bad_alternatives", reason, place=place, suggestions=_EXAMPLE)
