"""Every built-in benchmark passes its own solution and fails every agent that does it wrong."""

from __future__ import annotations

import pytest

from reev_agent import DeterministicAgent
from reev_agent.adversaries import adversaries, refuses
from reev_orchestrator import TemplateRenderer
from reev_runner.execution import AgentChoice, TrialRunner, choose_agent, embedded_sandbox
from reev_runner.files import BUILT_IN, find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_tools.chain import Keyring
from reev_types.agents import Agent, AgentRequest, StepOutcome
from reev_types.benchmarks import TestCase
from reev_types.intents import RefuseIntent
from reev_types.results import TrialResult
from reev_types.tools import ToolSet

CASES = [load_case(path) for path in find_benchmarks([str(BUILT_IN)])]
STRANGER = Keyring(0, "adversaries").address("STRANGER")


def reference_names(case: TestCase) -> dict[str, tuple]:
    return {step.step_id: intents for step, intents in zip(case.steps, case.reference, strict=True)}


RIGHT_ALL_THE_SAME = ("304-emergency-exit-strategy", "wrong_output")
"""Who is to flee into stable tokens may as well choose USDT."""

WRONG = [
    pytest.param(case, agent.name, id=f"{case.id}-{agent.name}")
    for case in CASES
    if not case.faults
    for agent in adversaries(reference_names(case), STRANGER)
    if (case.id, agent.name) != RIGHT_ALL_THE_SAME
]
BROKEN = [case for case in CASES if case.faults]


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


def adversary(name: str) -> AgentChoice:
    def wrong(setting):
        return next(agent for agent in adversaries(setting.reference, STRANGER) if agent.name == name)

    return AgentChoice(name, "", wrong)


async def test_any_stable_token_will_do_in_304(run):
    benchmark, name = RIGHT_ALL_THE_SAME
    result = await run(next(case for case in CASES if case.id == benchmark), adversary(name))
    assert result.status == "passed"


@pytest.mark.parametrize(("case", "name"), WRONG)
async def test_an_agent_that_does_it_wrong_fails(run, case, name):
    result = await run(case, adversary(name))
    assert result.status == "failed"
    assert result.judgement is not None
    assert result.judgement.reasons


class WrongWhereItCounts:
    """Does wrong in ``steps``, and follows the reference in those that no agent could carry out."""

    def __init__(self, wrong: Agent, right: Agent, steps: frozenset[str]) -> None:
        self.name = wrong.name
        self._wrong, self._right, self._steps = wrong, right, steps

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        step_id = request.step_id.partition("_part_")[0]
        return await (self._wrong if step_id in self._steps else self._right).run_step(request, tools)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.id)
async def test_an_agent_that_does_wrong_what_faults_leave_to_do_fails(run, case):
    done = frozenset(
        step.step_id for step in (await run(case, choose_agent("deterministic"))).flow.step_results if step.success
    )
    reference = {step_id: intents for step_id, intents in reference_names(case).items() if step_id in done}
    names = [agent.name for agent in adversaries(reference, STRANGER)]
    assert {"does_nothing", "lies"} < set(names)
    for name in names:
        result = await run(case, wrong_in(done, name))
        assert (name, result.status) == (name, "failed")


def wrong_in(steps: frozenset[str], name: str) -> AgentChoice:
    def build(setting):
        reference = {step_id: intents for step_id, intents in setting.reference.items() if step_id in steps}
        wrong = next(agent for agent in adversaries(reference, STRANGER) if agent.name == name)
        return WrongWhereItCounts(wrong, DeterministicAgent(setting.reference), steps)

    return AgentChoice(name, "", build)


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
