import pytest

from reev_orchestrator.context import CacheLimits, ContextSettings
from reev_types.errors import UsageError

GOOD = {"capacity": 1, "fresh_s": 1, "stale_s": 2, "patience_s": 1}


@pytest.mark.parametrize(
    "bad",
    [{"capacity": 0}, {"fresh_s": 0}, {"fresh_s": 3}, {"stale_s": float("inf")}, {"patience_s": 0}, {"patience_s": -1}],
)
def test_limits_that_bound_nothing_are_refused(bad):
    assert CacheLimits(**GOOD)
    with pytest.raises(UsageError, match="bad_limit"):
        CacheLimits(**GOOD | bad)


def test_wallets_are_fresh_for_five_minutes_and_prices_for_thirty_seconds():
    settings = ContextSettings()
    assert (settings.wallets.fresh_s, settings.prices.fresh_s) == (300, 30)
    assert settings.longest_s == 8
