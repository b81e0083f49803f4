"""Every built-in benchmark passes its own solution and fails every agent that does it wrong."""

from __future__ import annotations

import pytest

from reev_agent.adversaries import adversaries, refuses
from reev_orchestrator import TemplateRenderer
from reev_runner.execution import AgentChoice, TrialRunner, choose_agent, embedded_sandbox
from reev_runner.files import BUILT_IN, find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_tools.chain import Keyring
from reev_types.benchmarks import TestCase
from reev_types.intents import RefuseIntent
from reev_types.results import TrialResult

CASES = [load_case(path) for path in find_benchmarks([str(BUILT_IN)])]
STRANGER = Keyring(0, "adversaries").address("STRANGER")


def reference_names(case: TestCase) -> dict[str, tuple]:
    return {step.step_id: intents for step, intents in zip(case.steps, case.reference, strict=True)}


WRONG = [
    pytest.param(case, agent.name, id=f"{case.id}-{agent.name}")
    for case in CASES
    for agent in adversaries(reference_names(case), STRANGER)
]


@pytest.fixture(scope="module")
def run():
    runner = TrialRunner(embedded_sandbox, SystemClock(), TemplateRenderer())

    async def run(case: TestCase, choice: AgentChoice) -> TrialResult:
        return fold(await runner.run(case, choice, 0))

    return run


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_the_reference_solution_passes_with_full_score(run, case):
    result = await run(case, choose_agent("deterministic"))
    assert result.judgement is not None
    assert (result.status, result.judgement.score, result.judgement.reasons) == ("passed", 1.0, ())
    assert result.judgement.instruction_score in (None, 1.0)


@pytest.mark.parametrize(("case", "name"), WRONG)
async def test_an_agent_that_does_it_wrong_fails(run, case, name):
    def wrong(setting):
        return next(agent for agent in adversaries(setting.reference, STRANGER) if agent.name == name)

    result = await run(case, AgentChoice(name, "", wrong))
    assert result.status == "failed"
    assert result.judgement is not None
    assert result.judgement.reasons


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_an_agent_that_refuses_passes_only_where_refusing_is_right(run, case):
    refusing_is_right = all(isinstance(intent, RefuseIntent) for intents in case.reference for intent in intents)
    result = await run(case, AgentChoice("refuses", "", lambda setting: refuses()))
    assert (result.status == "passed") is refusing_is_right


def test_refusing_is_right_in_003_alone():
    right = [case.id for case in CASES if any(isinstance(i, RefuseIntent) for step in case.reference for i in step)]
    assert right == ["003-spl-transfer-fail"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
async def test_doing_nothing_earns_nothing(run, case):
    result = await run(case, choose_agent("does_nothing"))
    assert result.judgement is not None
    assert (result.status, result.judgement.score) == ("failed", 0.0)
