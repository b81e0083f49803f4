from collections.abc import Callable
from typing import Any

import pytest

from reev_runner.lint import KNOWN_TOOLS
from reev_tools.wallet import STANDARD_TOOLS, TOOL_ALIASES

Lint = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("account_balance", "use get_account_balance"),
        ("jupiter_positions", "use jupiter_earn"),
        ("jupiter_lend_rates", "use get_lend_earn_tokens"),
        ("jupiter_swop", "use jupiter_swap"),
        ("teleport", "known are answer, get_account_balance"),
    ],
)
def test_an_unknown_tool_is_reported_with_what_may_be_meant(lint: Lint, name: str, suggestion: str):
    (finding,) = lint("unknown-tool", truth=f"  expected_tool_calls: [{{tool_name: {name}}}]")
    assert finding.message == f"neither reev nor the original has a tool {name}"
    assert finding.suggestion.startswith(suggestion)
    assert finding.at.startswith(name)


@pytest.mark.parametrize("name", [tool.name for tool in STANDARD_TOOLS])
def test_tools_of_reev_and_of_the_original_are_known(lint: Lint, name: str):
    assert lint("unknown-tool", truth=f"  expected_tool_calls: [{{tool_name: {name}}}]") == []


def test_tools_are_looked_for_in_all_sections_that_name_them(lint: Lint):
    truth = (
        "  tool_validation: [{tool_name: sol_tool}]\n"
        "  expected_otel_tracking: [{type: a, required_tools: [jupiter_swap, jupiter_pools]}]"
    )
    assert [finding.at.rstrip("}]") for finding in lint("unknown-tool", truth=truth)] == ["sol_tool", "jupiter_pools"]


def test_aliases_lead_to_known_tools_and_are_none_themselves():
    assert set(TOOL_ALIASES.values()) <= set(KNOWN_TOOLS)
    assert not set(TOOL_ALIASES) & set(KNOWN_TOOLS)
