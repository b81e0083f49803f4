import asyncio
from contextlib import contextmanager, suppress

import pytest

from reev_types.testing import SteppedClock
from reev_types.waiting import within


class PatientClock(SteppedClock):
    """Waits until the test says that the time is over."""

    def __init__(self):
        super().__init__()
        self.over = asyncio.Event()

    async def sleep(self, seconds):
        self.sleeps.append(seconds)
        await self.over.wait()


async def seven():
    return 7


async def eight_later():
    for _ in range(3):
        await asyncio.sleep(0)
    return 8


@contextmanager
def no_task_left():
    before = asyncio.all_tasks()
    yield
    assert asyncio.all_tasks() == before


async def test_work_that_never_waits_needs_no_timer():
    clock = PatientClock()
    with no_task_left():
        assert await within(clock, 5, seven()) == 7
    assert clock.sleeps == []


async def test_work_in_time_returns_and_leaves_no_timer():
    clock = PatientClock()
    with no_task_left():
        assert await within(clock, 5, eight_later()) == 8
    assert clock.sleeps == [5]


async def test_work_out_of_time_is_cancelled():
    with no_task_left(), pytest.raises(TimeoutError):
        await within(SteppedClock(), 5, asyncio.Event().wait())


async def test_an_error_of_the_work_is_raised():
    async def failing():
        await asyncio.sleep(0)
        raise ValueError("no")

    with no_task_left(), pytest.raises(ValueError, match="no"):
        await within(PatientClock(), 5, failing())


async def test_what_work_raises_when_it_is_cancelled_is_not_missed_by_anybody():
    async def stubborn():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ValueError("late") from None

    with no_task_left(), pytest.raises(TimeoutError):
        await within(SteppedClock(), 5, stubborn())


async def test_cancelling_ends_the_work_first():
    ended = []

    async def work():
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append(True)

    task = asyncio.ensure_future(within(PatientClock(), 5, work()))
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert ended == [True]
