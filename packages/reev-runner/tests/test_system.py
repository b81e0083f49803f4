from reev_runner.system import SystemClock, SystemIds
from reev_types.testing import ClockContract, IdSourceContract


class TestSystemClock(ClockContract):
    def clock(self):
        return SystemClock()


class TestSystemIds(IdSourceContract):
    def ids(self):
        return SystemIds()
