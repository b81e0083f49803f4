import pytest

from reev_agent.deterministic._calls import wish
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, StepAmount, UsdAmount
from reev_types.contexts import PreviousResult, TokenBalance
from reev_types.errors import AmountError, TokenError
from reev_types.intents import LendDepositIntent, LendMintIntent, LendRedeemIntent, LendWithdrawIntent, SwapIntent
from reev_types.tokens import SOL_MINT, find_token

USDC, BONK, JLUSDC = (find_token(symbol).mint for symbol in ("USDC", "BONK", "jlUSDC"))
SEVEN, HALF = ExactAmount(raw=7), ShareAmount(of="0.5")
SWAPPED, LENT = StepAmount(step_id="swap_1"), StepAmount(step_id="lend_1")


@pytest.fixture
def lender(context):
    """Holds 20 USDC and 9 shares of its vault; a swap brought USDC, and a deposit brought shares."""
    wallet = context.wallet_context
    shares = TokenBalance(mint=JLUSDC, balance=9_000_000, decimals=6)
    lent = PreviousResult(step_id="lend_1", success=True, summary="", produced_raw={JLUSDC: 4_000_000})
    return context.model_copy(
        update={
            "wallet_context": wallet.model_copy(update={"token_balances": {**wallet.token_balances, JLUSDC: shares}}),
            "previous_results": (*context.previous_results, lent),
        }
    )


def swap(amount, *, side="in", input_mint=SOL_MINT, output_mint=USDC):
    return SwapIntent(input_mint=input_mint, output_mint=output_mint, side=side, amount=amount)


@pytest.mark.parametrize(
    ("intent", "arguments"),
    [
        (swap(SEVEN), {"amount_raw": 7}),
        (swap(AllAmount()), {"amount": "max"}),
        (swap(HALF), {"amount_raw": 2_000_000_000}),
        (swap(UsdAmount(value="30")), {"amount_raw": 200_000_000}),
        (swap(SWAPPED, input_mint=USDC, output_mint=SOL_MINT), {"amount_raw": 394_358_118}),
        (swap(SEVEN, side="out"), {"swap_mode": "ExactOut", "amount_raw": 7}),
        (swap(HALF, side="out"), {"swap_mode": "ExactOut", "amount_raw": 10_000_000}),
        (swap(AllAmount(), side="out"), {"swap_mode": "ExactOut", "amount_raw": 20_000_000}),
    ],
    ids=str,
)
def test_a_swap_counts_what_is_spent_or_what_is_received(lender, intent, arguments):
    pair = {"input_mint": intent.input_mint, "output_mint": intent.output_mint}
    assert wish(intent, lender) == ("jupiter_swap", pair | arguments)


def test_a_swap_keeps_to_the_slippage_and_the_venue_that_are_asked_for(lender):
    intent = SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=SEVEN, slippage_bps=0, venue="Whirlpool")
    _, arguments = wish(intent, lender)
    assert (arguments["slippage_bps"], arguments["venue"]) == (0, "Whirlpool")


@pytest.mark.parametrize(
    ("amount", "argument"),
    [
        (SEVEN, {"amount_raw": 7}),
        (AllAmount(), {"amount": "max"}),
        (HALF, {"amount_raw": 10_000_000}),
        (SWAPPED, {"amount_raw": 394_358_118}),
    ],
    ids=str,
)
def test_a_deposit_counts_assets(lender, amount, argument):
    intent = LendDepositIntent(mint=USDC, amount=amount)
    assert wish(intent, lender) == ("jupiter_lend_earn_deposit", {"asset_mint": USDC} | argument)


@pytest.mark.parametrize(
    ("amount", "argument"),
    [
        (SEVEN, {"amount_raw": 7}),
        (AllAmount(), {"amount": "max"}),
        (ShareAmount(of="1"), {"amount": "max"}),
        (SWAPPED, {"amount_raw": 394_358_118}),
    ],
    ids=str,
)
def test_a_withdrawal_counts_assets(lender, amount, argument):
    intent = LendWithdrawIntent(mint=USDC, amount=amount)
    assert wish(intent, lender) == ("jupiter_lend_earn_withdraw", {"asset_mint": USDC} | argument)


@pytest.mark.parametrize(("amount", "shares_raw"), [(HALF, 4_500_000), (LENT, 4_000_000)], ids=str)
def test_a_part_of_a_position_and_what_a_deposit_brought_are_redeemed_as_shares(lender, amount, shares_raw):
    intent = LendWithdrawIntent(mint=USDC, amount=amount)
    assert wish(intent, lender) == ("jupiter_lend_earn_redeem", {"asset": USDC, "shares_raw": shares_raw})


@pytest.mark.parametrize(
    ("intent", "argument"),
    [
        (LendMintIntent(mint=USDC, shares=SEVEN), {"shares_raw": 7}),
        (LendMintIntent(mint=USDC, shares=AllAmount()), {"shares": "max"}),
        (LendMintIntent(mint=USDC, shares=LENT), {"shares_raw": 4_000_000}),
        (LendRedeemIntent(mint=USDC, shares=SEVEN), {"shares_raw": 7}),
        (LendRedeemIntent(mint=USDC, shares=AllAmount()), {"shares": "max"}),
        (LendRedeemIntent(mint=USDC, shares=AllAmount(keep_raw=1)), {"shares_raw": 8_999_999}),
        (LendRedeemIntent(mint=USDC, shares=HALF), {"shares_raw": 4_500_000}),
    ],
    ids=str,
)
def test_minting_and_redeeming_count_shares(lender, intent, argument):
    tool = intent.kind.removeprefix("lend_")
    assert wish(intent, lender) == (f"jupiter_lend_earn_{tool}", {"asset": USDC} | argument)


def test_a_share_mint_that_is_not_known_is_said(lender):
    with pytest.raises(TokenError) as raised:
        wish(LendRedeemIntent(mint=BONK, shares=SEVEN), lender)
    assert raised.value.code == "no_vault"


def test_keeping_assets_in_a_position_of_unknown_worth_is_not_guessed(lender):
    with pytest.raises(AmountError) as raised:
        wish(LendWithdrawIntent(mint=USDC, amount=AllAmount(keep_raw=1)), lender)
    assert raised.value.code == "unknown_position"
