import asyncio

import pytest

from reev_orchestrator.context._race import together, within
from reev_orchestrator.mocks import PausedClock


async def test_work_in_time_returns_and_leaves_no_timer():
    tasks_before = asyncio.all_tasks()
    clock = PausedClock()
    task = asyncio.ensure_future(within(clock, 5, clock.sleep(2)))
    await clock.advance(2)
    assert await task is None
    await clock.advance(10)
    assert asyncio.all_tasks() == tasks_before


async def test_work_that_never_waits_needs_no_timer():
    async def seven():
        return 7

    class NoSleep(PausedClock):
        async def sleep(self, seconds):
            raise AssertionError("nobody should sleep")

    assert await within(NoSleep(), 5, seven()) == 7


async def test_work_out_of_time_is_cancelled():
    tasks_before = asyncio.all_tasks()
    clock = PausedClock()
    work = asyncio.Event()
    task = asyncio.ensure_future(within(clock, 5, work.wait()))
    await clock.advance(5)
    with pytest.raises(TimeoutError):
        await task
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == tasks_before


async def test_the_first_error_of_several_ends_the_others():
    tasks_before = asyncio.all_tasks()

    async def failing():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await together(asyncio.Event().wait(), failing())
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == tasks_before


async def test_answers_of_several_come_in_order():
    async def later(turns):
        for _ in range(turns):
            await asyncio.sleep(0)
        return turns

    assert await together(later(3), later(1), later(2)) == [3, 1, 2]
