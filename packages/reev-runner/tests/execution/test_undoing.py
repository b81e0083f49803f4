"""What becomes of a flow that is aborted: left, rolled back, or undone step by step, once."""

import pytest

from reev_runner.execution import FlowSetup
from reev_runner.execution._undoing import Undoing
from reev_runner.files import find_benchmarks, load_case
from reev_runner.journal import fold
from reev_tools.chain import EmbeddedChain, Keyring
from reev_types.alternatives import AlternativeFlow, SplitAmount
from reev_types.amounts import ExactAmount
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.errors import ChainError
from reev_types.events import StepEnded, TransactionReturned
from reev_types.faults import LostReply, PriceMove, RateLimited
from reev_types.intents import SwapIntent
from reev_types.recovery import FailureClass, RecoveryConfig
from reev_types.recovery_events import FlowAborted, RolledBack, StepCompensated
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
SWAP = SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ExactAmount(raw=100_000_000))


@pytest.fixture
def aborted(recoverable):
    """Return a case that swaps, pays, and then cannot go on; ``faults`` strike while it is undone, too."""

    def aborted(on_abort, *faults, recovery=None):
        case = recoverable(faults=faults, on_abort=on_abort, atomic_mode=AtomicMode.STRICT)
        pay, dear = case.reference[0][0], case.reference[1][0].model_copy(update={"amount": ExactAmount(raw=10**15)})
        first, last = case.steps
        steps = (
            first.model_copy(update={"step_id": "step_0", "intent": SWAP}),
            first.model_copy(update={"intent": None}),
            last.model_copy(update={"depends_on": (), "intent": dear}),
        )
        given = {"steps": steps, "reference": ((SWAP,), (pay, pay), (dear,)), "recovery": recovery or case.recovery}
        return case.model_copy(update=given)

    return aborted


def told(events):
    return [(event.step_id, event.by_step, event.reason) for event in events if isinstance(event, StepCompensated)]


UNDONE = [("step_1", None, "irreversible"), ("step_1", None, "irreversible"), ("step_0", "undo_step_0", "")]


async def test_a_flow_that_is_left_stays_as_it_is(flows, aborted):
    events = await flows.run(aborted(OnAbort.LEAVE))
    assert isinstance(next(event for event in events if event.type == "flow_aborted"), FlowAborted)
    assert told(events) == []
    assert len(await flows.opened[-1].history()) == 3


async def test_a_flow_is_rolled_back_to_where_it_began(flows, aborted):
    events = await flows.run(aborted(OnAbort.ROLLBACK))
    (rolled_back,) = [event for event in events if isinstance(event, RolledBack)]
    assert rolled_back.hash_now == rolled_back.hash_before_flow == await flows.opened[-1].state_hash()
    assert await flows.opened[-1].history() == ()


async def test_without_a_beginning_nothing_is_rolled_back(vm):
    chain = EmbeddedChain(vm, Keyring(0, "undo"))
    await chain.advance(slots=1)
    before = await chain.state_hash()
    await Undoing(OnAbort.ROLLBACK, chain).undo(None, None, None)
    assert await chain.state_hash() == before


async def test_a_flow_is_undone_newest_first_as_far_as_it_can_be(flows, aborted):
    events = await flows.run(aborted(OnAbort.COMPENSATE))
    assert told(events) == UNDONE
    last = next(event for event in events if isinstance(event, StepCompensated) and event.by_step)
    assert last.cost_lamports == 5_000
    assert set(last.not_returned_raw) == {SOL_MINT}


async def test_a_flow_without_recovery_is_undone_as_well(flows, aborted):
    case = aborted(OnAbort.COMPENSATE).model_copy(update={"recovery": None})
    assert told(await flows.run(case)) == UNDONE


async def test_what_cannot_be_undone_says_why(flows, aborted):
    events = await flows.run(aborted(OnAbort.COMPENSATE, RateLimited(step="undo_step_0", attempts=())))
    assert told(events)[-1] == ("step_0", "undo_step_0", "rate_limited")
    last = next(event for event in events if isinstance(event, StepCompensated) and event.by_step)
    assert last.not_returned_raw[SOL_MINT] > 100_000_000


@pytest.mark.parametrize("faults", [(), (LostReply(step="undo_step_0"),)], ids=["calm", "lost reply"])
async def test_undoing_goes_on_wherever_it_was_interrupted(flows, aborted, faults):
    case = aborted(OnAbort.COMPENSATE, *faults)
    whole = await flows.run(case)
    began = next(event.seq for event in whole if isinstance(event, FlowAborted))
    compensated = [event for event in whole if isinstance(event, StepCompensated)]
    for seq in range(began - 2, len(whole) - 2):
        events = await flows.resume(await flows.until(case, lambda event, seq=seq: event.seq == seq))
        assert told(events) == UNDONE, seq
        again = [event for event in events if isinstance(event, StepCompensated)]
        assert [each.cost_lamports for each in again] == [each.cost_lamports for each in compensated], seq
        assert sum(event.outcome.succeeded for event in events if isinstance(event, TransactionReturned)) == 4, seq


async def test_a_failure_to_undo_is_told_once_after_an_interruption(flows, aborted):
    case = aborted(OnAbort.COMPENSATE, RateLimited(step="undo_step_0", attempts=()))

    def undone(event):
        return isinstance(event, StepEnded) and event.undoes is not None

    events = await flows.resume(await flows.until(case, undone))
    assert told(events)[-1] == ("step_0", "undo_step_0", "rate_limited")


async def test_what_has_landed_is_undone_whatever_was_heard_of_it(flows, aborted):
    once = RecoveryConfig(retry_attempts=0)
    events = await flows.run(aborted(OnAbort.COMPENSATE, LostReply(step="undo_step_0"), recovery=once))
    assert told(events) == UNDONE
    (undo,) = [event for event in events if isinstance(event, StepEnded) and event.undoes]
    assert (undo.status, undo.reason) == ("succeeded", "")


async def test_half_of_an_undoing_is_not_done_twice(flows, aborted):
    halves = AlternativeFlow(id="halves", triggers=(FailureClass.SLIPPAGE,), rewrite=SplitAmount(parts=2))
    recovery = RecoveryConfig(enable_retry=False, enable_alternative_flows=True, max_slippage_bps=0)
    case = aborted(OnAbort.COMPENSATE, PriceMove(step="undo_step_0", bps=300), recovery=recovery)

    def first_half(event):
        return event.type == "tool_returned" and "part_1" in event.call_id

    events = await flows.until(case, first_half, setup=FlowSetup(alternatives=(halves,)))
    resumed = await flows.resume(events)
    undoing = [event for event in resumed if isinstance(event, TransactionReturned) and event.step_id == "undo_step_0"]
    assert [event.outcome.succeeded for event in undoing] == [False, True, True]
    assert fold(resumed).status != "error"
    wallet = next(account.address for account in resumed[1].accounts if account.name == "USER_WALLET_PUBKEY")
    assert sum(each.amount_raw for each in await flows.opened[-1].token_accounts(wallet) if each.mint == USDC) == 0


async def test_what_lending_rounded_away_does_not_keep_a_flow_from_being_undone(flows):
    case = load_case(find_benchmarks(["424"])[0])
    faults = tuple(fault for fault in case.faults if not isinstance(fault, LostReply))
    at_once = case.recovery.model_copy(update={"base_retry_delay_ms": 0})
    events = await flows.run(case.model_copy(update={"faults": faults, "recovery": at_once}))
    assert [(by_step, reason) for _, by_step, reason in told(events)] == [("undo_step_2", ""), ("undo_step_1", "")]


async def test_without_a_look_at_the_wallet_all_that_came_is_given_back(flows, aborted, monkeypatch):
    async def unreadable(*_):
        raise ChainError("rpc_unreachable", "nobody is there")

    case = aborted(OnAbort.COMPENSATE)
    monkeypatch.setattr("reev_runner.execution._undoing.prompt_context", unreadable)
    assert told(await flows.run(case)) == UNDONE
