import asyncio

import pytest

from reev_agent import ScriptedAgent, ScriptedStep
from reev_runner.execution._step import ending, summary
from reev_runner.journal import fold
from reev_types.agents import Completed, GaveUp, LimitReached, RefusedByAgent
from reev_types.tools import BalanceChange, Executed, Failed, Observed, Refused, ToolCall

FAILED = Failed(code="rent", message="", signature="s", fee_lamports=5_000)
REFUSED = Refused(code="insufficient_funds", message="")
EXECUTED = Executed(signature="s", fee_lamports=5_000, balance_changes=())
NO = RefusedByAgent(code="insufficient_funds")


@pytest.mark.parametrize(
    ("outcome", "refusal_due", "results", "status", "reason"),
    [
        (Completed(), None, [(True, EXECUTED)], "succeeded", ""),
        (Completed(), None, [], "succeeded", ""),
        (Completed(), None, [(True, FAILED)], "failed", "rent"),
        (Completed(), None, [(True, REFUSED)], "failed", "insufficient_funds"),
        (Completed(), None, [(True, FAILED), (True, EXECUTED)], "succeeded", ""),
        (Completed(), None, [(True, EXECUTED), (False, REFUSED)], "succeeded", ""),
        (Completed(), None, [(True, EXECUTED), (False, Observed(data={}))], "succeeded", ""),
        (NO, "insufficient_funds", [(True, REFUSED)], "succeeded", ""),
        (NO, "unsupported", [], "failed", "refused"),
        (Completed(), "unsupported", [], "failed", "refusal_missing"),
        (NO, None, [], "failed", "refused"),
        (GaveUp(code="tired", reason=""), None, [], "failed", "tired"),
        (LimitReached(which="timeout"), None, [], "failed", "limit_timeout"),
    ],
)
def test_a_step_ends_well_when_its_last_word_agrees_with_its_last_deed(outcome, refusal_due, results, status, reason):
    assert ending(outcome, refusal_due, results) == (status, reason)


def change(owner, mint, raw):
    return BalanceChange(
        owner=owner, mint=mint, symbol="T", before_raw=0, after_raw=max(raw, 0), change_raw=raw, change=f"{raw:+}"
    )


ME, OTHER = "11111111111111111111111111111112", "11111111111111111111111111111113"


def test_later_steps_are_told_what_the_wallet_gained_and_lost():
    told = summary("step_1", "succeeded", "", [change(ME, ME, 5), change(ME, ME, 2), change(ME, OTHER, -3)])
    assert told.produced_raw == {ME: 7}
    assert told.summary == "+5 T, +2 T, -3 T"


@pytest.mark.parametrize(("reason", "words"), [("rent", "rent"), ("", "no balance changed")])
def test_a_step_without_changes_is_told_by_its_reason(reason, words):
    assert summary("step_1", "failed", reason, []).summary == words


class Slow:
    name = "slow"

    async def run_step(self, request, tools):
        await asyncio.sleep(3_600)


async def test_a_step_that_takes_too_long_is_ended_on_the_given_clock(run_trial, two_payments, still_clock):
    result = fold(await run_trial(two_payments, Slow()))
    assert result.flow.step_results[0].outcome == LimitReached(which="timeout")
    assert still_clock.slept == [30.0, _GRACE_S]


_GRACE_S = 1.0
"""What a cancelled agent gets to end in."""


class Broken:
    name = "broken"

    async def run_step(self, request, tools):
        raise RuntimeError("a bug in the agent")


async def test_an_exception_in_an_agent_is_its_failure_and_says_where(run_trial, two_payments):
    result = fold(await run_trial(two_payments, Broken()))
    outcome = result.flow.step_results[0].outcome
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "agent_error"
    assert outcome.reason.startswith("RuntimeError: a bug in the agent (test_step.py:")


class Speechless:
    name = "speechless"

    async def run_step(self, request, tools):
        return None


async def test_an_agent_that_returns_no_outcome_has_failed(run_trial, two_payments):
    outcome = fold(await run_trial(two_payments, Speechless())).flow.step_results[0].outcome
    assert isinstance(outcome, GaveUp)
    assert "returned NoneType" in outcome.reason


PAY = ("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"})
REFUSE = ("refuse", {"code": "unsafe_request", "reason": "no"})


async def test_the_first_conclusion_ends_the_step_whatever_the_agent_does_after_it(run_trial, two_payments):
    agent = ScriptedAgent({}, otherwise=ScriptedStep([REFUSE, PAY]))
    result = fold(await run_trial(two_payments, agent))
    assert result.flow.metrics.transactions == 0
    assert result.flow.step_results[0].outcome == RefusedByAgent(code="unsafe_request", reason="no")


async def test_who_pays_and_then_refuses_has_refused(run_trial, two_payments):
    agent = ScriptedAgent({}, otherwise=ScriptedStep([PAY, REFUSE]))
    result = fold(await run_trial(two_payments, agent))
    assert result.judgement is not None
    assert "refused_needlessly" in result.judgement.reasons


async def test_an_answer_given_by_the_tool_is_the_answer(run_trial, two_payments):
    agent = ScriptedAgent({}, otherwise=ScriptedStep([PAY, ("answer", {"text": "paid"})], GaveUp(code="x", reason="")))
    result = fold(await run_trial(two_payments, agent))
    assert result.flow.step_results[0].outcome == Completed(answer="paid")


class Blocking:
    """Does not give the event loop a turn while the clock goes on."""

    name = "blocking"

    def __init__(self, clock):
        self.clock = clock

    async def run_step(self, request, tools):
        self.clock.seconds += 31
        return Completed(answer="at last")


async def test_an_agent_that_blocks_the_loop_still_runs_out_of_time(run_trial, two_payments, still_clock):
    result = fold(await run_trial(two_payments, Blocking(still_clock)))
    assert result.flow.step_results[0].outcome == LimitReached(which="timeout")


class Stubborn:
    """Swallows its cancellation and goes on paying."""

    name = "stubborn"

    def __init__(self):
        self.late = []

    async def run_step(self, request, tools):
        try:
            await asyncio.sleep(3_600)
        except asyncio.CancelledError:
            call = ToolCall(
                call_id="late", tool="sol_transfer", arguments={"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"}
            )
            self.late.append(await tools.call(call))


async def test_a_cancelled_agent_moves_nothing_any_more(run_trial, two_payments):
    agent = Stubborn()
    result = fold(await run_trial(two_payments, agent))
    assert result.flow.metrics.transactions == 0
    assert [late.code for late in agent.late] == ["step_over"]


class Greedy:
    name = "greedy"

    async def run_step(self, request, tools):
        for number in range(100):
            await tools.call(ToolCall(call_id=str(number), tool="get_account_balance", arguments={}))
        return Completed()


async def test_the_limit_of_calls_binds_every_agent(run_trial, two_payments):
    result = fold(await run_trial(two_payments, Greedy()))
    assert result.flow.step_results[0].outcome == LimitReached(which="tool_calls")
    assert result.flow.metrics.total_tool_calls == 20


async def test_what_an_agent_says_can_always_be_written_down(run_trial, two_payments):
    agent = ScriptedAgent({}, otherwise=ScriptedStep(outcome=Completed(answer="\ud800 done")))
    events = await run_trial(two_payments, agent)
    assert all(event.model_dump_json() for event in events)


async def test_what_an_agent_did_before_its_time_was_up_stays_done(run_trial, two_payments):
    class PaysAndSleeps(ScriptedAgent):
        async def run_step(self, request, tools):
            await super().run_step(request, tools)
            await asyncio.sleep(3_600)

    pay = ScriptedStep([("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"})])
    result = fold(await run_trial(two_payments, PaysAndSleeps({"step_1": pay})))
    assert result.flow.metrics.transactions == 1
