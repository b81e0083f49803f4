import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.mocks import PausedClock
from reev_orchestrator.recovery import FlowTime

seconds = st.integers(0, 40).map(lambda quarters: quarters / 4)


async def forever():
    await asyncio.Event().wait()


def tasks_left():
    """Return the tasks that run beside the test and whatever runs it."""
    mine = {asyncio.current_task()}
    return [task for task in asyncio.all_tasks() - mine if "TestRunner" not in str(task.get_coro())]


async def test_skipped_time_counts_and_takes_none(time, skipped, clock):
    await time.sleep(2.5)
    await time.sleep(1)
    assert (time.monotonic(), clock.monotonic(), skipped) == (3.5, 0.0, [2.5, 1])
    assert time.now_iso() == clock.now_iso()


async def test_without_a_way_to_skip_a_sleep_is_the_clocks(clock):
    sleep = asyncio.ensure_future(FlowTime(clock).sleep(2))
    await clock.advance(1)
    assert not sleep.done()
    await clock.advance(1)
    assert sleep.done()


async def test_no_time_at_all_is_not_skipped(time, skipped):
    await time.sleep(0)
    await time.sleep(-1)
    assert skipped == []


async def test_work_that_ends_in_time_gives_what_it_comes_to(time):
    async def work():
        await time.sleep(1)
        return "done"

    assert await time.within(2, work()) == "done"


async def test_what_work_raises_is_raised(time):
    async def work():
        await time.sleep(1)
        raise KeyError("x")

    with pytest.raises(KeyError):
        await time.within(2, work())
    assert tasks_left() == []


async def test_a_sleep_beyond_the_limit_lets_pass_what_is_left_and_never_returns(time, skipped):
    went_on = []

    async def work():
        await time.sleep(1)
        await time.sleep(10)
        went_on.append(True)

    with pytest.raises(TimeoutError):
        await time.within(3, work())
    assert (time.monotonic(), skipped, went_on) == (3.0, [1, 2], [])


async def test_a_sleep_that_ends_with_the_limit_does_not_return(time):
    with pytest.raises(TimeoutError):
        await time.within(3, time.sleep(3))


async def test_the_nearest_of_nested_limits_binds_and_the_outer_one_still_holds(time, skipped):
    told = []

    async def work():
        try:
            await time.within(2, time.sleep(100))
        except TimeoutError:
            told.append(time.monotonic())
        await time.sleep(100)

    with pytest.raises(TimeoutError):
        await time.within(5, work())
    assert (told, time.monotonic(), skipped) == ([2.0], 5.0, [2, 3])


async def test_an_outer_limit_ends_what_an_inner_one_would_allow(time):
    with pytest.raises(TimeoutError):
        await time.within(2, time.within(5, time.sleep(100)))
    assert time.monotonic() == 2.0
    assert tasks_left() == []


async def test_of_limits_that_fall_together_the_outer_one_ends_the_work(time):
    told = []

    async def work():
        try:
            await time.within(2, time.sleep(100))
        except TimeoutError:
            told.append("inner")

    with pytest.raises(TimeoutError):
        await time.within(2, work())
    assert told == []


async def test_real_time_binds_work_that_waits_for_something_else(time, clock):
    limited = asyncio.ensure_future(time.within(3, forever()))
    await clock.advance(2.9)
    assert not limited.done()
    await clock.advance(0.1)
    with pytest.raises(TimeoutError):
        await limited
    assert tasks_left() == []


async def test_skipped_time_shortens_the_real_time_that_is_left(time, clock):
    async def work():
        await time.sleep(2)
        await forever()

    limited = asyncio.ensure_future(time.within(3, work()))
    await clock.advance(0.5)
    assert not limited.done()
    await clock.advance(0.5)
    with pytest.raises(TimeoutError):
        await limited


async def test_real_time_shortens_the_sleep_that_is_left(time, clock, skipped):
    gate = asyncio.Event()

    async def work():
        await gate.wait()
        await time.sleep(10)

    limited = asyncio.ensure_future(time.within(3, work()))
    await clock.advance(1)
    gate.set()
    with pytest.raises(TimeoutError):
        await limited
    assert skipped == [2.0]


async def test_work_that_never_waits_needs_no_timer():
    class Untouchable(PausedClock):
        async def sleep(self, seconds):
            raise AssertionError(f"a timer of {seconds} s")

    async def work():
        return 7

    assert await FlowTime(Untouchable()).within(3, work()) == 7


@pytest.mark.parametrize("seconds", [0, -1])
async def test_where_there_is_no_time_work_does_not_begin(time, seconds):
    begun = []

    async def work():
        begun.append(True)

    with pytest.raises(TimeoutError):
        await time.within(seconds, work())
    assert begun == []


async def test_cancellation_from_outside_passes_through_and_ends_the_work(time):
    ended = []

    async def work():
        try:
            await forever()
        finally:
            ended.append(True)

    limited = asyncio.ensure_future(time.within(3, work()))
    await asyncio.sleep(0)
    limited.cancel()
    with pytest.raises(asyncio.CancelledError):
        await limited
    assert ended == [True]
    assert tasks_left() == []


async def test_work_that_swallows_its_cancellation_is_left_to_itself_after_a_second(time, clock):
    release = asyncio.Event()

    async def work():
        try:
            await forever()
        except asyncio.CancelledError:
            await release.wait()
            raise KeyError("nobody hears of this") from None

    limited = asyncio.ensure_future(time.within(3, work()))
    await clock.advance(3)
    await clock.advance(0.9)
    assert not limited.done()
    await clock.advance(0.1)
    with pytest.raises(TimeoutError):
        await limited
    release.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert tasks_left() == []


async def test_cancellation_while_work_is_being_stopped_waits_for_it_and_passes_through(time, clock):
    ended = []

    async def work():
        try:
            await time.sleep(10)
        finally:
            await clock.sleep(0.5)
            ended.append(True)

    limited = asyncio.ensure_future(time.within(3, work()))
    await clock.advance(0)
    limited.cancel()
    await clock.advance(0)
    assert not limited.done()
    await clock.advance(0.5)
    with pytest.raises(asyncio.CancelledError):
        await limited
    assert ended == [True]


async def test_a_result_that_comes_after_the_limit_comes_too_late(time):
    async def work():
        try:
            await time.sleep(10)
        except asyncio.CancelledError:
            return "late"

    with pytest.raises(TimeoutError):
        await time.within(3, work())


async def test_somebody_is_told_before_work_is_cancelled(time):
    told = []

    async def work():
        try:
            await time.sleep(5)
        except asyncio.CancelledError:
            told.append("cancelled")
            raise

    with pytest.raises(TimeoutError):
        await time.within(3, work(), lambda: told.append("stopping"))
    assert told == ["stopping", "cancelled"]


async def test_nobody_is_told_of_work_that_ends_by_itself(time):
    told = []
    await time.within(3, time.sleep(1), lambda: told.append("stopping"))
    assert told == []


async def test_clearing_up_after_a_limit_may_take_skipped_time(time, skipped):
    async def work():
        try:
            await time.sleep(10)
        finally:
            await time.sleep(4)

    with pytest.raises(TimeoutError):
        await time.within(3, work())
    assert skipped == [3, 4]


async def test_a_sleep_outside_of_a_limit_ends_the_work_within_and_goes_on(time, skipped):
    limited = asyncio.ensure_future(time.within(3, forever()))
    await asyncio.sleep(0)
    await time.sleep(10)
    with pytest.raises(TimeoutError):
        await limited
    assert skipped == [3, 7]


async def test_an_error_of_whoever_moves_the_clock_is_raised_and_no_time_has_passed(clock):
    async def skip(seconds):
        raise ConnectionError

    time = FlowTime(clock, skip)
    with pytest.raises(ConnectionError):
        await time.sleep(1)
    assert time.monotonic() == 0


async def test_a_timer_that_rings_early_is_set_again(clock):
    class Hasty(PausedClock):
        async def sleep(self, seconds):
            await super().sleep(seconds / 2)

    hasty = Hasty()
    limited = asyncio.ensure_future(FlowTime(hasty).within(4, forever()))
    await hasty.advance(2)
    assert not limited.done()
    await hasty.advance(1)
    await hasty.advance(1)
    with pytest.raises(TimeoutError):
        await limited


@given(limits=st.lists(seconds, max_size=4), sleeps=st.lists(seconds, max_size=5))
async def test_time_never_passes_a_limit_and_all_of_it_is_skipped_in_order(limits, sleeps):
    skipped = []

    async def skip(passing):
        skipped.append(passing)

    time = FlowTime(PausedClock(), skip)

    async def work(limits):
        if limits:
            return await time.within(limits[0], work(limits[1:]))
        for each in sleeps:
            await time.sleep(each)
        return "done"

    try:
        outcome = await work(limits)
    except TimeoutError:
        outcome = "timeout"
    total, nearest = sum(sleeps), min(limits, default=float("inf"))
    is_in_time = nearest > 0 and total < nearest
    assert outcome == ("done" if is_in_time else "timeout")
    assert time.monotonic() == sum(skipped) == min(total, nearest)
    assert tasks_left() == []
