"""Arguments as a model wrote them, made into what a tool takes, or into an explanation of what is wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from math import isfinite
from typing import Any, NoReturn

from reev_types.tools import Refused

__all__ = ["read_arguments"]

_LARGEST_CHARACTERS = 65_536
_DEEPEST = 32
_HOW = 'send one JSON object with the parameters of the tool by name, such as {} or {"amount": "1.5"}'


def read_arguments(text: str) -> dict[str, Any] | Refused:
    """Return the object that ``text`` holds, or why nothing was carried out.

    Nothing at all means no arguments; an object inside a JSON string is unpacked. A name given twice is refused,
    because one of two amounts would be lost; a number that a float cannot hold is kept as text.
    """
    if not text.strip():
        return {}
    if len(text) > _LARGEST_CHARACTERS:
        return _refused(f"they are longer than {_LARGEST_CHARACTERS} characters")
    try:
        value = _parsed(text)
        value = _parsed(value) if isinstance(value, str) else value
    except json.JSONDecodeError as error:
        return _refused(f"they are not JSON: {error.msg} at line {error.lineno}, column {error.colno}")
    except RecursionError:
        return _refused("they are nested too deeply")
    except UnicodeEncodeError:
        return _refused("they hold half a Unicode character")
    except (ValueError, ArithmeticError) as error:
        return _refused(str(error))
    return value if isinstance(value, dict) else _refused(f"they are {_kind(value)} where an object is needed")


def _parsed(text: str) -> object:
    value: object = json.loads(
        text, parse_float=_number, parse_int=_integer, parse_constant=_no_constant, object_pairs_hook=_object
    )
    json.dumps(value, ensure_ascii=False).encode()
    if _depth(value) > _DEEPEST:
        raise RecursionError
    return value


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max((_depth(item) for item in inner), default=0)


def _number(text: str) -> float | str:
    number = float(text)
    return number if isfinite(number) and Decimal(text) == Decimal(repr(number)) else text


def _integer(text: str) -> int:
    if len(text) > 80:
        raise ValueError("a number in them has more than 80 digits")
    return int(text)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise ValueError(f"{twice[:64]!r} is given twice")
    return dict(pairs)


def _kind(value: object) -> str:
    return {list: "an array", str: "a text", bool: "a truth value", type(None): "null"}.get(type(value), "a number")


def _refused(reason: str) -> Refused:
    readable = reason.encode("utf-8", "replace").decode()
    return Refused(code="bad_arguments", message=f"the arguments cannot be used: {readable}", suggestions=(_HOW,))
