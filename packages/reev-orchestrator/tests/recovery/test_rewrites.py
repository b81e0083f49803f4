from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.recovery._exact import raw_of, with_raw
from reev_orchestrator.recovery._rewrites import rewritten, split_raw
from reev_types.alternatives import OtherVenue, RedeemShares, ReduceAmount, SplitAmount, WaitAndResume, WidenSlippage
from reev_types.amounts import U64_MAX, AllAmount, ExactAmount
from reev_types.contexts import TokenBalance
from reev_types.errors import UserError
from reev_types.intents import LendRedeemIntent, LendWithdrawIntent, SwapIntent, TransferIntent
from reev_types.tokens import SOL_MINT, find_token

USDC, SHARES = find_token("USDC").mint, find_token("jlUSDC").mint


@pytest.fixture
def rewrite(context):
    def make(how, intent, cap=100, known=None):
        return rewritten(how, intent, known or context, max_slippage_bps=cap)

    return make


@pytest.fixture
def lender(context):
    """Make a wallet that holds so many shares, with the price of one."""

    def make(shares_raw, price="1.25"):
        wallet = context.wallet_context
        balances = wallet.token_balances | {SHARES: TokenBalance(mint=SHARES, balance=shares_raw, decimals=6)}
        prices = wallet.token_prices | ({SHARES: Decimal(price)} if price else {}) | {USDC: Decimal(1)}
        known = wallet.model_copy(update={"token_balances": balances, "token_prices": prices})
        return context.model_copy(update={"wallet_context": known})

    return make


def withdrawal(raw):
    return LendWithdrawIntent(mint=USDC, amount=ExactAmount(raw=raw))


def code_of(call):
    with pytest.raises(UserError) as told:
        call()
    return told.value.code


@given(raw=st.integers(0, U64_MAX), parts=st.integers(2, 8))
def test_parts_add_up_to_the_whole_and_differ_by_a_unit_at_most(raw, parts):
    raws = split_raw(raw, parts)
    assert (len(raws), sum(raws)) == (parts, raw)
    assert raws[0] - raws[-1] in (0, 1)
    assert list(raws) == sorted(raws, reverse=True)


def test_a_split_says_what_the_parts_are(rewrite, swap):
    whole = swap()
    made = rewrite(SplitAmount(parts=2), whole)
    assert made.parts == (with_raw(whole, 500_000_000),) * 2
    assert made.changed == "in 2 parts: swap 0.5 SOL to USDC, then swap 0.5 SOL to USDC"
    assert made.left_out is None


@pytest.mark.parametrize("how", [SplitAmount(parts=3), ReduceAmount(to="0.3")])
def test_what_would_come_to_nothing_is_too_small(rewrite, swap, how):
    assert code_of(lambda: rewrite(how, swap(ExactAmount(raw=2)))) == "too_small"


@given(raw=st.integers(1, U64_MAX), percent=st.integers(1, 99))
def test_a_smaller_amount_and_what_it_leaves_out_are_the_whole(raw, percent):
    transfer = TransferIntent(mint=SOL_MINT, recipient="BOB", amount=ExactAmount(raw=raw))
    try:
        made = rewritten(ReduceAmount(to=Decimal(percent) / 100), transfer, None, max_slippage_bps=0)
    except UserError:
        assert raw * percent < 100
    else:
        assert raw_of(made.parts[0]) == raw * percent // 100
        assert raw_of(made.parts[0]) + raw_of(made.left_out) == raw


def test_a_smaller_amount_is_told_beside_the_one_that_was_asked_for(rewrite, swap):
    assert rewrite(ReduceAmount(to="0.5"), swap()).changed == "swap 0.5 SOL to USDC instead of swap 1 SOL to USDC"


def test_another_venue_is_the_only_one(rewrite, swap):
    made = rewrite(OtherVenue(venue="Raydium"), swap())
    assert made.parts == (swap(venue="Raydium"),)
    assert made.changed == "swap 1 SOL to USDC at Raydium only"


def test_without_a_name_any_other_venue_will_do(rewrite, swap):
    made = rewrite(OtherVenue(), swap(venue="Raydium"))
    assert made.parts == (swap(),)
    assert made.changed == "swap 1 SOL to USDC by any route"


@pytest.mark.parametrize("venue", [None, "Raydium"])
def test_the_same_venue_is_no_other_one(rewrite, swap, venue):
    assert code_of(lambda: rewrite(OtherVenue(venue=venue), swap(venue=venue))) == "not_applicable"


@pytest.mark.parametrize("how", [OtherVenue(venue="Raydium"), WidenSlippage(to_bps=100), RedeemShares()])
def test_some_rewrites_are_for_some_intents_only(rewrite, how):
    transfer = TransferIntent(mint=SOL_MINT, recipient="BOB", amount=ExactAmount(raw=1))
    assert code_of(lambda: rewrite(how, transfer)) == "not_applicable"


@given(to_bps=st.integers(1, 10_000), cap=st.integers(0, 10_000), before=st.integers(0, 10_000))
def test_slippage_widens_and_stays_within_the_cap(to_bps, cap, before):
    asked = SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ExactAmount(raw=1), slippage_bps=before)
    if min(to_bps, cap) <= before:
        assert code_of(lambda: rewritten(WidenSlippage(to_bps=to_bps), asked, None, max_slippage_bps=cap)) == (
            "slippage_capped"
        )
    else:
        made = rewritten(WidenSlippage(to_bps=to_bps), asked, None, max_slippage_bps=cap)
        assert made.parts[0].slippage_bps == min(to_bps, cap)


def test_slippage_that_was_left_to_the_tool_widens_from_its_default(rewrite, swap):
    assert code_of(lambda: rewrite(WidenSlippage(to_bps=50), swap())) == "slippage_capped"
    made = rewrite(WidenSlippage(to_bps=90), swap())
    assert made.changed == "swap 1 SOL to USDC with up to 90 instead of 50 basis points of slippage"


def test_waiting_changes_nothing_about_the_step(rewrite, swap):
    assert rewrite(WaitAndResume(seconds=1), swap()) == ((swap(),), "", None)


def test_a_withdrawal_becomes_the_redemption_of_shares_that_are_worth_no_more(rewrite, lender):
    made = rewrite(RedeemShares(), withdrawal(100_000_001), known=lender(10**9))
    assert made.parts == (LendRedeemIntent(mint=USDC, shares=ExactAmount(raw=80_000_000)),)
    assert made.changed == "redeem 80 jlUSDC instead of withdraw 100.000001 USDC from Jupiter"


def test_no_more_shares_are_given_than_there_are(rewrite, lender):
    assert raw_of(rewrite(RedeemShares(), withdrawal(10**8), known=lender(7)).parts[0]) == 7


def test_less_than_a_share_is_no_redemption(rewrite, lender):
    assert code_of(lambda: rewrite(RedeemShares(), withdrawal(1), known=lender(10**9))) == "too_small"


def test_without_a_price_nobody_knows_how_many_shares(rewrite, lender):
    assert code_of(lambda: rewrite(RedeemShares(), withdrawal(1), known=lender(10**9, None))) == "unknown_price"


def test_a_withdrawal_of_the_whole_position_is_the_redemption_of_all_its_shares(rewrite, lender):
    made = rewrite(RedeemShares(), LendWithdrawIntent(mint=USDC, amount=AllAmount()), known=lender(5_000_000, None))
    redemption = LendRedeemIntent(mint=USDC, shares=ExactAmount(raw=5_000_000))
    assert made == ((redemption,), "redeem 5 jlUSDC instead of withdraw all my USDC from Jupiter", None)


def test_a_redemption_is_no_other_way_to_redeem(rewrite, lender):
    redemption = LendRedeemIntent(mint=USDC, shares=ExactAmount(raw=5))
    assert code_of(lambda: rewrite(RedeemShares(), redemption, known=lender(5))) == "not_applicable"
