"""The attempts of a step ask the agent for real, and none of them does again what another has done."""

import pytest

from reev_agent import ScriptedAgent, ScriptedStep
from reev_runner.execution import _attempts
from reev_runner.journal import fold
from reev_tools.jupiter import JupiterServiceError
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_types.agents import Completed, GaveUp
from reev_types.errors import ChainError, StorageError
from reev_types.events import StepStarted, ToolReturned, TransactionReturned
from reev_types.faults import DropBeforeSend, LostReply
from reev_types.recovery import RecoveryConfig
from reev_types.recovery_events import AttemptFailed
from reev_types.tools import ToolCall

PAY = ("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"})


class Notes(ScriptedAgent):
    """Does as it is told, and keeps what it was asked."""

    def __init__(self, steps):
        super().__init__(steps)
        self.requests = []

    async def run_step(self, request, tools):
        self.requests.append(request)
        return await super().run_step(request, tools)


def paid(events, step_id="step_1"):
    returned = [event for event in events if isinstance(event, TransactionReturned) and event.step_id == step_id]
    return sum(event.outcome.succeeded for event in returned)


@pytest.mark.parametrize("fault", [LostReply, DropBeforeSend])
async def test_two_equal_payments_of_a_step_are_both_made_whatever_is_lost(flows, recoverable, fault):
    agent = ScriptedAgent({"step_1": ScriptedStep([PAY, PAY]), "step_2": ScriptedStep([])})
    events = await flows.run(recoverable(faults=(fault(step="step_1", attempts=(1, 2)),)), agent)
    assert fold(events).flow.step_results[0].success
    assert paid(events) == 2


async def test_an_agent_is_told_what_happened_and_what_has_landed(flows, recoverable):
    agent = Notes({"step_1": ScriptedStep([PAY]), "step_2": ScriptedStep([])})
    await flows.run(recoverable(faults=(LostReply(step="step_1"),)), agent)
    first, second, _ = agent.requests
    assert (first.attempt, first.failure) == (1, None)
    assert (second.attempt, second.failure.code, second.failure.attempt) == (2, "rpc_unreachable", 1)
    (landed,) = second.failure.landed
    assert (landed.tool, landed.arguments, landed.summary) == (*PAY, "-0.100005 SOL")
    assert second.context.wallet_context.sol_balance == 899_995_000


async def test_what_landed_before_an_interruption_is_told_after_it(flows, recoverable):
    steps = {"step_1": ScriptedStep([PAY]), "step_2": ScriptedStep([])}
    case = recoverable()
    events = await flows.until(case, lambda event: isinstance(event, ToolReturned), ScriptedAgent(steps))
    agent = Notes(steps)
    assert paid(await flows.resume(events, agent)) == 1
    request = agent.requests[0]
    assert (request.attempt, request.failure.code) == (2, "interrupted")
    assert [landed.tool for landed in request.failure.landed] == ["sol_transfer"]


class Careless:
    """Takes a broken connection for nothing, and pays again."""

    name = "careless"

    async def run_step(self, request, tools):
        for number in range(2):
            try:
                await tools.call(ToolCall(call_id=str(number), tool=PAY[0], arguments=PAY[1]))
            except ChainError:
                continue
        return Completed()


async def test_an_agent_that_does_not_mind_a_broken_connection_pays_once_an_attempt(flows, recoverable):
    case = recoverable(faults=(LostReply(step="step_1", attempts=()),), recovery=RecoveryConfig(enable_retry=False))
    events = await flows.run(case, Careless())
    attempts = [event for event in events if isinstance(event, StepStarted) and event.step_id == "step_1"]
    assert paid(events) == len(attempts) == 2


async def test_without_recovery_a_chain_that_breaks_down_ends_the_run(flows, recoverable):
    case = recoverable(faults=(LostReply(step="step_1"),), recovery=None)
    assert fold(await flows.run(case, Careless())).status == "error"


async def test_a_context_that_cannot_be_had_is_a_failed_attempt(flows, recoverable, monkeypatch):
    real, asked = _attempts.prompt_context, []

    async def once_broken(*arguments):
        asked.append(arguments)
        if len(asked) == 1:
            raise JupiterServiceError("unreachable", "no answer")
        return await real(*arguments)

    monkeypatch.setattr(_attempts, "prompt_context", once_broken)
    events = await flows.run(recoverable(reference=None), ScriptedAgent({}, otherwise=ScriptedStep([])))
    (failed,) = [event for event in events if isinstance(event, AttemptFailed)]
    assert (failed.failure.code, failed.failure.attempt, failed.outcome) == ("unreachable", 1, None)
    assert fold(events).flow.step_results[0].success


async def test_an_attempt_that_failed_before_it_began_counts_after_an_interruption(flows, recoverable, monkeypatch):
    async def broken(*arguments):
        raise JupiterServiceError("unreachable", "no answer")

    case = recoverable(reference=None)
    agent = ScriptedAgent({}, otherwise=ScriptedStep([]))
    with monkeypatch.context() as without:
        without.setattr(_attempts, "prompt_context", broken)
        events = await flows.until(case, lambda event: isinstance(event, AttemptFailed), agent)
    resumed = await flows.resume(events, agent)
    assert [event.attempt for event in resumed if event.type == "step_started" and event.step_id == "step_1"] == [2]


@pytest.mark.parametrize("place", [1, 2])
async def test_a_journal_that_cannot_be_written_is_no_failure_to_recover_from(flows, recoverable, full_disk, place):
    sink = full_disk(TransactionReturned, place)
    with pytest.raises(StorageError, match="the disk is full"):
        await flows.run(recoverable(faults=(LostReply(step="step_1"),)), sink=sink)
    assert isinstance(sink.seen[-1], TransactionReturned)


async def test_what_a_tool_said_last_is_the_message_of_the_failure(flows, recoverable):
    dear = ("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "500"})
    agent = ScriptedAgent({}, otherwise=ScriptedStep([dear], GaveUp(code="tired", reason="of this")))
    events = await flows.run(recoverable(recovery=RecoveryConfig(enable_retry=False)), agent)
    failed = next(event for event in events if isinstance(event, AttemptFailed))
    assert failed.failure.code == "tired"
    assert "500" in failed.failure.message


async def test_a_market_that_names_a_time_is_come_back_to_then(flows, recoverable, monkeypatch):
    calls = []
    real = SandboxJupiter.quote

    async def limited(client, request):
        calls.append(request)
        if len(calls) == 1:
            raise JupiterServiceError("rate_limited", "later", context={"retry_after_ms": 7_000})
        return await real(client, request)

    monkeypatch.setattr(SandboxJupiter, "quote", limited)
    swap = ("jupiter_swap", {"input_mint": "SOL", "output_mint": "USDC", "amount": "0.1"})
    agent = ScriptedAgent({"step_1": ScriptedStep([swap]), "step_2": ScriptedStep([])})
    events = await flows.run(recoverable(reference=None), agent)
    failed = next(event for event in events if isinstance(event, AttemptFailed))
    assert failed.failure.retry_after_ms == 7_000
    assert next(event.wait_ms for event in events if event.type == "recovery_decided") == 7_000
