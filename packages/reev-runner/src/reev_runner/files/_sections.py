"""Sections of ``ground_truth`` that reev keeps and does not evaluate.

They describe an agent's answer or its conduct rather than the chain. Their items are open: each type of criterion
brings keys of its own.
"""

from __future__ import annotations

from decimal import Decimal

from ._fields import FileModel, Flag, Numeric, Text

__all__ = ["UNGRADED_SECTIONS", "ApiCallItem", "CriterionItem", "DataItem", "ResponseItem", "ToolItem"]


class CriterionItem(FileModel):
    """Something that should have happened."""

    type: Text
    description: Text = ""
    required: Flag | int | None = None
    """Whether it must hold, or how many times."""
    required_tools: tuple[Text, ...] = ()
    weight: Numeric = Decimal(1)


class ToolItem(FileModel):
    """A tool that should have been called."""

    tool_name: Text
    description: Text = ""
    critical: Flag = False
    expected_params: tuple[Text, ...] | dict[str, object] | None = None
    weight: Numeric = Decimal(1)


class ApiCallItem(FileModel):
    """A request that should have been made."""

    service: Text
    method: Text = "GET"
    endpoint_pattern: Text = ""
    expected_params: tuple[Text, ...] = ()
    critical: Flag = False
    weight: Numeric = Decimal(1)


class ResponseItem(FileModel):
    """A field that the answer should have."""

    field: Text
    type: Text
    min_value: Numeric | None = None
    weight: Numeric = Decimal(1)


class DataItem(FileModel):
    """A part of the answer's structure, by JSONPath."""

    path: Text
    type: Text
    min_value: Numeric | None = None
    min_items: int | None = None
    required_fields: tuple[Text, ...] = ()
    expected_values: tuple[object, ...] = ()
    weight: Numeric = Decimal(1)


UNGRADED_SECTIONS = (
    "success_criteria",
    "expected_api_calls",
    "response_validation",
    "expected_data_structure",
    "tool_validation",
    "expected_tool_calls",
    "expected_flow_complexity",
    "expected_multiplication_metrics",
    "expected_yield_optimization",
    "expected_otel_tracking",
    "recovery_expectations",
)
"""Keys of ``ground_truth``, in the order in which they are reported."""
