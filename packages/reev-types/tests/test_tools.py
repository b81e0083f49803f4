import pytest

from reev_types.chain import AccountChange, TokenChange
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import BalanceChange, Refused

USDC = find_token("USDC").mint
ACCOUNT, OLD, NEW = (f"1111111111111111111111111111111{digit}" for digit in "234")


def change(before_raw=0, after_raw=0, owners=(OLD, NEW)):
    token = TokenChange(
        mint=USDC, owner_before=owners[0], owner_after=owners[1], before_raw=before_raw, after_raw=after_raw
    )
    return AccountChange(address=ACCOUNT, lamports_before=7, lamports_after=9, token=token)


@pytest.mark.parametrize(
    ("before_raw", "after_raw", "words"), [(0, 1_500_000, "+1.5"), (2_000_000, 0, "-2"), (5, 5, "0")]
)
def test_a_change_of_tokens_is_told_with_its_sign(before_raw, after_raw, words):
    told = BalanceChange.of(change(before_raw, after_raw), 6)
    assert (told.symbol, told.change_raw, told.change) == ("USDC", after_raw - before_raw, words)


@pytest.mark.parametrize(("owners", "owner"), [((OLD, NEW), NEW), ((OLD, None), OLD), ((None, None), ACCOUNT)])
def test_tokens_belong_to_the_last_owner_that_is_known(owners, owner):
    assert BalanceChange.of(change(owners=owners), 6).owner == owner


def test_a_change_without_tokens_is_one_of_sol():
    told = BalanceChange.of(AccountChange(address=ACCOUNT, lamports_before=10**9, lamports_after=900_000_000), 6)
    assert (told.owner, told.mint, told.symbol, told.change) == (ACCOUNT, SOL_MINT, "SOL", "-0.1")


def test_a_refusal_names_a_time_to_come_back_only_where_there_is_one():
    assert "retry_after_ms" not in Refused(code="dust", message="").to_json()
    assert Refused(code="rate_limited", message="", retry_after_ms=5).to_json()["retry_after_ms"] == 5
