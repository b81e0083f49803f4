"""Turns what pydantic finds into one error with a place in the file: what is expected, and what is there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from reev_types.errors import BenchmarkError, FilePlace

from ._nodes import Location, Places, dotted

__all__ = ["benchmark_error"]

_LONGEST_VALUE = 60

_EXPECTED: Mapping[str, tuple[str, str]] = {
    "missing": ("missing_key", "is required"),
    "union_tag_not_found": ("missing_key", "is required"),
    "extra_forbidden": ("unknown_key", "is no key that is known here"),
    "union_tag_invalid": ("unknown_type", "expected one of {expected_tags}"),
    "literal_error": ("wrong_value", "expected {expected}"),
    "string_type": ("wrong_type", "expected text"),
    "string_pattern_mismatch": ("wrong_value", "expected a plain name without spaces or signs"),
    "string_too_short": ("wrong_value", "expected some text"),
    "string_too_long": ("wrong_value", "expected at most {max_length} characters"),
    "bool_type": ("wrong_type", "expected true or false"),
    "int_type": ("wrong_type", "expected a whole number"),
    "tuple_type": ("wrong_type", "expected a list"),
    "dict_type": ("wrong_type", "expected a mapping"),
    "model_type": ("wrong_type", "expected a mapping"),
    "model_attributes_type": ("wrong_type", "expected a mapping"),
    "too_short": ("wrong_value", "expected at least {min_length} item, found none"),
    "too_long": ("wrong_value", "expected at most {max_length} items, found {actual_length}"),
    "greater_than": ("out_of_range", "expected a number above {gt}"),
    "greater_than_equal": ("out_of_range", "expected a number of at least {ge}"),
    "less_than_equal": ("out_of_range", "expected a number of at most {le}"),
    "decimal_max_digits": ("out_of_range", "expected at most {max_digits} digits"),
    "not_an_amount": ("not_an_amount", "expected a whole number of raw units"),
    "negative_amount": ("negative_amount", "expected an amount of 0 or more"),
    "amount_too_large": ("amount_too_large", "expected an amount of at most 2⁶⁴ − 1"),
    "not_a_number": ("wrong_type", "expected a number"),
}
"""Pydantic's error type -> our code and words; what is missing here keeps pydantic's words."""

_WITHOUT_VALUE = {"missing", "union_tag_not_found", "extra_forbidden", "too_short", "too_long"}


def benchmark_error(error: ValidationError, places: Places) -> BenchmarkError:
    """Return the first of the problems in the order of the file; the rest are counted in a suggestion."""
    details = error.errors(include_url=False)
    found = [(_location(detail, places), detail) for detail in details if not _is_echo(detail)]
    placed = [(_place(location, detail, places), location, detail) for location, detail in found]
    place, location, first = min(placed, key=lambda item: (item[0].line, item[0].column))
    code, message = _words(first)
    suggestions = _suggestions(first, location, places)
    others = len({other for other, _, _ in placed}) - 1
    if others > 0:
        suggestions += (f"{others} more of this file's values need attention",)
    return BenchmarkError(
        code,
        f"{dotted(location):.200}: {message}" if location else message,
        place=place,
        suggestions=suggestions,
    )


def _is_echo(detail: ErrorDetails) -> bool:
    """Tell whether a list is called too short only because its items were refused."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _location(detail: ErrorDetails, places: Places) -> Location:
    location = places.known(detail["loc"], is_missing=detail["type"] == "missing")
    if detail["type"].startswith("union_tag"):
        location += (detail["ctx"]["discriminator"].strip("'"),)
    return location


def _place(location: Location, detail: ErrorDetails, places: Places) -> FilePlace:
    return places.of_key(*location) if detail["type"] == "extra_forbidden" else places.at(*location)


def _words(detail: ErrorDetails) -> tuple[str, str]:
    kind = detail["type"]
    code, template = _EXPECTED.get(kind, ("wrong_value", _own_words(detail["msg"])))
    message = template.format(**detail.get("ctx", {}))
    if kind in _WITHOUT_VALUE:
        return code, message
    value = detail["ctx"]["tag"] if kind == "union_tag_invalid" else detail["input"]
    return code, f"{message}, found {_shown(value)}"


def _own_words(message: str) -> str:
    """Take pydantic's prefix off; braces would be read as a template."""
    text = message.removeprefix("Value error, ")
    return (text[:1].lower() + text[1:]).replace("{", "(").replace("}", ")")


def _shown(value: Any) -> str:  # noqa: ANN401  # whatever stands in the file
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | Decimal():
            text = str(value)
        case str():
            text = repr(value)
        case list():
            return "a list"
        case _:
            return "a mapping"
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _suggestions(detail: ErrorDetails, location: Location, places: Places) -> tuple[str, ...]:
    match detail["type"]:
        case "missing":
            close = get_close_matches(str(location[-1]), places.keys(location[:-1]), n=1)
            return tuple(f"there is a key {name!r}" for name in close)
        case "union_tag_invalid":
            known = [tag.strip(" '") for tag in detail["ctx"]["expected_tags"].split(",")]
            return tuple(f"did you mean {name}?" for name in get_close_matches(detail["ctx"]["tag"], known, n=1))
        case "string_type" if isinstance(detail["input"], int | Decimal):
            return ("put it in quotes",)
        case _:
            return ()
