import pytest

from reev_agent import ScriptedAgent, ScriptedStep
from reev_runner.journal import fold
from reev_types.agents import Completed, GaveUp
from reev_types.assertions import SolBalance
from reev_types.atomicity import AtomicMode
from reev_types.events import StepStarted

PAY = ("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"})
TOO_MUCH = ("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "5"})


def changed(case, index, **fields):
    """Return ``case`` with other fields in one of its steps."""
    steps = list(case.steps)
    steps[index] = steps[index].model_copy(update=fields)
    return case.model_copy(update={"steps": tuple(steps)})


def statuses(events):
    return [(step.status, step.reason) for step in fold(events).flow.step_results]


def agent_with(first, outcome=None):
    return ScriptedAgent({"step_1": ScriptedStep([first], outcome or Completed()), "step_2": ScriptedStep([PAY])})


async def test_steps_run_in_order_and_see_each_others_results(run_trial, two_payments):
    events = await run_trial(two_payments)
    assert fold(events).status == "passed"
    prompts = [event.prompt for event in events if isinstance(event, StepStarted)]
    assert "This is step 2 of 2." in prompts[1]
    assert "- step_1 succeeded: -0.100005 SOL" in prompts[1]


async def test_the_second_step_sees_the_balance_that_the_first_left(run_trial, two_payments):
    prompts = [event.prompt for event in await run_trial(two_payments) if isinstance(event, StepStarted)]
    assert ["SOL: 1 (" in prompts[0], "SOL: 0.899995 (" in prompts[1]] == [True, True]


async def test_a_failed_critical_step_aborts_the_flow(run_trial, two_payments):
    case = changed(two_payments, 1, depends_on=())
    events = await run_trial(case, agent_with(PAY, GaveUp(code="tired", reason="")))
    assert statuses(events) == [("failed", "tired"), ("skipped", "flow_aborted")]


async def test_a_step_is_skipped_when_what_it_depends_on_failed(run_trial, two_payments):
    case = changed(two_payments, 0, critical=False)
    events = await run_trial(case, agent_with(TOO_MUCH))
    assert statuses(events) == [("failed", "insufficient_funds"), ("skipped", "dependency_failed")]


async def test_a_failed_step_that_nothing_hangs_on_lets_the_flow_go_on(run_trial, two_payments):
    case = changed(changed(two_payments, 0, critical=False), 1, depends_on=())
    assert statuses(await run_trial(case, agent_with(TOO_MUCH)))[1] == ("succeeded", "")


async def test_a_skipped_critical_step_fails_the_run(run_trial, two_payments):
    case = changed(two_payments, 0, critical=False)
    result = fold(await run_trial(case, agent_with(TOO_MUCH)))
    assert result.judgement is not None
    assert "critical_step_failed" in result.judgement.reasons


def looking_back(case, *numbers):
    """Return ``case`` with assertions about the recipient's SOL after steps, the n-th 100000000 lamports richer."""
    assertions = tuple(
        SolBalance(pubkey="RECIPIENT_WALLET_PUBKEY", after_step=f"step_{number}", expected=10**9 + number * 10**8)
        for number in numbers
    )
    return case.model_copy(update={"ground_truth": case.ground_truth.model_copy(update={"assertions": assertions})})


def verdicts(events):
    judgement = fold(events).judgement
    assert judgement is not None
    return [(verdict.actual, verdict.met) for verdict in judgement.assertions]


async def test_the_state_after_a_step_is_that_before_the_next(run_trial, two_payments):
    assert verdicts(await run_trial(looking_back(two_payments, 1, 2))) == [("1.1 SOL", True), ("1.3 SOL", False)]


async def test_a_step_that_failed_is_looked_at_all_the_same(run_trial, two_payments):
    agent = agent_with(PAY, GaveUp(code="tired", reason=""))
    assert verdicts(await run_trial(looking_back(two_payments, 1), agent)) == [("1.1 SOL", True)]


async def test_steps_of_an_aborted_flow_meet_nothing(run_trial, two_payments):
    agent = agent_with(PAY, GaveUp(code="tired", reason=""))
    found = verdicts(await run_trial(looking_back(two_payments, 1, 2), agent))
    assert found == [("1.1 SOL", True), ("step_2 did not run", False)]


async def test_a_step_that_is_skipped_meets_nothing(run_trial, two_payments):
    case = changed(looking_back(two_payments, 2), 0, critical=False)
    assert verdicts(await run_trial(case, agent_with(TOO_MUCH))) == [("step_2 did not run", False)]


@pytest.mark.parametrize(
    ("mode", "critical", "second"),
    [
        ("strict", False, ("skipped", "flow_aborted")),
        ("conditional", False, ("succeeded", "")),
        ("conditional", True, ("skipped", "flow_aborted")),
        ("lenient", True, ("succeeded", "")),
    ],
)
async def test_the_mode_says_what_a_failed_step_ends(run_trial, two_payments, mode, critical, second):
    case = changed(changed(two_payments, 0, critical=critical), 1, depends_on=())
    case = case.model_copy(update={"atomic_mode": AtomicMode(mode)})
    events = await run_trial(case, agent_with(TOO_MUCH))
    assert statuses(events)[1] == second


async def test_the_agent_is_told_the_mode(run_trial, two_payments):
    seen = []

    class Curious:
        name = "curious"

        async def run_step(self, request, tools):
            seen.append(request.context.flow_state.atomic_mode)
            return Completed()

    await run_trial(two_payments.model_copy(update={"atomic_mode": AtomicMode.STRICT}), Curious())
    assert seen[0] is AtomicMode.STRICT


@pytest.mark.parametrize("required", [(), ("spl_transfer",)])
async def test_the_tools_that_a_step_requires_are_on_offer(run_trial, two_payments, required):
    events = await run_trial(changed(two_payments, 0, required_tools=required))
    offers = [event.tools for event in events if isinstance(event, StepStarted)]
    assert ["spl_transfer" in offer for offer in offers] == [bool(required), False]
