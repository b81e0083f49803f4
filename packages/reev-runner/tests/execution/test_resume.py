"""A flow goes on after its process died, at whatever write of its journal, and nothing is done twice."""

import pytest

from reev_runner.execution import FlowSetup, _recorded_chain
from reev_runner.execution._resume import resumable
from reev_runner.execution._world import prepare_world
from reev_runner.journal import fold
from reev_tools.chain import signed_transaction
from reev_types.amounts import ExactAmount
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.errors import ChainError, StorageError, UsageError
from reev_types.events import (
    RunEnded,
    RunJudged,
    RunStarted,
    StepEnded,
    ToolReturned,
    TransactionReturned,
    TransactionSent,
    WorldPrepared,
)
from reev_types.faults import DropBeforeSend, LostReply, StaleBlockhash
from reev_types.recovery import RecoveryConfig
from reev_types.recovery_events import FlowResumed, TransactionResent


def at(seq):
    return lambda event: event.seq == seq


def of(kind, place=1):
    """Die when the n-th event of a kind is written."""
    seen = []

    def is_last(event):
        if isinstance(event, kind) and event.seq not in seen:
            seen.append(event.seq)
        return len(seen) == place

    return is_last


async def payments(chain):
    return [outcome for outcome in await chain.history() if outcome.succeeded]


@pytest.mark.parametrize(
    "faults",
    [(), (LostReply(),), (StaleBlockhash(), DropBeforeSend(attempts=(2,)))],
    ids=["no fault", "lost replies", "two faults"],
)
async def test_a_flow_goes_on_wherever_it_was_killed(flows, recoverable, faults):
    case = recoverable(faults=faults)
    whole = await flows.run(case)
    for seq in range(0, len(whole) - 1, 1 if not faults else 3):
        events = await flows.resume(await flows.until(case, at(seq)))
        assert fold(events).status == "passed", seq
        if not isinstance(events[seq], RunJudged):
            assert len(await payments(flows.opened[-1])) == 2, seq


async def test_what_outlived_the_process_is_not_sent_again(flows, recoverable, sandbox):
    case = recoverable()
    events = await flows.until(case, of(TransactionSent))
    sent = next(event for event in events if isinstance(event, TransactionSent))
    world = await prepare_world(case, sandbox, 0)
    landed = await world.chain.submit(signed_transaction(sent.raw))
    resumed = await flows.resume(events, survivor=world)
    assert fold(resumed).status == "passed"
    assert (await payments(world.chain))[0].signature == landed.signature
    assert len(await payments(world.chain)) == 2
    assert not any(isinstance(event, TransactionResent) for event in resumed)
    assert next(event.replayed for event in resumed if isinstance(event, FlowResumed)) == 0


async def test_what_was_sent_and_not_seen_to_land_is_sent_again_as_it_was(flows, recoverable):
    events = await flows.resume(await flows.until(recoverable(), of(TransactionSent)))
    (resent,) = [event for event in events if isinstance(event, TransactionResent)]
    sent = next(event for event in events if isinstance(event, TransactionSent))
    assert resent.signature == sent.signature
    returned = next(event for event in events if isinstance(event, TransactionReturned))
    assert (returned.settled, returned.outcome.signature) == (True, sent.signature)


async def test_a_call_that_had_done_its_work_returns_what_it_did(flows, recoverable):
    events = await flows.resume(await flows.until(recoverable(), of(ToolReturned)))
    first, second = [event for event in events if isinstance(event, ToolReturned) and event.step_id == "step_1"]
    assert (first.repeated, second.repeated, second.result) == (False, True, first.result)


async def test_a_verdict_that_was_spoken_stands(flows, recoverable):
    events = await flows.until(recoverable(), of(RunJudged))
    resumed = await flows.resume(events)
    assert [type(event) for event in resumed[len(events) :]] == [RunEnded]


async def test_new_events_alone_are_written(flows, recoverable):
    events = await flows.until(recoverable(), of(StepEnded))
    written = []
    resumed = await flows.resume(events, sink=written.append)
    assert (*events, *written) == resumed
    assert [event.seq for event in resumed] == list(range(len(resumed)))


async def test_a_world_that_was_never_prepared_is_prepared_now(flows, recoverable):
    events = await flows.until(recoverable(), of(RunStarted))
    resumed = await flows.resume(events)
    assert [type(event) for event in resumed[:3]] == [RunStarted, WorldPrepared, FlowResumed]


async def test_instructions_are_judged_as_they_were_built(flows, recoverable):
    case = recoverable()
    whole = fold(await flows.run(case)).judgement
    resumed = fold(await flows.resume(await flows.until(case, of(StepEnded, 2)))).judgement
    assert resumed == whole


async def test_a_flow_without_recovery_cannot_go_on(flows, two_payments):
    events = await flows.until(two_payments, of(StepEnded))
    for journal in (events, ()):
        with pytest.raises(UsageError, match="only flows that were run with recovery") as caught:
            resumable(journal)
        assert caught.value.code == "not_resumable"


async def test_a_flow_that_has_ended_does_not_go_on(flows, recoverable):
    with pytest.raises(UsageError, match="nothing to go on with") as caught:
        await flows.resume(await flows.run(recoverable()))
    assert caught.value.code == "already_ended"


async def test_a_flow_that_an_error_ended_goes_on_when_it_is_over(flows, recoverable, monkeypatch):
    async def silent(chain, transaction, clock, resent):
        raise ChainError("fate_unknown", "nobody says whether it has landed")

    case = recoverable(faults=(LostReply(),))
    with monkeypatch.context() as broken:
        broken.setattr(_recorded_chain, "settled", silent)
        events = await flows.run(case)
    assert fold(events).status == "error"
    resumed = await flows.resume(events)
    assert (fold(resumed).status, fold(resumed).flow.error_message) == ("passed", None)
    assert len(await payments(flows.opened[-1])) == 2


async def test_a_journal_that_the_chain_contradicts_is_not_gone_on_with(flows, recoverable):
    events = list(await flows.until(recoverable(), of(StepEnded)))
    place = next(place for place, event in enumerate(events) if isinstance(event, TransactionReturned))
    outcome = events[place].outcome.model_copy(update={"compute_units": 1})
    events[place] = events[place].model_copy(update={"outcome": outcome})
    with pytest.raises(StorageError, match=f"event {place} of the journal") as caught:
        await flows.resume(tuple(events))
    assert caught.value.code == "rebuild_differs"


async def test_a_flow_is_rolled_back_to_where_it_began_although_another_process_began_it(flows, recoverable):
    case = recoverable(atomic_mode=AtomicMode.STRICT, on_abort=OnAbort.ROLLBACK)
    dear = case.reference[1][0].model_copy(update={"amount": ExactAmount(raw=10**15)})
    case = case.model_copy(update={"reference": (case.reference[0], (dear,))})
    events = await flows.resume(await flows.until(case, of(StepEnded)))
    (rolled_back,) = [event for event in events if event.type == "rolled_back"]
    assert rolled_back.hash_now == rolled_back.hash_before_flow == await flows.opened[-1].state_hash()
    ended = await flows.resume(await flows.until(case, lambda event: event.type == "rolled_back"))
    assert sum(event.type == "rolled_back" for event in ended) == 1
    assert fold(ended).judgement == fold(events).judgement


async def test_the_case_as_it_was_accepted_is_what_goes_on(flows, two_payments):
    setup = FlowSetup(recovery=RecoveryConfig(retry_attempts=1))
    events = await flows.until(two_payments, of(StepEnded), setup=setup)
    _, flow = resumable(events)
    assert flow.case.recovery.retry_attempts == 1
    assert fold(await flows.resume(events)).status == "passed"
