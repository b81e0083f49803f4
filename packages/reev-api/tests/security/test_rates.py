from __future__ import annotations

import pytest

from reev_api._problems import ProblemError
from reev_api.security import Rates


class StillClock:
    seconds = 0.0

    def monotonic(self):
        return self.seconds


def _refused(rates, caller):
    try:
        rates.take(caller)
    except ProblemError as error:
        return int(error.headers["Retry-After"])
    return None


def test_a_burst_is_allowed_and_then_a_rate():
    clock = StillClock()
    rates = Rates(2, 3, clock)
    assert [_refused(rates, "a") for _ in range(4)] == [None, None, None, 1]
    clock.seconds = 1
    assert [_refused(rates, "a") for _ in range(3)] == [None, None, 1]


def test_callers_do_not_take_from_each_other():
    rates = Rates(1, 1, StillClock())
    assert [_refused(rates, caller) for caller in "abab"] == [None, None, 1, 1]


def test_silence_never_fills_more_than_a_burst():
    clock = StillClock()
    rates = Rates(100, 2, clock)
    rates.take("a")
    clock.seconds = 1_000
    assert [_refused(rates, "a") for _ in range(3)] == [None, None, 1]


def test_the_wait_is_as_long_as_it_has_to_be():
    rates = Rates(0.1, 1, StillClock())
    rates.take("a")
    assert _refused(rates, "a") == 10


def test_who_asked_long_ago_is_forgotten_first():
    rates = Rates(1, 1, StillClock())
    for number in range(10_001):
        rates.take(str(number))
    assert _refused(rates, "0") is None
    assert _refused(rates, "10000") == 1


def test_a_refusal_is_a_problem():
    rates = Rates(1, 1, StillClock())
    rates.take("a")
    with pytest.raises(ProblemError) as refused:
        rates.take("a")
    assert (refused.value.problem.status, refused.value.problem.code) == (429, "too_many_requests")
