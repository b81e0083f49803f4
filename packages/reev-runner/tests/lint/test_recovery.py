from collections.abc import Callable
from typing import Any

import pytest

Lint = Callable[..., list[Any]]


@pytest.mark.parametrize(
    ("ending", "on_abort", "needed"),
    [
        ("aborted", "rollback", "leave"),
        ("rolled_back", "leave", "rollback"),
        ("rolled_back", "compensate", "rollback"),
        ("compensated", "leave", "compensate"),
    ],
)
def test_an_ending_needs_its_way_of_aborting(lint: Lint, ending: str, on_abort: str, needed: str):
    (finding,) = lint("unreachable-ending", top=f"on_abort: {on_abort}", truth=f"  ending: {ending}")
    assert (finding.severity, finding.at) == ("error", ending)
    assert finding.message == f"no flow ends {ending} whose on_abort is {on_abort}"
    assert finding.suggestion == f"write on_abort: {needed}"
    assert lint("unreachable-ending", top=f"on_abort: {needed}", truth=f"  ending: {ending}") == []


@pytest.mark.parametrize("on_abort", ["leave", "rollback", "compensate"])
def test_every_flow_can_be_completed(lint: Lint, on_abort: str):
    assert lint("unreachable-ending", top=f"on_abort: {on_abort}") == []


FAULTS = "faults: [{kind: garbage}, {kind: lost_reply, attempts: [3, 2]}, {kind: delay, seconds: 1, attempts: []}]"


@pytest.mark.parametrize("recovery", ["{retry_attempts: 0}", "{enable_retry: false}"])
def test_a_fault_of_attempts_that_nobody_makes_is_reported(lint: Lint, recovery: str):
    (finding,) = lint("idle-fault", top=f"recovery: {recovery}\n{FAULTS}")
    assert (finding.severity, finding.at) == (
        "warning",
        "[3, 2]}, {kind: delay, seconds: 1, attempts: []}]",
    )
    assert finding.message == "no step has an attempt 2: recovery makes none after the first"


@pytest.mark.parametrize(
    "recovery",
    [
        "recovery: {}",
        "recovery: {enable_retry: false, enable_alternative_flows: true}",
        "recovery: {retry_attempts: 0, enable_user_fulfillment: true}",
        "",
    ],
)
def test_a_fault_of_a_later_attempt_can_strike_where_there_may_be_one(lint: Lint, recovery: str):
    assert lint("idle-fault", top=f"{recovery}\n{FAULTS}") == []
