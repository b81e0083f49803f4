"""The JSON schema of the benchmark format, by which editors complete and check files."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from ._model import BenchmarkFile

__all__ = ["benchmark_schema"]


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without titles that only repeat the key, and with weights as numbers."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False

    def encode_default(self, dft: Any) -> Any:  # noqa: ANN401  # the signature is pydantic's
        return int(dft) if isinstance(dft, Decimal) and dft == int(dft) else super().encode_default(dft)


def benchmark_schema() -> dict[str, Any]:
    """Return the schema of a benchmark file; it accepts unknown keys wherever the reader keeps them."""
    schema = BenchmarkFile.model_json_schema(mode="validation", schema_generator=_Generator)
    for definition in schema["$defs"].values():
        _require_tags(definition)
        _spell_bounds(definition)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _require_tags(definition: dict[str, Any]) -> None:
    """Demand what a union is told apart by; as a field with a default it would be optional."""
    properties = definition.get("properties", {})
    tags = [name for name, field in properties.items() if "const" in field]
    definition["required"] = list(dict.fromkeys([*tags, *definition.get("required", [])]))


def _spell_bounds(definition: dict[str, Any]) -> None:
    """Give bounds of decimals the names that JSON schema has for them; pydantic leaves its own."""
    for field in definition.get("properties", {}).values():
        for name, keyword in _BOUNDS.items():
            if name in field:
                field[keyword] = field.pop(name)
        field.pop("max_digits", None)


_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum"}
