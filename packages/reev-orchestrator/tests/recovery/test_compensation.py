import pytest

from reev_orchestrator.recovery import inverse
from reev_types.amounts import AllAmount, ExactAmount
from reev_types.intents import (
    BalancesIntent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    PositionsIntent,
    RefuseIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import SOL_MINT, find_token

USDC, SHARES, BONK = (find_token(symbol).mint for symbol in ("USDC", "jlUSDC", "BONK"))
SEVEN = ExactAmount(raw=7)


def swapped(source, target, **details):
    return SwapIntent(input_mint=source, output_mint=target, **({"amount": AllAmount()} | details))


@pytest.mark.parametrize(
    ("intent", "produced", "undone"),
    [
        (swapped(SOL_MINT, USDC), USDC, swapped(USDC, SOL_MINT, amount=SEVEN)),
        (swapped(SOL_MINT, USDC, side="out"), USDC, swapped(USDC, SOL_MINT, amount=SEVEN)),
        (
            swapped(USDC, SOL_MINT, slippage_bps=30, venue="Raydium"),
            SOL_MINT,
            swapped(SOL_MINT, USDC, amount=SEVEN, slippage_bps=30),
        ),
        (LendDepositIntent(mint=USDC, amount=AllAmount()), SHARES, LendRedeemIntent(mint=USDC, shares=SEVEN)),
        (LendMintIntent(mint=USDC, shares=SEVEN), SHARES, LendRedeemIntent(mint=USDC, shares=SEVEN)),
        (LendWithdrawIntent(mint=USDC, amount=AllAmount()), USDC, LendDepositIntent(mint=USDC, amount=SEVEN)),
        (LendRedeemIntent(mint=USDC, shares=AllAmount()), USDC, LendDepositIntent(mint=USDC, amount=SEVEN)),
    ],
)
def test_exactly_what_a_step_brought_is_given_back(intent, produced, undone):
    assert inverse(intent, {produced: 7, BONK: 9}, {SOL_MINT: 1}) == (undone, "")


@pytest.mark.parametrize(
    ("intent", "reason"),
    [
        (swapped(SOL_MINT, USDC), "nothing_moved"),
        (LendDepositIntent(mint=USDC, amount=AllAmount()), "nothing_moved"),
        (LendDepositIntent(mint=BONK, amount=AllAmount()), "no_vault"),
        (LendWithdrawIntent(mint=USDC, amount=AllAmount()), "nothing_moved"),
        (TransferIntent(mint=USDC, recipient="BOB", amount=AllAmount()), "nothing_moved"),
        (BalancesIntent(), "nothing_moved"),
        (PositionsIntent(), "nothing_moved"),
        (RefuseIntent(code="unsupported"), "nothing_moved"),
    ],
)
def test_what_moved_nothing_needs_no_undoing(intent, reason):
    assert inverse(intent, {}, {}) == (None, reason)


def test_a_payment_cannot_be_taken_back():
    assert inverse(TransferIntent(mint=USDC, recipient="BOB", amount=SEVEN), {}, {USDC: 7}) == (None, "irreversible")
