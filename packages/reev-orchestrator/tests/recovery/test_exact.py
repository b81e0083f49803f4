import pytest

from reev_orchestrator.recovery._exact import counted_mint, exact, lacking, raw_of, together, with_raw
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, StepAmount, UsdAmount
from reev_types.contexts import PreviousResult, TokenBalance
from reev_types.errors import AmountError, TokenError
from reev_types.intents import (
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import SOL_MINT, find_token

USDC, SHARES, BONK = find_token("USDC").mint, find_token("jlUSDC").mint, find_token("BONK").mint


@pytest.fixture
def lender(context):
    """A wallet with 300 lending shares of USDC, after a step that brought 40 of them and 7 USDC."""
    balances = context.wallet_context.token_balances | {SHARES: TokenBalance(mint=SHARES, balance=300, decimals=6)}
    wallet = context.wallet_context.model_copy(update={"token_balances": balances, "sol_balance": 5 * 10**9})
    earlier = (
        PreviousResult(step_id="lend_1", success=True, summary="", produced_raw={SHARES: 40}),
        PreviousResult(step_id="swap_1", success=True, summary="", produced_raw={USDC: 7}),
    )
    return context.model_copy(update={"wallet_context": wallet, "previous_results": earlier})


def withdrawal(amount):
    return LendWithdrawIntent(mint=USDC, amount=amount)


def redemption(raw):
    return LendRedeemIntent(mint=USDC, shares=ExactAmount(raw=raw))


@pytest.mark.parametrize(
    ("amount", "raw"),
    [
        (ExactAmount(raw=8), 8),
        (ShareAmount(of="0.5"), 2_500_000_000),
        (AllAmount(), 4_990_000_000),
        (UsdAmount(value="30"), 200_000_000),
    ],
)
def test_amounts_are_resolved_on_the_context(lender, amount, raw):
    transfer = TransferIntent(mint=SOL_MINT, recipient="BOB", amount=amount)
    assert exact(transfer, lender) == transfer.model_copy(update={"amount": ExactAmount(raw=raw)})


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (withdrawal(ExactAmount(raw=9)), withdrawal(ExactAmount(raw=9))),
        (withdrawal(AllAmount()), redemption(300)),
        (withdrawal(ShareAmount(of="0.5")), redemption(150)),
        (withdrawal(StepAmount(step_id="lend_1")), redemption(40)),
        (withdrawal(StepAmount(step_id="swap_1")), withdrawal(ExactAmount(raw=7))),
        (LendRedeemIntent(mint=USDC, shares=AllAmount()), redemption(300)),
    ],
)
def test_a_withdrawal_that_is_counted_by_the_position_becomes_one_of_shares(lender, asked, made):
    assert exact(asked, lender) == made


def test_a_part_of_a_position_cannot_be_kept_in_assets(lender):
    with pytest.raises(AmountError) as told:
        exact(withdrawal(AllAmount(keep_raw=1)), lender)
    assert told.value.code == "unknown_position"


@pytest.mark.parametrize(
    ("intent", "mint"),
    [
        (SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=AllAmount()), SOL_MINT),
        (SwapIntent(input_mint=SOL_MINT, output_mint=USDC, side="out", amount=AllAmount()), USDC),
        (LendDepositIntent(mint=USDC, amount=AllAmount()), USDC),
        (LendMintIntent(mint=USDC, shares=AllAmount()), SHARES),
        (redemption(1), SHARES),
    ],
)
def test_every_amount_counts_one_mint(intent, mint):
    assert counted_mint(intent) == mint


def test_a_token_without_a_vault_has_no_shares():
    with pytest.raises(TokenError) as told:
        counted_mint(LendMintIntent(mint=BONK, shares=AllAmount()))
    assert told.value.code == "no_vault"


def test_parts_add_up_and_can_be_taken_away(swap):
    whole = swap()
    assert together([with_raw(whole, 3), with_raw(whole, 4)]) == with_raw(whole, 7)
    assert raw_of(lacking(with_raw(whole, 3), with_raw(whole, 7))) == 4
    assert lacking(with_raw(whole, 7), with_raw(whole, 7)) is None
    assert lacking(redemption(1), whole) is None
