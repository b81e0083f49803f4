import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.recovery import DeadlineReached, Exhausted, Recovered, RetryStrategy
from reev_types.recovery import FailureClass, RecoveryConfig, StepFailure

SEED_WITHOUT_JITTER = 227
"""Its first delay is the ceiling itself."""


def failure_number(attempt, **details):
    return StepFailure(step_id="swap_1", attempt=attempt, code="x", failure_class=FailureClass.UNKNOWN, **details)


@given(
    base=st.integers(0, 5_000),
    longest=st.integers(0, 20_000),
    multiplier=st.decimals(1, 4, places=2),
    attempt=st.integers(1, 12),
    seed=st.integers(0, 2**64),
)
def test_a_delay_lies_in_the_upper_half_of_its_ceiling(base, longest, multiplier, attempt, seed):
    config = RecoveryConfig(base_retry_delay_ms=base, max_retry_delay_ms=longest, backoff_multiplier=multiplier)
    strategy = RetryStrategy(config, seed=seed, flow="flow")
    ceiling = int(min(longest, base * multiplier ** (attempt - 1)))
    delay = strategy.delay_ms(failure_number(attempt))
    assert ceiling // 2 <= delay <= ceiling
    assert delay == strategy.delay_ms(failure_number(attempt))


def test_seed_flow_step_and_attempt_spread_delays():
    def delays(seed, flow, step_id="swap_1"):
        strategy = RetryStrategy(RecoveryConfig(backoff_multiplier=1, base_retry_delay_ms=10_000), seed=seed, flow=flow)
        return [strategy.delay_ms(failure_number(n).model_copy(update={"step_id": step_id})) for n in (1, 2, 3)]

    spread = [delays(1, "a"), delays(2, "a"), delays(1, "b"), delays(1, "a", "swap_2")]
    assert len({delay for each in spread for delay in each}) == 12


@pytest.mark.parametrize(("retry_after_ms", "waited_ms"), [(25_000, 25_000), (1, 600), (None, 600)])
def test_who_says_when_to_come_back_is_believed_even_beyond_the_longest_delay(retry_after_ms, waited_ms):
    config = RecoveryConfig(base_retry_delay_ms=600, max_retry_delay_ms=600)
    strategy = RetryStrategy(config, seed=SEED_WITHOUT_JITTER, flow="flow")
    assert strategy.delay_ms(failure_number(1, retry_after_ms=retry_after_ms)) == waited_ms


async def test_coming_back_later_than_the_deadline_is_not_waited_for(engine, executor, step, fail, time):
    result = await engine().recover(step, fail(retry_after_ms=31_000), executor(True))
    assert (result, time.monotonic()) == (DeadlineReached("flow"), 30.0)


async def test_a_permanent_failure_is_not_retried(engine, executor, step, fail, time, decisions):
    failure = fail("insufficient_funds")
    assert await engine().recover(step, failure, executor()) == Exhausted(failure)
    assert time.monotonic() == 0
    assert decisions()[0] == ("retry", "pass", "permanent")


async def test_a_failure_that_becomes_permanent_ends_the_retries(engine, executor, step, fail):
    steps = executor(fail("refused"))
    result = await engine().recover(step, fail(), steps)
    assert (result.failure.code, len(steps.parts)) == ("refused", 1)


@pytest.mark.parametrize("attempts", [0, 1, 5])
async def test_so_many_attempts_are_made_after_the_first_and_none_is_waited_for_after_the_last(
    engine, executor, step, fail, skipped, attempts
):
    steps = executor(*[fail()] * attempts)
    made = engine(retry_attempts=attempts, base_retry_delay_ms=10, max_retry_delay_ms=10)
    assert isinstance(await made.recover(step, fail(), steps), Exhausted)
    assert (len(steps.parts), len(skipped)) == (attempts, attempts)


async def test_attempts_before_an_interruption_count(engine, executor, step, fail):
    steps = executor(fail())
    steps.number = 3
    assert isinstance(await engine().recover(step, fail(attempt=3), steps), Exhausted)
    assert len(steps.parts) == 1


async def test_retries_take_the_step_as_it_was_asked_for(engine, executor, step, fail):
    steps = executor(fail(), True)
    assert await engine().recover(step, fail(), steps) == Recovered("retry")
    assert steps.asked == [("swap_1", None)] * 2
