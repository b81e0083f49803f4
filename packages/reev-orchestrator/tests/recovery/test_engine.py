import asyncio

import pytest

from reev_orchestrator.recovery import (
    DeadlineReached,
    Decided,
    Exhausted,
    FailedStep,
    Passed,
    Recovered,
    RecoveryEngine,
    Repaired,
    Succeeded,
)
from reev_types.alternatives import AlternativeFlow, SplitAmount
from reev_types.recovery import Answer, RecoveryConfig, StepPart

HALVES = AlternativeFlow(id="halves", triggers=("slippage",), rewrite=SplitAmount(parts=2))


class Fourth:
    """A strategy that the engine knows nothing of: tries once with a prompt of its own."""

    name = "fourth"

    async def recover(self, rescue):
        rescue.decide("attempt", reason="because")
        report = await rescue.attempt(StepPart(part_id="swap_1", prompt="please"))
        return Repaired() if isinstance(report, Succeeded) else Passed()


class Person:
    def __init__(self, *answers):
        self.answers = list(answers)

    async def ask(self, question):
        return self.answers.pop(0)


@pytest.fixture
def with_strategies(time, journal):
    def make(*strategies, config=None):
        return RecoveryEngine(strategies, config or RecoveryConfig(), time, journal.append)

    return make


async def test_a_retry_that_works_recovers_the_step(engine, executor, step, fail, journal, decisions):
    steps = executor(True)
    assert await engine().recover(step, fail(), steps) == Recovered("retry")
    assert steps.asked == [("swap_1", None)]
    assert decisions() == [("retry", "wait", "rate_limited"), ("retry", "attempt", "")]
    assert journal[-1].model_dump(exclude={"seq", "timing"}) == {
        "type": "recovery_ended",
        "step_id": "swap_1",
        "outcome": "recovered",
        "strategy": "retry",
        "failure_class": "rate_limit",
        "attempts": 1,
        "cost_lamports": 5_000,
        "changed": (),
        "missed": (),
    }
    assert journal[-1].timing == {"recovery_ms": journal[0].wait_ms}


async def test_a_fourth_strategy_is_registered_without_touching_the_engine(with_strategies, executor, step, fail):
    steps = executor(True)
    assert await with_strategies(Fourth()).recover(step, fail(), steps) == Recovered("fourth")
    assert steps.asked == [("swap_1", "please")]


async def test_a_later_strategy_is_reached_when_an_earlier_one_does_not_help(
    with_strategies, executor, step, fail, decisions
):
    class Fifth(Fourth):
        name = "fifth"

    steps = executor(fail("slippage_exceeded"), True)
    assert await with_strategies(Fourth(), Fifth()).recover(step, fail(), steps) == Recovered("fifth")
    assert [strategy for strategy, _, _ in decisions()] == ["fourth", "fifth"]


async def test_a_strategy_gets_the_newest_failure(with_strategies, executor, step, fail):
    seen = []

    class Onlooker:
        name = "onlooker"

        async def recover(self, rescue):
            seen.append((rescue.failure.code, rescue.failure.attempt))
            return Passed()

    steps = executor(fail("slippage_exceeded"))
    await with_strategies(Fourth(), Onlooker()).recover(step, fail(), steps)
    assert seen == [("slippage_exceeded", 2)]


async def test_what_nothing_helps_is_exhausted_with_its_last_failure(engine, executor, step, fail, journal, decisions):
    steps = executor(fail("server_error"), fail("unreachable"))
    result = await engine(retry_attempts=2).recover(step, fail(), steps)
    assert isinstance(result, Exhausted)
    assert (result.failure.code, result.failure.attempt, result.missed) == ("unreachable", 3, ())
    assert decisions()[-2:] == [("retry", "pass", "attempts_used_up"), ("retry", "give_up", "nothing_helped")]
    assert (journal[-1].outcome, journal[-1].strategy, journal[-1].attempts) == ("failed", None, 2)


async def test_an_engine_without_strategies_gives_up_at_once(engine, executor, step, fail, decisions):
    failure = fail()
    assert await engine(enable_retry=False).recover(step, failure, executor()) == Exhausted(failure)
    assert decisions() == [("", "give_up", "nothing_helped")]


@pytest.mark.parametrize(("choice", "outcome"), [("skip", "skipped"), ("abort", "aborted")])
async def test_a_persons_decision_ends_the_recovery(engine, executor, step, fail, journal, choice, outcome):
    made = engine(enable_retry=False, enable_user_fulfillment=True, asker=Person(Answer(choice=choice)))
    assert await made.recover(step, fail(), executor()) == Decided(choice, "person")
    assert (journal[-1].outcome, journal[-1].strategy) == (outcome, "user_fulfillment")


async def test_strategies_come_in_their_order(engine, executor, step, fail, decisions):
    made = engine(
        retry_attempts=1,
        enable_alternative_flows=True,
        enable_user_fulfillment=True,
        asker=Person(Answer(choice="skip")),
    )
    await made.recover(step, fail(), executor(fail("rate_limited"), fail("refused")))
    strategies = dict.fromkeys(strategy for strategy, _, _ in decisions())
    assert list(strategies) == ["retry", "alternative_flow", "user_fulfillment"]


async def test_the_steps_deadline_interrupts_a_sleep(engine, executor, step, fail, time, journal, decisions):
    made = engine(max_step_recovery_time_ms=400, base_retry_delay_ms=9_000)
    assert await made.recover(step, fail(), executor()) == DeadlineReached("step")
    assert time.monotonic() == 0.4
    assert decisions()[-1] == ("retry", "give_up", "step_deadline")
    assert (journal[-1].outcome, journal[-1].recovery_ms, made.recovered_ms) == ("deadline", 400, 400)


async def test_the_steps_deadline_interrupts_a_running_attempt(engine, executor, step, fail, time, journal):
    steps = executor(True, seconds=100)
    made = engine(max_step_recovery_time_ms=3_000, base_retry_delay_ms=0)
    assert await made.recover(step, fail(), steps) == DeadlineReached("step")
    assert (time.monotonic(), journal[-1].attempts, journal[-1].cost_lamports) == (3.0, 1, 5_000)


async def test_the_flows_deadline_counts_all_its_recoveries(engine, executor, step, fail):
    made = engine(max_recovery_time_ms=10_000, max_step_recovery_time_ms=8_000, base_retry_delay_ms=0)
    assert await made.recover(step, fail(), executor(True, seconds=7)) == Recovered("retry")
    assert made.recovered_ms == 7_000
    assert await made.recover(step, fail(), executor(True, seconds=7)) == DeadlineReached("flow")
    assert made.recovered_ms == 10_000
    assert await made.recover(step, fail(), executor(True)) == DeadlineReached("flow")


async def test_recovery_before_an_interruption_counts(engine, executor, step, fail):
    made = engine(recovered_ms=30_000)
    assert await made.recover(step, fail(), executor(True)) == DeadlineReached("flow")


async def test_cancellation_from_outside_passes_through(with_strategies, executor, step, fail, journal):
    class Hanging:
        name = "hanging"

        async def recover(self, rescue):
            await asyncio.Event().wait()

    recovery = asyncio.ensure_future(with_strategies(Hanging()).recover(step, fail(), executor()))
    await asyncio.sleep(0)
    recovery.cancel()
    with pytest.raises(asyncio.CancelledError):
        await recovery
    assert journal == []


async def test_a_part_that_was_done_before_the_deadline_is_told_apart_from_what_was_not(
    engine, executor, step, fail, journal
):
    steps = executor(True, True, seconds=6)
    made = engine(
        enable_retry=False,
        enable_alternative_flows=True,
        max_step_recovery_time_ms=9_000,
        alternatives=[HALVES],
    )
    assert await made.recover(step, fail("slippage_exceeded"), steps) == DeadlineReached("step")
    assert journal[-1].changed == ("done in part: swap 0.5 SOL to USDC",)
    assert journal[-1].missed == ("not done: swap 0.5 SOL to USDC",)


async def test_a_step_without_a_typed_form_is_recovered_as_it_is(engine, executor, fail):
    steps = executor(True)
    untyped = FailedStep("swap_1", "Do something", None)
    assert await engine().recover(untyped, fail(), steps) == Recovered("retry")
    assert steps.parts == [StepPart(part_id="swap_1")]
