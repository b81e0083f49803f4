"""The benchmarks of recovery: each rests on what it is about, and together they cover every failure and every fault."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from reev_agent import DeterministicAgent
from reev_orchestrator import TemplateRenderer
from reev_runner.execution import AgentChoice, TrialRunner, choose_agent, embedded_sandbox
from reev_runner.files import BUILT_IN, find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_types.agents import AgentRequest, GaveUp, StepOutcome
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.benchmarks import TestCase
from reev_types.events import Event
from reev_types.faults import Fault
from reev_types.recovery import FailureClass
from reev_types.recovery_events import AttemptFailed, FaultInjected
from reev_types.tools import ToolSet

CASES = {case.id: case for path in find_benchmarks([str(BUILT_IN)]) if "recovery" in (case := load_case(path)).tags}
KINDS = {kind.model_fields["kind"].default for kind in get_args(get_args(Fault)[0])}
OF_AGENTS = {FailureClass.AGENT_GAVE_UP, FailureClass.UNKNOWN}
"""Failures that no fault of a chain or of Jupiter leads to, and the deterministic agent never has."""


@pytest.fixture(scope="module")
def run():
    runner = TrialRunner(embedded_sandbox, SystemClock(), TemplateRenderer())

    async def run(case: TestCase, choice: AgentChoice | None = None) -> tuple[Event, ...]:
        return await runner.run(case, choice or choose_agent("deterministic"), 0)

    return run


NO_ALTERNATIVES = {"enable_alternative_flows": False}
ONLY_RETRIES = {**NO_ALTERNATIVES, "enable_retry": True, "retry_attempts": 3}

OTHERWISE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("404-jupiter-not-there", NO_ALTERNATIVES),
    ("405-server-errors", {"retry_attempts": 1}),
    ("407-two-faults-in-a-row", {"retry_attempts": 0}),
    ("408-two-recipients", {"retry_attempts": 1}),
    ("411-price-keeps-moving", NO_ALTERNATIVES),
    ("411-price-keeps-moving", {"max_slippage_bps": 60}),
    ("412-slippage-cap", {"max_slippage_bps": 100}),
    ("413-split-in-two", ONLY_RETRIES),
    ("414-as-much-as-there-is", ONLY_RETRIES),
    ("415-vault-pays-later", {"base_retry_delay_ms": 1_000}),
    ("416-redeem-instead", ONLY_RETRIES),
    ("419-pay-what-there-is", NO_ALTERNATIVES),
    ("425-skipped-by-default", {"default_answer": "abort"}),
    ("425-skipped-by-default", {"enable_user_fulfillment": False}),
    ("426-tried-again-by-default", {"default_answer": "skip"}),
    ("426-tried-again-by-default", {"enable_user_fulfillment": False}),
    ("427-deadline", {"max_step_recovery_time_ms": 30_000}),
    ("428-another-venue", ONLY_RETRIES),
)
"""Other recoveries, with which a benchmark that is about the difference is not passed."""

MODES = {
    "420-strict": AtomicMode.STRICT,
    "421-conditional": AtomicMode.CONDITIONAL,
    "422-lenient": AtomicMode.LENIENT,
}
WAYS_OUT = {"423-roll-back": OnAbort.ROLLBACK, "424-compensate": OnAbort.COMPENSATE}


def classes_of(events: tuple[Event, ...]) -> set[FailureClass]:
    return {event.failure.failure_class for event in events if isinstance(event, AttemptFailed)}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_without_recovery_nobody_passes(run, case):
    assert fold(await run(case)).status == "passed"
    assert fold(await run(case.model_copy(update={"recovery": None}))).status != "passed"


@pytest.mark.parametrize(
    ("benchmark", "changes"), OTHERWISE, ids=lambda value: value if isinstance(value, str) else "-".join(value)
)
async def test_another_recovery_does_not_do(run, benchmark, changes):
    case = CASES[benchmark]
    assert case.recovery is not None
    other = case.model_copy(update={"recovery": case.recovery.model_copy(update=changes)})
    assert fold(await run(other)).status == "failed"


@pytest.mark.parametrize("benchmark", MODES)
@pytest.mark.parametrize("mode", AtomicMode)
async def test_one_flow_ends_differently_in_each_mode(run, benchmark, mode):
    result = fold(await run(CASES[benchmark].model_copy(update={"atomic_mode": mode})))
    assert (result.status == "passed") is (mode is MODES[benchmark])


def test_the_flows_of_the_three_modes_are_the_same():
    flows = [CASES[benchmark].model_dump(include={"prompt", "steps", "accounts", "reference"}) for benchmark in MODES]
    assert flows[0] == flows[1] == flows[2]


@pytest.mark.parametrize("benchmark", WAYS_OUT)
@pytest.mark.parametrize("on_abort", OnAbort)
async def test_an_aborted_flow_is_undone_in_the_way_that_is_asked_for(run, benchmark, on_abort):
    result = fold(await run(CASES[benchmark].model_copy(update={"on_abort": on_abort})))
    assert (result.status == "passed") is (on_abort is WAYS_OUT[benchmark])


async def test_a_rate_limit_that_does_not_say_when_to_come_back_is_met_too_early(run):
    case = CASES["429-too-many-requests"]
    silent = tuple(fault.model_copy(update={"retry_after_s": None}) for fault in case.faults)
    assert fold(await run(case.model_copy(update={"faults": silent}))).status == "failed"


@pytest.mark.parametrize("benchmark", ["417-short-of-funds", "418-below-rent"])
async def test_trying_again_what_fails_for_good_costs_the_time_of_what_works(run, monkeypatch, benchmark):
    monkeypatch.setattr("reev_orchestrator.recovery._retry.is_permanent", lambda failure: False)
    assert fold(await run(CASES[benchmark])).status == "failed"


@pytest.mark.parametrize("benchmark", ["400-lost-reply", "407-two-faults-in-a-row", "408-two-recipients"])
async def test_without_the_memory_of_what_has_landed_a_payment_is_made_twice(run, monkeypatch, benchmark):
    monkeypatch.setattr("reev_runner.execution._memory.StepMemory.claim", lambda *asked: None)
    result = fold(await run(CASES[benchmark]))
    assert result.status == "failed"
    assert result.judgement is not None
    assert "unrequested_outflow" in result.judgement.reasons


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_recovered_run_is_the_same_run_every_time(run, case):
    hashes = {fold(await run(case)).run_hash for _ in range(2)}
    assert len(hashes) == 1


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_the_tags_say_which_failures_occur(run, case):
    said = {each for each in FailureClass if each.replace("_", "-") in case.tags}
    assert classes_of(await run(case)) == said


def test_every_class_of_failure_has_a_benchmark():
    covered = {each for case in CASES.values() for each in FailureClass if each.replace("_", "-") in case.tags}
    assert covered == set(FailureClass) - OF_AGENTS


async def test_every_kind_of_fault_strikes_in_some_benchmark(run):
    events = [event for case in CASES.values() for event in await run(case)]
    assert {event.kind for event in events if isinstance(event, FaultInjected)} == KINDS


class GivesUpOnce:
    """Gives up every step at its first attempt, and is the deterministic agent from the second on."""

    name = "gives_up_once"

    def __init__(self, code: str, reference: Any) -> None:
        self._code = code
        self._agent = DeterministicAgent(reference)

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        if request.attempt == 1:
            return GaveUp(code=self._code, reason="not today")
        return await self._agent.run_step(request, tools)


@pytest.mark.parametrize(
    ("code", "failure_class"), [("tool_failed", FailureClass.AGENT_GAVE_UP), ("never_heard_of", FailureClass.UNKNOWN)]
)
async def test_an_agent_that_gives_up_is_asked_again(run, code, failure_class):
    case = CASES["402-stale-blockhash"].model_copy(update={"faults": ()})
    choice = AgentChoice("gives_up_once", "", lambda setting: GivesUpOnce(code, setting.reference))
    events = await run(case, choice)
    assert fold(events).status == "passed"
    assert classes_of(events) == {failure_class}


def test_there_are_at_least_twenty():
    assert len(CASES) >= 20
    assert all(benchmark.startswith("4") for benchmark in CASES)
