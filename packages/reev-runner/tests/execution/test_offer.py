import pytest

from reev_runner.execution._offer import offered
from reev_tools.wallet import STANDARD_TOOLS
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PromptContext, TokenBalance, WalletContext
from reev_types.tokens import find_token
from reev_types.tools import ToolSpec

USDC = find_token("USDC").mint
OWNER = "So11111111111111111111111111111111111111112"
SPECS = tuple(ToolSpec(name=tool.name, description="", parameters={}, moves_funds=False) for tool in STANDARD_TOOLS)
TRADING = {"jupiter_swap", *(f"jupiter_lend_earn_{action}" for action in ("deposit", "withdraw", "mint", "redeem"))}


def context(*, sol=0, usdc=0, reserve=10):
    held = {USDC: TokenBalance(mint=USDC, balance=usdc)}
    return PromptContext(
        wallet_context=WalletContext(owner=OWNER, sol_balance=sol, token_balances=held),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.CONDITIONAL),
        sol_reserve_lamports=reserve,
        generated_at=0,
    )


def missing(*, required=(), **holdings):
    return {spec.name for spec in SPECS} - set(offered(SPECS, context(**holdings), required))


@pytest.mark.parametrize(
    ("holdings", "expected"),
    [
        ({"sol": 11, "usdc": 1}, set()),
        ({"sol": 11}, {"spl_transfer"}),
        ({"sol": 10}, {"spl_transfer", *TRADING}),
        ({"usdc": 1}, set()),
        ({}, {"spl_transfer", *TRADING}),
    ],
)
def test_tools_that_the_wallet_cannot_use_are_not_on_offer(holdings, expected):
    assert missing(**holdings) == expected


def test_a_required_tool_is_on_offer_whatever_the_wallet_holds():
    assert missing(required=("jupiter_swap",)) == {"spl_transfer", *TRADING} - {"jupiter_swap"}


def test_the_order_is_that_of_the_tools():
    names = [spec.name for spec in SPECS]
    assert list(offered(SPECS, context(usdc=1))) == names
    assert list(offered(SPECS[::-1], context(usdc=1))) == names[::-1]
