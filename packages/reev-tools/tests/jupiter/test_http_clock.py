from reev_tools.jupiter.testing import ManualClock
from reev_types.testing import ClockContract


class TestManualClock(ClockContract):
    def clock(self):
        return ManualClock()


async def test_sleeping_moves_both_times():
    clock = ManualClock()
    await clock.sleep(90.5)
    assert clock.now_iso() == "2026-11-22T12:01:30.500Z"
    assert clock.monotonic() == 90.5
