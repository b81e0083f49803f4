"""Recovery decides by codes alone, so every code that an attempt can end with has a class."""

import ast
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import pytest

from reev_orchestrator.recovery import classify, is_known
from reev_tools.jupiter.http import _faults as jupiter_faults
from reev_tools.market.lend import LendError
from reev_tools.market.swap import JUPITER_ERRORS
from reev_types.agents import LimitReached
from reev_types.chain import FailureCode
from reev_types.recovery import FailureClass

ENDINGS = ("Error", "Refused", "Failed", "GaveUp", "TransactionFailure", "Lost", "ProgramError")
"""What is made with a code as its first argument, or as ``code``."""

NOT_OF_A_STEP = """
    bad_agent bad_agent_url bad_api_key bad_base_url bad_cassette bad_key bad_limit bad_model_name bad_model_url
    bad_price_table bad_program bad_script bad_setting cassette_exists cassette_unwritable mcp_missing missing_extra
    missing_key no_cassette unknown_model unknown_provider

    amount_out_of_range executable_account foreign_checkpoint reserved_account time_out_of_range time_runs_forward
    unknown_mint
"""
"""Codes of what is set up wrongly, so that no step begins, and of decrees about a sandbox's state."""


def codes_in(package: str) -> Iterator[tuple[str, str]]:
    """Find the codes that errors and results are made with, each with its file."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations is not None
    for path in sorted(Path(spec.submodule_search_locations[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func).endswith(ENDINGS):
                given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
                yield from ((str(each.value), path.name) for each in given if _is_code(each))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()


PACKAGES = ["reev_tools.wallet", "reev_tools.jupiter", "reev_tools.chain", "reev_tools.surfpool", "reev_agent"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_code_that_a_step_can_end_with_has_a_class(package):
    found = dict(codes_in(package))
    assert len(found) > 3
    others = NOT_OF_A_STEP.split()
    assert {code: file for code, file in found.items() if code not in others and not is_known(code)} == {}


def test_every_code_of_a_transaction_has_a_class():
    assert [code for code in get_args(FailureCode) if not is_known(code)] == []


def test_every_error_of_the_markets_programs_has_a_class():
    lending = [error.name.removeprefix("F_TOKEN_").lower() for error in LendError]
    swapping = [error.code for error in JUPITER_ERRORS.values()]
    assert [code for code in lending + swapping if not is_known(code)] == []


def test_every_way_in_which_jupiters_service_fails_has_a_class():
    codes = set(jupiter_faults._SAYING) | set(jupiter_faults._CODES.values())
    assert {"rate_limited", "timeout", "server_error"} <= codes
    assert [code for code in sorted(codes) if not is_known(code)] == []


def test_every_limit_of_an_agent_has_a_class():
    which = get_args(LimitReached.model_fields["which"].annotation)
    assert {classify(f"limit_{limit}") for limit in which} == {FailureClass.AGENT_GAVE_UP, FailureClass.TIMEOUT}
