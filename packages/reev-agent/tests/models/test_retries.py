import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_agent.models import RetryPolicy
from reev_agent.models._retries import retry_after_s

NOW = "2026-11-22T12:00:00.000Z"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, 30),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after-ms": "x", "retry-after": "3"}, 3),
    ],
)
def test_the_wait_that_a_server_asks_for(headers, seconds):
    assert retry_after_s(headers, NOW) == seconds


def test_a_wait_asked_for_is_honoured_up_to_a_cap():
    assert RetryPolicy().wait_s(1, 7) == 7
    assert RetryPolicy().wait_s(1, 86_400) == 60


@given(st.integers(), st.integers(1, 20))
def test_waits_double_up_to_a_bound_and_vary_by_a_quarter(seed, attempt):
    wait = RetryPolicy(seed=seed).wait_s(attempt)
    middle = min(0.5 * 2 ** (attempt - 1), 8)
    assert 0.75 * middle <= wait <= 1.25 * middle


def test_the_same_seed_waits_alike_and_another_does_not():
    assert RetryPolicy(seed=1).wait_s(2) == RetryPolicy(seed=1).wait_s(2)
    assert RetryPolicy(seed=1).wait_s(2) != RetryPolicy(seed=2).wait_s(2)


@given(st.text())
def test_no_header_breaks_it(text):
    assert (retry_after_s({"retry-after": text}, NOW) or 0) >= 0
