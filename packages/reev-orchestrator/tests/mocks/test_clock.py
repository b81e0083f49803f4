import asyncio

from reev_orchestrator.mocks import PausedClock


async def test_time_passes_only_when_told():
    clock = PausedClock()
    assert (clock.monotonic(), clock.now_iso()) == (0, "2026-01-01T00:00:00.000Z")
    await clock.advance(1.5)
    assert (clock.monotonic(), clock.now_iso()) == (1.5, "2026-01-01T00:00:01.500Z")


async def test_sleepers_wake_when_their_time_has_come():
    clock, awake = PausedClock(), []

    async def sleeper(seconds):
        await clock.sleep(seconds)
        awake.append(seconds)

    tasks = [asyncio.ensure_future(sleeper(seconds)) for seconds in (3, 1, 2)]
    await clock.advance(2)
    assert sorted(awake) == [1, 2]
    await clock.advance(1)
    assert awake[-1] == 3
    assert all(task.done() for task in tasks)
