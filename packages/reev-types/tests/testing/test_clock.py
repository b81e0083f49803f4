from reev_types.testing import ClockContract, SteppedClock


class TestSteppedClock(ClockContract):
    def clock(self):
        return SteppedClock()


async def test_sleeping_moves_both_times():
    clock = SteppedClock()
    await clock.sleep(90.5)
    assert clock.now_iso() == "2026-01-01T00:01:30.500Z"
    assert clock.monotonic() == 90.5
