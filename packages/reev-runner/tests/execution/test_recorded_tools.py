"""Recorded tools fulfil the contract of every tool set, and serve one step at a time within its limits."""

import asyncio

import pytest

from reev_runner.execution._memory import StepMemory
from reev_runner.execution._recorded_chain import RecordedChain
from reev_runner.execution._recorded_tools import RecordedTools
from reev_runner.execution._step import ending
from reev_runner.journal import Journal
from reev_tools.chain import EmbeddedChain, Keyring
from reev_tools.wallet import Wallet, WalletTools
from reev_types.agents import AgentLimits, Completed
from reev_types.errors import ChainError
from reev_types.testing import ToolSetContract
from reev_types.tools import Executed, Observed, Refused, ToolCall


class _NoClock:
    def now_iso(self):
        return ""

    def monotonic(self):
        return 0.0

    async def sleep(self, seconds):
        pass


def recorded(vm):
    keys = Keyring(0, "recorded")
    journal = Journal(_NoClock())
    chain = RecordedChain(EmbeddedChain(vm, keys), journal)
    tools = RecordedTools(WalletTools(Wallet(keys.address("A"), chain)), chain, journal)
    return tools, journal


def ask_balance(**arguments):
    return ToolCall(call_id="1", tool="get_account_balance", arguments=arguments)


@pytest.fixture(autouse=True, scope="class")
def shared_vm(request, vm):
    if request.cls is not None:
        request.cls.vm = vm


class TestRecordedTools(ToolSetContract):
    async def tools(self):
        tools, _ = recorded(self.vm)
        tools.begin("step_1", AgentLimits())
        return tools


@pytest.mark.parametrize(
    ("tool", "arguments", "read"),
    [
        ("get_account_balance", {}, {"get_account_balance"}),
        ("account_balance", {}, {"get_account_balance"}),
        ("get_account_balance", {"account": "nobody"}, set()),
        ("sol_transfer", {"recipient": "nobody", "amount": "1"}, set()),
    ],
)
async def test_what_is_read_with_success_is_kept_under_its_first_name(vm, tool, arguments, read):
    tools, _ = recorded(vm)
    tools.begin("step_1", AgentLimits())
    await tools.call(ToolCall(call_id="1", tool=tool, arguments=arguments))
    assert tools.reads == read


@pytest.mark.parametrize("begun", [True, False])
async def test_between_steps_nothing_is_carried_out_or_recorded(vm, begun):
    tools, journal = recorded(vm)
    if begun:
        tools.begin("step_1", AgentLimits())
        tools.end()
    result = await tools.call(ask_balance())
    assert isinstance(result, Refused)
    assert result.code == "step_over"
    assert journal.events == ()


async def test_a_step_has_so_many_calls_and_no_more(vm):
    tools, journal = recorded(vm)
    tools.begin("step_1", AgentLimits(max_tool_calls=2))
    results = [await tools.call(ask_balance()) for _ in range(4)]
    assert [isinstance(result, Observed) for result in results] == [True, True, False, False]
    assert tools.is_exhausted
    assert len(journal.events) == 4


async def test_the_next_step_starts_afresh(vm):
    tools, _ = recorded(vm)
    tools.begin("step_1", AgentLimits(max_tool_calls=1))
    for _ in range(2):
        await tools.call(ask_balance())
    tools.begin("step_2", AgentLimits(max_tool_calls=1))
    assert not tools.is_exhausted
    assert isinstance(await tools.call(ask_balance()), Observed)


def deep(levels):
    value: list = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    ["\ud800", object(), float("nan"), deep(5_000), "x" * 70_000],
    ids=["lone surrogate", "no JSON", "not a number", "deep nesting", "long"],
)
async def test_arguments_that_cannot_be_written_down_are_refused(vm, value):
    tools, journal = recorded(vm)
    tools.begin("step_1", AgentLimits())
    result = await tools.call(ask_balance(account=value))
    assert isinstance(result, Refused)
    assert result.code == "bad_arguments"
    assert all(event.model_dump_json() for event in journal.events)


async def test_names_that_cannot_be_written_down_are_made_readable(vm):
    tools, journal = recorded(vm)
    tools.begin("step_1", AgentLimits())
    await tools.call(ToolCall(call_id="\ud800", tool="\udfff", arguments={}))
    assert all(event.model_dump_json() for event in journal.events)


async def test_a_tool_under_another_name_is_recorded_by_it_and_still_moves_funds(vm):
    tools, journal = recorded(vm)
    tools.begin("step_1", AgentLimits())
    await tools.call(ToolCall(call_id="1", tool="sol_tool", arguments={"recipient": "nobody", "amount": "1"}))
    assert journal.events[0].tool == "sol_tool"
    assert [moves_funds for moves_funds, _ in tools.results] == [True]


async def test_tools_beyond_the_offer_are_not_told_of_and_work_all_the_same(vm):
    tools, _ = recorded(vm)
    every = [spec.name for spec in tools.every]
    assert [spec.name for spec in tools.specs()] == every
    tools.offer(["sol_transfer", "no_such_tool"])
    assert [spec.name for spec in tools.specs()] == ["sol_transfer"]
    assert [spec.name for spec in tools.every] == every
    tools.begin("step_1", AgentLimits())
    assert isinstance(await tools.call(ask_balance()), Observed)


NO = Refused(code="bad_arguments", message="no")


def paying_call(call_id="1"):
    return ToolCall(call_id=call_id, tool="sol_tool", arguments={})


async def test_a_call_that_the_agent_refuses_itself_is_recorded_and_counts(vm):
    tools, journal = recorded(vm)
    tools.begin("step_1", AgentLimits(max_tool_calls=1))
    assert tools.refuse(paying_call(), NO) == NO
    called, returned = journal.events
    assert (called.tool, called.step_id, returned.call_id, returned.result) == ("sol_tool", "step_1", "1", NO)
    assert tools.results == [(True, NO)]
    assert (await tools.call(ask_balance())).code == "limit_tool_calls"


async def test_completion_is_not_believed_after_a_payment_with_unreadable_arguments(vm):
    tools, _ = recorded(vm)
    tools.begin("step_1", AgentLimits())
    tools.refuse(paying_call(), NO)
    assert ending(Completed(answer="paid"), None, tools.results) == ("failed", "bad_arguments")


def test_between_steps_a_refusal_is_not_recorded(vm):
    tools, journal = recorded(vm)
    assert tools.refuse(paying_call(), NO).code == "step_over"
    assert journal.events == ()


class Market(EmbeddedChain):
    """A chain that takes its time over what is sent, as often as it is told to."""

    gates: list

    async def submit(self, transaction):
        if self.gates:
            await self.gates.pop(0)()
        return await super().submit(transaction)


@pytest.fixture
async def paying(vm):
    """Tools of a wallet with a SOL, their chain, and a function that pays with them."""
    keys = Keyring(0, "recorded")
    inner = Market(vm, keys)
    inner.gates = []
    await inner.set_lamports(keys.address("A"), 10**9)
    journal = Journal(_NoClock())
    chain = RecordedChain(inner, journal)
    names = {"B": keys.address("B")}
    return RecordedTools(WalletTools(Wallet(keys.address("A"), chain, names=names)), chain, journal), inner, journal


def payment(call_id, amount="0.1"):
    return ToolCall(call_id=call_id, tool="sol_transfer", arguments={"recipient": "B", "amount": amount})


async def test_payments_made_at_once_are_told_apart(paying):
    tools, inner, journal = paying
    first_may_go = asyncio.Event()
    inner.gates = [first_may_go.wait]
    memory = StepMemory()
    attempt = tools.begin("step_1", AgentLimits(), memory)
    first = asyncio.ensure_future(attempt.call(payment("1", "0.1")))
    await asyncio.sleep(0)
    assert isinstance(await attempt.call(payment("2", "0.2")), Executed)
    first_may_go.set()
    await first
    done = {each.call.call_id: each.outcome.signature for each in memory.done}
    returned = {
        event.call_id: event.outcome.signature for event in journal.events if event.type == "transaction_returned"
    }
    assert done == returned
    assert [each.call.arguments["amount"] for each in memory.done] == ["0.2", "0.1"]


async def test_a_call_that_outlives_its_attempt_sends_nothing_more(paying):
    tools, inner, journal = paying
    attempt = tools.begin("step_1", AgentLimits())
    late = attempt.call(payment("1"))
    tools.begin("step_1", AgentLimits())
    assert (await late).code == "step_over"
    assert await inner.history() == ()
    assert journal.events == ()


async def test_a_call_that_was_under_way_when_its_attempt_ended_is_no_word_in_the_next(paying):
    tools, inner, _ = paying
    goes_on = asyncio.Event()
    inner.gates = [goes_on.wait]
    attempt = tools.begin("step_1", AgentLimits())
    under_way = asyncio.ensure_future(attempt.call(payment("1")))
    await asyncio.sleep(0)
    tools.begin("step_1", AgentLimits())
    goes_on.set()
    await under_way
    assert tools.results == []


async def test_a_broken_connection_ends_the_attempt(paying):
    tools, inner, _ = paying

    async def lost():
        raise ChainError("rpc_unreachable", "no answer")

    inner.gates = [lost]
    attempt = tools.begin("step_1", AgentLimits())
    with pytest.raises(ChainError, match="no answer"):
        await attempt.call(payment("1"))
    assert tools.broken is not None
    assert (await attempt.call(payment("2"))).code == "step_over"
    tools.begin("step_1", AgentLimits())
    assert tools.broken is None


async def test_a_connection_that_breaks_after_the_attempt_does_not_end_the_next(paying):
    tools, inner, _ = paying
    breaks = asyncio.Event()

    async def lost():
        await breaks.wait()
        raise ChainError("rpc_unreachable", "no answer")

    inner.gates = [lost]
    attempt = tools.begin("step_1", AgentLimits())
    under_way = asyncio.ensure_future(attempt.call(payment("1")))
    await asyncio.sleep(0)
    tools.begin("step_1", AgentLimits())
    breaks.set()
    with pytest.raises(ChainError, match="no answer"):
        await under_way
    assert tools.broken is None


async def test_what_an_earlier_attempt_did_is_returned_and_not_done_again(paying):
    tools, inner, journal = paying
    memory = StepMemory()
    result = await tools.begin("step_1", AgentLimits(), memory).call(payment("1"))
    assert await tools.begin("step_1", AgentLimits(), memory).call(payment("2")) == result
    assert len(await inner.history()) == 1
    assert [event.repeated for event in journal.events if event.type == "tool_returned"] == [False, True]


async def test_an_agent_that_refuses_a_call_of_a_dead_attempt_is_not_recorded(paying):
    tools, _, journal = paying
    attempt = tools.begin("step_1", AgentLimits())
    assert attempt.refuse(payment("1"), NO) == NO
    tools.begin("step_1", AgentLimits())
    assert attempt.refuse(payment("2"), NO).code == "step_over"
    assert sum(event.type == "tool_called" for event in journal.events) == 1
