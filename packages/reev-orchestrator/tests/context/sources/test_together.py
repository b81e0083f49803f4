import asyncio

import pytest

from reev_orchestrator.context.sources._together import together


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
