"""A step is carried through: attempted, recovered, and gone on with where it was interrupted."""

import pytest

from reev_orchestrator.recovery import Passed, Repaired, Succeeded
from reev_runner.execution import FlowSetup
from reev_runner.journal import fold
from reev_types.alternatives import AlternativeFlow, SplitAmount
from reev_types.amounts import ExactAmount
from reev_types.atomicity import AtomicMode
from reev_types.events import StepEnded, StepStarted, ToolCalled, TransactionReturned
from reev_types.faults import LostReply, PriceMove, RateLimited
from reev_types.intents import SwapIntent
from reev_types.recovery import Answer, FailureClass, RecoveryConfig
from reev_types.recovery_events import AttemptFailed, QuestionAnswered, RecoveryDecided, RecoveryEnded
from reev_types.tokens import SOL_MINT, find_token

USDC = find_token("USDC").mint
SWAP = SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ExactAmount(raw=100_000_000))
ASKING = RecoveryConfig(enable_retry=False, enable_user_fulfillment=True)


class Says:
    """A person who always says the same."""

    def __init__(self, choice, amount=None):
        self.answer = Answer(choice=choice, amount=amount)

    async def ask(self, question):
        return self.answer


class OnceMore:
    """A strategy of somebody's own."""

    name = "once_more"

    async def recover(self, rescue):
        return Repaired() if isinstance(await rescue.attempt_rest(), Succeeded) else Passed()


@pytest.fixture
def swapping(recoverable):
    """Return a case whose first step swaps, and meets ``faults``."""

    def swapping(*faults, recovery=None, **fields):
        case = recoverable(faults=faults, recovery=recovery or RecoveryConfig(), **fields)
        steps = (case.steps[0].model_copy(update={"intent": SWAP}), case.steps[1].model_copy(update={"depends_on": ()}))
        return case.model_copy(update={"steps": steps, "reference": ((SWAP,), case.reference[1])})

    return swapping


def endings(events):
    return {event.step_id: (event.status, event.reason) for event in events if isinstance(event, StepEnded)}


def landed(events, step_id="step_1"):
    returned = [event for event in events if isinstance(event, TransactionReturned) and event.step_id == step_id]
    return sum(event.outcome.succeeded for event in returned)


def limited(attempts=()):
    return RateLimited(step="step_1", attempts=attempts)


async def test_a_step_that_fails_and_is_not_recovered_has_failed(flows, two_payments):
    dear = two_payments.reference[0][0].model_copy(update={"amount": ExactAmount(raw=10**15)})
    events = await flows.run(two_payments.model_copy(update={"reference": ((dear,), two_payments.reference[1])}))
    assert endings(events)["step_1"] == ("failed", "insufficient_funds")


async def test_a_step_is_recovered_by_another_attempt(flows, swapping):
    events = await flows.run(swapping(limited((1,))))
    assert endings(events)["step_1"] == ("succeeded", "")
    assert landed(events) == 1


async def test_a_step_that_nothing_helps_has_failed_as_its_last_attempt_did(flows, swapping):
    events = await flows.run(swapping(limited()))
    assert endings(events)["step_1"] == ("failed", "rate_limited")
    assert max(event.attempt for event in events if isinstance(event, StepStarted)) == 4


async def test_a_step_whose_time_for_recovery_is_over_has_failed_for_that(flows, swapping):
    events = await flows.run(swapping(limited(), recovery=RecoveryConfig(max_step_recovery_time_ms=500)))
    assert endings(events)["step_1"] == ("failed", "recovery_deadline")


@pytest.mark.parametrize(
    ("choice", "ending"), [("skip", ("skipped", "skipped_by_person")), ("abort", ("failed", "aborted_by_person"))]
)
async def test_a_person_decides(flows, swapping, choice, ending):
    case = swapping(limited(), recovery=ASKING, atomic_mode=AtomicMode.LENIENT)
    events = await flows.run(case, setup=FlowSetup(asker=Says(choice)))
    assert endings(events)["step_1"] == ending
    assert endings(events)["step_2"] == (("succeeded", "") if choice == "skip" else ("skipped", "flow_aborted"))


async def test_a_strategy_of_ones_own_comes_before_a_person(flows, swapping):
    case = swapping(limited((1,)), recovery=ASKING)
    events = await flows.run(case, setup=FlowSetup(strategies=(OnceMore(),), asker=Says("abort")))
    (ended,) = [event for event in events if isinstance(event, RecoveryEnded)]
    assert (ended.outcome, ended.strategy, ended.attempts) == ("recovered", "once_more", 1)


async def test_a_default_ends_the_step_and_leaves_the_flow_to_its_mode(flows, swapping):
    events = await flows.run(swapping(limited(), recovery=ASKING, atomic_mode=AtomicMode.LENIENT))
    assert endings(events) == {"step_1": ("failed", "aborted_by_default"), "step_2": ("succeeded", "")}


@pytest.mark.parametrize("choice", ["skip", "abort"])
@pytest.mark.parametrize("kind", [RecoveryDecided, RecoveryEnded])
async def test_what_a_person_decided_holds_after_an_interruption(flows, swapping, choice, kind):
    case = swapping(limited((1,)), recovery=ASKING, atomic_mode=AtomicMode.LENIENT)

    def decided(event):
        return isinstance(event, kind) and (kind is RecoveryEnded or event.decision == choice)

    events = await flows.until(case, decided, setup=FlowSetup(asker=Says(choice)))
    resumed = await flows.resume(events)
    assert landed(resumed) == 0
    assert endings(resumed)["step_1"] == endings(await flows.run(case, setup=FlowSetup(asker=Says(choice))))["step_1"]


async def test_an_interruption_between_attempts_leaves_the_word_to_recovery(flows, swapping):
    events = await flows.until(swapping(limited((1,))), lambda event: isinstance(event, AttemptFailed))
    resumed = await flows.resume(events)
    new = [event for event in resumed[len(events) :] if isinstance(event, RecoveryDecided)]
    assert [event.decision for event in new] == ["wait", "attempt"]
    assert endings(resumed)["step_1"] == ("succeeded", "")


async def test_interruptions_give_nobody_more_attempts(flows, swapping):
    case = swapping(limited())

    def fourth(event):
        return isinstance(event, AttemptFailed) and event.failure.attempt == 4

    resumed = await flows.resume(await flows.until(case, fourth))
    assert sum(isinstance(event, AttemptFailed) for event in resumed) == 4
    assert endings(resumed)["step_1"] == ("failed", "rate_limited")


@pytest.mark.parametrize(
    ("faults", "recovery", "ending"),
    [
        ((limited((1,)),), None, ("succeeded", "")),
        ((limited(),), None, ("failed", "rate_limited")),
        ((limited(),), RecoveryConfig(max_step_recovery_time_ms=500), ("failed", "recovery_deadline")),
    ],
)
async def test_a_recovery_that_had_come_to_its_end_is_not_begun_again(flows, swapping, faults, recovery, ending):
    case = swapping(*faults, recovery=recovery)
    events = await flows.until(case, lambda event: isinstance(event, RecoveryEnded))
    resumed = await flows.resume(events)
    assert endings(resumed)["step_1"] == ending
    assert sum(isinstance(event, RecoveryEnded) for event in resumed) == 1


SPLITTING = RecoveryConfig(enable_retry=False, enable_alternative_flows=True, max_slippage_bps=0)
MOVES = PriceMove(step="step_1", attempts=(1,), bps=300)


@pytest.fixture
def splitting(swapping):
    """A case whose first step is done in two equal halves, as its whole meets a price that moves."""
    return swapping(MOVES, recovery=SPLITTING)


async def test_two_equal_halves_of_a_step_are_both_carried_out(flows, splitting):
    events = await flows.run(splitting, setup=_halves())
    assert endings(events)["step_1"] == ("succeeded", "")
    assert landed(events) == 2


def _halves():
    return FlowSetup(
        alternatives=(AlternativeFlow(id="halves", triggers=(FailureClass.SLIPPAGE,), rewrite=SplitAmount(parts=2)),)
    )


async def test_a_half_whose_reply_was_lost_is_answered_from_memory_at_once(flows, swapping):
    case = swapping(MOVES, LostReply(step="step_1", attempts=(2,)), recovery=SPLITTING)
    events = await flows.run(case, setup=_halves())
    assert endings(events)["step_1"] == ("succeeded", "")
    assert landed(events) == 2
    parts = [event.part_id for event in events if isinstance(event, StepStarted) and event.step_id == "step_1"]
    assert parts == [None, "step_1_part_1", "step_1_part_1", "step_1_part_2"]


@pytest.mark.parametrize("place", [1, 2])
async def test_an_alternative_is_finished_after_an_interruption(flows, splitting, place):
    seen = []

    def is_last(event):
        if isinstance(event, ToolCalled) and "part" in event.call_id and event.seq not in seen:
            seen.append(event.seq)
        return len(seen) == place

    resumed = await flows.resume(await flows.until(splitting, is_last, setup=_halves()))
    assert endings(resumed)["step_1"] == ("succeeded", "")
    assert landed(resumed) == 2


async def test_an_alternative_that_fails_when_it_goes_on_leaves_the_rest_undone(flows, swapping):
    case = swapping(MOVES, RateLimited(step="step_1", attempts=(4,)), recovery=SPLITTING)

    def second_half(event):
        return isinstance(event, StepStarted) and event.attempt == 3

    resumed = await flows.resume(await flows.until(case, second_half, setup=_halves()))
    assert endings(resumed)["step_1"] == ("failed", "rate_limited")
    assert landed(resumed) == 1


async def test_a_call_whose_reply_was_lost_is_not_made_twice(flows, swapping):
    events = await flows.run(swapping(LostReply(step="step_1")))
    assert landed(events) == 1
    assert fold(events).flow.step_results[0].recovery_attempts == 1


async def test_an_amount_that_a_person_changed_is_what_is_attempted(flows, swapping):
    case = swapping(limited((1,)), recovery=ASKING)
    events = await flows.run(case, setup=FlowSetup(asker=Says("change_amount", "0.01 SOL")))
    (answered,) = [event for event in events if isinstance(event, QuestionAnswered)]
    assert answered.by == "person"
    calls = [event.arguments for event in events if isinstance(event, ToolCalled) and event.step_id == "step_1"]
    assert [call["amount_raw"] for call in calls] == [100_000_000, 10_000_000]


async def test_a_payment_whose_reply_was_lost_at_the_very_last_counts_as_paid(flows, recoverable):
    case = recoverable(faults=(LostReply(attempts=()),), recovery=RecoveryConfig(retry_attempts=0))
    result = fold(await flows.run(case))
    assert [step.status for step in result.flow.step_results] == ["succeeded", "succeeded"]
    assert result.flow.metrics.transactions == len(await flows.opened[-1].history())
