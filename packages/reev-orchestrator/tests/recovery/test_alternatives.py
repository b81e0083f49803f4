from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.mocks import PausedClock, mock_wallet
from reev_orchestrator.recovery import (
    BUILT_IN_ALTERNATIVES,
    Exhausted,
    FailedStep,
    FlowTime,
    Recovered,
    RecoveryEngine,
    Succeeded,
)
from reev_orchestrator.recovery._exact import raw_of
from reev_types.alternatives import (
    AlternativeFlow,
    OtherVenue,
    ReduceAmount,
    SplitAmount,
    WaitAndResume,
    WidenSlippage,
)
from reev_types.amounts import AllAmount, ExactAmount
from reev_types.contexts import FlowState, PromptContext
from reev_types.errors import SourceError
from reev_types.intents import BalancesIntent, SwapIntent
from reev_types.recovery import FailureClass, Landed, RecoveryConfig, StepFailure, StepPart
from reev_types.tokens import SOL_MINT, find_token

HALVES = AlternativeFlow(id="halves", triggers=("slippage",), rewrite=SplitAmount(parts=2))
THIRDS = AlternativeFlow(id="thirds", triggers=("slippage",), rewrite=SplitAmount(parts=3))
LESS = AlternativeFlow(id="less", triggers=("slippage",), rewrite=ReduceAmount(to="0.4"))
WIDER = AlternativeFlow(id="wider", triggers=("slippage",), rewrite=WidenSlippage(to_bps=500))
VENUE = AlternativeFlow(id="venue", triggers=("slippage",), rewrite=OtherVenue(venue="Raydium"))
AGAIN = AlternativeFlow(id="again", triggers=("slippage",), rewrite=WaitAndResume(seconds=1))
LATER = AlternativeFlow(id="later", triggers=("transport",), rewrite=WaitAndResume(seconds=20))


@pytest.fixture
def recover(engine, step):
    """Recover ``swap_1`` by alternatives alone."""

    async def make(alternatives, failure, steps, of=step, **said):
        made = engine(enable_retry=False, enable_alternative_flows=True, alternatives=alternatives, **said)
        return await made.recover(of, failure, steps)

    return make


@pytest.fixture
def tried(journal):
    def make():
        return [
            (event.alternative, event.decision, event.reason)
            for event in journal
            if event.type == "recovery_decided" and event.alternative
        ]

    return make


async def test_a_step_is_split_and_its_parts_are_attempted_one_after_the_other(recover, executor, fail, journal):
    steps = executor(True, True)
    result = await recover([HALVES], fail("slippage_exceeded"), steps)
    assert result == Recovered("alternative_flow", ("in 2 parts: swap 0.5 SOL to USDC, then swap 0.5 SOL to USDC",))
    assert steps.asked == [("swap_1_part_1", "swap 0.5 SOL to USDC"), ("swap_1_part_2", "swap 0.5 SOL to USDC")]
    assert [len(event.parts) for event in journal if event.type == "recovery_decided"] == [2, 1]


async def test_what_a_split_did_not_do_is_left_to_the_next_alternative(recover, executor, fail):
    steps = executor(True, fail("slippage_exceeded", landed=1), True)
    result = await recover([HALVES, LESS], fail("slippage_exceeded"), steps)
    assert steps.asked[2] == ("swap_1_part_3", "swap 0.2 SOL to USDC")
    assert result == Recovered(
        "alternative_flow",
        ("done in part: swap 0.5 SOL to USDC", "swap 0.2 SOL to USDC instead of swap 0.5 SOL to USDC"),
        ("not done: swap 0.3 SOL to USDC",),
    )


async def test_several_parts_that_are_left_are_one_again(recover, executor, fail, swap):
    steps = executor(True, fail("slippage_exceeded", landed=1), True)
    of = FailedStep("swap_1", "Swap 9 SOL", swap(ExactAmount(raw=900_000_000)))
    result = await recover([THIRDS, VENUE], fail("slippage_exceeded"), steps, of)
    assert steps.asked[2] == ("swap_1_part_4", "swap 0.6 SOL to USDC, with venue Raydium")
    assert result.changed == ("done in part: swap 0.3 SOL to USDC", "swap 0.6 SOL to USDC at Raydium only")


async def test_what_a_split_left_is_resumed_part_by_part(recover, executor, fail):
    steps = executor(True, fail("server_error", landed=1), True, fail("server_error", landed=2), True)
    soon = LATER.model_copy(update={"id": "soon", "rewrite": WaitAndResume(seconds=2)})
    result = await recover([THIRDS, soon, LATER], fail("slippage_exceeded"), steps)
    assert [part.part_id[-6:] for part in steps.parts] == ["part_1", "part_2", "part_2", "part_3", "part_3"]
    assert result == Recovered(
        "alternative_flow", ("done in part: swap 0.333333334 SOL to USDC", "done in part: swap 0.333333333 SOL to USDC")
    )


async def test_a_part_that_failed_and_has_done_something_is_resumed_and_never_the_whole(recover, executor, fail):
    steps = executor(fail("slippage_exceeded", landed=1), True, True)
    assert isinstance(await recover([HALVES, LESS, AGAIN], fail("slippage_exceeded"), steps), Recovered)
    assert [part_id for part_id, _ in steps.asked] == ["swap_1_part_1", "swap_1_part_1", "swap_1_part_2"]


async def test_a_smaller_amount_that_failed_and_has_done_something_is_resumed_and_the_rest_is_missed(
    recover, executor, fail
):
    steps = executor(fail("slippage_exceeded", landed=1), True)
    assert await recover([LESS, AGAIN], fail("slippage_exceeded"), steps) == Recovered(
        "alternative_flow",
        ("swap 0.4 SOL to USDC instead of swap 1 SOL to USDC",),
        ("not done: swap 0.6 SOL to USDC",),
    )


async def test_what_an_interruption_left_is_all_that_is_recovered(recover, executor, fail, swap):
    third = ExactAmount(raw=300_000_000)
    left = tuple(StepPart(part_id=f"swap_1_part_{n}", prompt="x", intent=swap(third)) for n in (2, 3))
    steps = executor(fail("slippage_exceeded", landed=1), True)
    of = FailedStep("swap_1", "Swap 0.9 SOL", swap(ExactAmount(raw=900_000_000)), left)
    result = await recover([VENUE, LESS], fail("slippage_exceeded", landed=1), steps, of)
    assert steps.asked == [
        ("swap_1_part_4", "swap 0.6 SOL to USDC, with venue Raydium"),
        ("swap_1_part_5", "swap 0.24 SOL to USDC"),
    ]
    assert result.missed == ("not done: swap 0.36 SOL to USDC",)


async def test_what_nothing_brought_to_an_end_is_missed(recover, executor, fail):
    steps = executor(True, fail("slippage_exceeded", landed=1))
    result = await recover([HALVES], fail("slippage_exceeded"), steps)
    assert isinstance(result, Exhausted)
    assert result.missed == ("not done: swap 0.5 SOL to USDC",)


async def test_nothing_is_missed_of_a_step_of_which_nothing_was_done(recover, executor, fail):
    result = await recover([HALVES], fail("slippage_exceeded"), executor(fail("slippage_exceeded")))
    assert result.missed == ()


async def test_only_alternatives_that_answer_the_newest_failure_are_tried(recover, executor, fail, tried, time):
    steps = executor(fail("server_error"), True)
    assert await recover([WIDER, HALVES, LATER], fail("slippage_exceeded"), steps) == Recovered("alternative_flow")
    assert tried() == [("wider", "attempt", ""), ("later", "wait", ""), ("later", "attempt", "")]
    assert time.monotonic() == 20


async def test_without_an_answer_the_failure_is_passed_on(recover, executor, fail, decisions):
    failure = fail("refused")
    assert await recover(BUILT_IN_ALTERNATIVES, failure, executor()) == Exhausted(failure)
    assert decisions()[0] == ("alternative_flow", "pass", "no_alternative_left")


async def test_slippage_is_never_wider_than_the_cap(recover, executor, fail, swap):
    steps = executor(True)
    result = await recover([WIDER], fail("slippage_exceeded"), steps, max_slippage_bps=120)
    assert steps.parts[0].intent == swap(slippage_bps=120)
    assert steps.parts[0].prompt == "swap 1 SOL to USDC, with slippage_bps 120"
    assert result.changed == ("swap 1 SOL to USDC with up to 120 instead of 50 basis points of slippage",)


@pytest.mark.parametrize(
    ("alternative", "intent", "code"),
    [
        (WIDER, {"slippage_bps": 100}, "slippage_capped"),
        (LESS, {"amount": ExactAmount(raw=1)}, "too_small"),
        (VENUE, {"venue": "Raydium"}, "not_applicable"),
        (HALVES, {"amount": ExactAmount(raw=10**15)}, "insufficient_funds"),
        (HALVES, {"input_mint": "7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs"}, "unknown_token"),
    ],
)
async def test_an_alternative_that_is_no_way_is_passed_over_with_its_code(
    recover, executor, fail, swap, tried, alternative, intent, code
):
    of = FailedStep("swap_1", "x", swap(**intent))
    await recover([alternative], fail("slippage_exceeded"), executor(), of)
    assert tried() == [(alternative.id, "pass", code)]


async def test_a_context_that_cannot_be_had_passes_the_alternative_over(recover, executor, fail, tried):
    steps = executor()
    steps.fault = SourceError("timeout", "x")
    await recover([HALVES], fail("slippage_exceeded"), steps)
    assert tried() == [("halves", "pass", "timeout")]


@pytest.mark.parametrize("intent", [None, BalancesIntent()])
async def test_a_step_without_an_amount_is_not_rewritten(recover, executor, fail, tried, intent):
    of = FailedStep("swap_1", "Do something", intent)
    await recover([HALVES], fail("slippage_exceeded"), executor(), of)
    assert tried() == [("halves", "pass", "not_applicable")]


async def test_a_step_that_has_done_something_of_its_own_is_not_rewritten_and_may_be_resumed(
    recover, executor, fail, tried
):
    steps = executor(True)
    await recover([HALVES, AGAIN], fail("slippage_exceeded", landed=1), steps)
    assert tried() == [("halves", "pass", "partly_landed"), ("again", "wait", ""), ("again", "attempt", "")]
    assert steps.asked == [("swap_1", None)]


async def test_everything_is_counted_once_even_when_balances_change(recover, executor, fail, swap, context):
    steps = executor(True, fail("slippage_exceeded", landed=1), True)
    of = FailedStep("swap_1", "Swap all SOL", swap(AllAmount()))
    await recover([HALVES, VENUE], fail("slippage_exceeded"), steps, of)
    spendable = context.wallet_context.sol_balance - context.sol_reserve_lamports
    done = [raw_of(steps.parts[index].intent) for index in (0, 2)]
    assert sum(done) == spendable


@given(
    raw=st.integers(1_000, 3 * 10**9),
    alternatives=st.lists(st.sampled_from([HALVES, THIRDS, LESS, WIDER, VENUE, AGAIN]), max_size=5),
    endings=st.lists(st.sampled_from(["works", "fails", "works and says it failed"]), min_size=20, max_size=20),
)
async def test_no_more_than_was_asked_for_is_ever_done_and_the_rest_is_missed(raw, alternatives, endings):
    result, steps = await history(raw, alternatives, endings)
    done, missed = sum(steps.done.values()), sum(raws_in(result.missed))
    assert done <= raw
    if isinstance(result, Recovered):
        assert done + missed == raw
    elif not steps.lied:
        assert missed == (raw - done if done else 0)


class Swaps:
    """Carries swaps out as told: whatever has landed of a part is not carried out again."""

    fees_lamports = 0

    def __init__(self, raw, endings):
        self.raw, self.endings, self.done, self.lied = raw, list(endings), {}, False

    async def attempt(self, part):
        if part.part_id in self.done:
            return Succeeded()
        ending = self.endings.pop(0)
        if ending == "fails":
            return self.failure()
        self.done[part.part_id] = raw_of(part.intent) if part.intent else self.raw
        if ending == "works":
            return Succeeded()
        self.lied = True
        return self.failure()

    def failure(self):
        landed = tuple(
            Landed(call_id=part_id, tool="jupiter_swap", arguments={}, signature="", summary="")
            for part_id in self.done
        )
        return StepFailure(
            step_id="swap_1", attempt=1, code="slippage_exceeded", failure_class=FailureClass.SLIPPAGE, landed=landed
        )

    async def context(self):
        state = FlowState(current_step_index=0, total_steps=1, atomic_mode="strict")
        return PromptContext(wallet_context=mock_wallet(), flow_state=state, generated_at=0)


async def history(raw, alternatives, endings):
    """Recover a swap of ``raw`` lamports; return the result and what was carried out."""

    async def skip(seconds):
        pass

    config = RecoveryConfig(enable_retry=False, enable_alternative_flows=True)
    made = RecoveryEngine.from_config(
        config, FlowTime(PausedClock(), skip), lambda event: None, seed=1, flow="flow", alternatives=alternatives
    )
    intent = SwapIntent(input_mint=SOL_MINT, output_mint=find_token("USDC").mint, amount=ExactAmount(raw=raw))
    steps = Swaps(raw, endings)
    return await made.recover(FailedStep("swap_1", "x", intent), steps.failure(), steps), steps


def raws_in(missed):
    """Return the lamports that the sentences name, such as ``not done: swap 0.3 SOL to USDC``."""
    return [int(Decimal(text.split()[3]) * 10**9) for text in missed]


def test_the_built_in_alternatives_have_ids_of_their_own_and_answer_every_class_that_may_pass():
    ids = [alternative.id for alternative in BUILT_IN_ALTERNATIVES]
    assert len(set(ids)) == len(ids)
    answered = {trigger for alternative in BUILT_IN_ALTERNATIVES for trigger in alternative.triggers}
    assert set(FailureClass) - answered == {FailureClass.AGENT_GAVE_UP, FailureClass.UNKNOWN}
