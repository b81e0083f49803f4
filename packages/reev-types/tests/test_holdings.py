import pytest

from reev_types.amounts import AllAmount, ExactAmount, Holding, ShareAmount, StepAmount, UsdAmount
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PreviousResult, PromptContext, TokenBalance, WalletContext
from reev_types.errors import AmountError
from reev_types.holdings import holding_in, produced_by, resolve_in
from reev_types.tokens import SOL_MINT, find_token

WALLET = "11111111111111111111111111111112"
STRANGE = "11111111111111111111111111111113"
USDC, USDT = find_token("USDC").mint, find_token("USDT").mint


@pytest.fixture
def context():
    return PromptContext(
        wallet_context=WalletContext(
            owner=WALLET,
            sol_balance=4_000_000_000,
            token_balances={
                USDC: TokenBalance(mint=USDC, balance=20_000_000),
                STRANGE: TokenBalance(mint=STRANGE, balance=900, decimals=2),
            },
            token_prices={SOL_MINT: "150", STRANGE: "2"},
        ),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        previous_results=(
            PreviousResult(step_id="swap_1", success=True, summary="", produced_raw={USDC: 7, SOL_MINT: 1}),
            PreviousResult(step_id="swap_2", success=True, summary="", produced_raw={USDC: 8}),
        ),
        generated_at=0,
    )


@pytest.mark.parametrize(
    ("amount", "mint", "raw"),
    [
        (ExactAmount(raw=0), USDC, 0),
        (AllAmount(), SOL_MINT, 3_990_000_000),
        (ShareAmount(of="0.5"), USDC, 10_000_000),
        (UsdAmount(value="30"), SOL_MINT, 200_000_000),
        (UsdAmount(value="1"), STRANGE, 50),
        (StepAmount(step_id="swap_2"), USDC, 8),
    ],
)
def test_amounts_are_resolved_on_what_is_there(context, amount, mint, raw):
    assert resolve_in(amount, mint, context) == raw


def test_of_sol_the_reserve_is_not_spent(context):
    poor = context.model_copy(update={"wallet_context": context.wallet_context.model_copy(update={"sol_balance": 5})})
    assert holding_in(context, SOL_MINT).spendable_raw == 3_990_000_000
    assert holding_in(poor, SOL_MINT) == Holding(balance_raw=5, spendable_raw=0, decimals=9, price_usd=150)


def test_decimals_are_the_wallets_or_the_registrys_and_never_made_up(context):
    assert (holding_in(context, STRANGE).decimals, holding_in(context, USDC).decimals) == (2, 6)
    assert holding_in(context, USDT) == Holding(balance_raw=0, spendable_raw=0, decimals=6)
    with pytest.raises(AmountError) as told:
        holding_in(context, WALLET)
    assert told.value.code == "unknown_decimals"


def test_what_steps_brought_is_told_by_mint(context):
    assert produced_by(context, USDC) == {"swap_1": 7, "swap_2": 8}
    assert produced_by(context, USDT) == {}
