"""Rules about the names of tools."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from reev_runner.files import LoadedBenchmark
from reev_tools.wallet import STANDARD_TOOLS, TOOL_ALIASES

from ._finding import TRUTH, FileRule, Location, Remark

__all__ = ["KNOWN_TOOLS", "RULES"]

KNOWN_TOOLS = tuple(sorted(tool.name for tool in STANDARD_TOOLS))
"""The tools of reev, under the original's names."""


def _unknown(loaded: LoadedBenchmark) -> Iterator[Remark]:
    for name, location in _names(loaded):
        if name in KNOWN_TOOLS:
            continue
        close = [TOOL_ALIASES[name]] if name in TOOL_ALIASES else get_close_matches(name, KNOWN_TOOLS, n=1)
        hint = f"use {close[0]}" if close else f"known are {', '.join(KNOWN_TOOLS)}"
        yield Remark(location, f"neither reev nor the original has a tool {name:.60}", hint)


def _names(loaded: LoadedBenchmark) -> Iterator[tuple[str, Location]]:
    truth = loaded.file.ground_truth
    for section in ("expected_tool_calls", "tool_validation"):
        for index, item in enumerate(getattr(truth, section)):
            yield item.tool_name, (TRUTH, section, index, "tool_name")
    for index, criterion in enumerate(truth.expected_otel_tracking):
        for position, name in enumerate(criterion.required_tools):
            yield name, (TRUTH, "expected_otel_tracking", index, "required_tools", position)


RULES = (FileRule("unknown-tool", "warning", "a tool that neither reev nor the original has", _unknown),)
