"""The wallet between two transactions of one step, as the agent knows it."""

from __future__ import annotations

from reev_agent import DeterministicAgent
from reev_agent.deterministic._progress import after
from reev_types.amounts import ShareAmount, StepAmount
from reev_types.intents import LendDepositIntent, SwapIntent
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import BalanceChange, Executed

WALLET = "11111111111111111111111111111112"
STRANGER = "11111111111111111111111111111113"
USDC, JUP = find_token("USDC").mint, find_token("JUP").mint


def executed(*changes: tuple[str, str, int, int]) -> Executed:
    told = tuple(
        BalanceChange(
            owner=owner,
            mint=mint,
            symbol="",
            before_raw=before,
            after_raw=left,
            change_raw=left - before,
            change="",
        )
        for owner, mint, before, left in changes
    )
    return Executed(signature="s", fee_lamports=5_000, balance_changes=told)


SWAPPED = executed(
    (WALLET, SOL_MINT, 4_000_000_000, 1_999_995_000),
    (WALLET, USDC, 20_000_000, 320_000_000),
    (WALLET, JUP, 0, 5),
    (STRANGER, USDC, 7, 9),
)


def test_what_a_transaction_changed_is_known_at_once(context):
    wallet = after(SWAPPED, "step_1.1", context).wallet_context
    held = {mint: token.balance for mint, token in wallet.token_balances.items()}
    assert (wallet.sol_balance, held) == (1_999_995_000, {USDC: 320_000_000, JUP: 5})
    assert wallet.token_balances[USDC].decimals == 6


def test_what_it_brought_has_a_name_of_its_own(context):
    *_, latest = after(SWAPPED, "step_1.1", context).previous_results
    assert (latest.step_id, latest.produced_raw) == ("step_1.1", {USDC: 300_000_000, JUP: 5})


def test_several_accounts_of_a_token_count_together(context):
    both = executed((WALLET, USDC, 20_000_000, 15_000_000), (WALLET, USDC, 0, 8_000_000))
    changed = after(both, "step_1.1", context)
    assert changed.wallet_context.token_balances[USDC].balance == 23_000_000
    assert changed.previous_results[-1].produced_raw == {USDC: 3_000_000}


async def test_a_later_intent_of_a_step_counts_what_is_there_by_then(planned_tools, request_for):
    tools = planned_tools([SWAPPED])
    swap = SwapIntent(input_mint=SOL_MINT, output_mint=USDC, amount=ShareAmount(of="0.5"))
    proceeds = LendDepositIntent(mint=USDC, amount=StepAmount(step_id="step_1.1"))
    part = LendDepositIntent(mint=USDC, amount=ShareAmount(of="0.1"))
    await DeterministicAgent({"step_1": [swap, proceeds, part]}).run_step(request_for(), tools)
    assert [arguments["amount_raw"] for _, arguments in tools.wishes] == [2_000_000_000, 300_000_000, 32_000_000]
