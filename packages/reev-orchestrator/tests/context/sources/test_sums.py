import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.context.sources._sums import HeldAccount, summed
from reev_orchestrator.mocks import nobodys_address
from reev_types.amounts import U64_MAX
from reev_types.errors import SourceError

MINTS = [nobodys_address("mint", number) for number in range(3)]
ACCOUNTS = st.lists(
    st.builds(HeldAccount, st.sampled_from(MINTS), st.integers(0, 10**15), st.just(None), st.booleans()), max_size=20
)


@given(ACCOUNTS)
def test_nothing_is_lost_or_counted_twice(accounts):
    holdings = summed(accounts)
    assert [holding.mint for holding in holdings] == sorted({account.mint for account in accounts})
    assert sum(holding.balance_raw for holding in holdings) == sum(account.amount_raw for account in accounts)
    assert sum(holding.frozen_raw for holding in holdings) == sum(
        account.amount_raw for account in accounts if account.is_frozen
    )


def test_decimals_come_from_any_account_that_states_them():
    (holding,) = summed([HeldAccount(MINTS[0], 1), HeldAccount(MINTS[0], 1, 6)])
    assert holding.decimals == 6


@pytest.mark.parametrize(
    "accounts",
    [
        [HeldAccount(MINTS[0], U64_MAX), HeldAccount(MINTS[0], 1)],
        [HeldAccount(MINTS[0], 1, 6), HeldAccount(MINTS[0], 1, 9)],
    ],
)
def test_accounts_that_contradict_each_other_are_refused(accounts):
    with pytest.raises(SourceError, match="contradict each other"):
        summed(accounts)
