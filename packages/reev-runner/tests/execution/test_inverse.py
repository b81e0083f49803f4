"""What undoes a call is told by what the call really did."""

import pytest

from reev_runner.execution._inverse import inverse_of, within_means
from reev_runner.execution._memory import DoneCall
from reev_types.amounts import ExactAmount
from reev_types.atomicity import AtomicMode
from reev_types.chain import TransactionOutcome
from reev_types.contexts import FlowState, PromptContext, TokenBalance, WalletContext
from reev_types.intents import BalancesIntent, LendDepositIntent, LendRedeemIntent, SwapIntent
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import BalanceChange, ToolCall

ME, OTHER = "11111111111111111111111111111112", "11111111111111111111111111111113"
USDC, SHARES, BONK = (find_token(symbol).mint for symbol in ("USDC", "jlUSDC", "BONK"))


def done(tool, *moved, owner=ME):
    changes = tuple(
        BalanceChange(
            owner=owner, mint=mint, symbol="", before_raw=10**12, after_raw=10**12 + raw, change_raw=raw, change=""
        )
        for mint, raw in moved
    )
    outcome = TransactionOutcome(signature="s", slot=1, landed=True)
    return DoneCall(ToolCall(call_id="1", tool=tool, arguments={}), "step_1", outcome, None, changes)


def exactly(raw):
    return ExactAmount(raw=raw)


@pytest.mark.parametrize(
    ("call", "intent", "reason"),
    [
        (
            done("jupiter_swap", (SOL_MINT, -205_000), (USDC, 30)),
            SwapIntent(input_mint=USDC, output_mint=SOL_MINT, amount=exactly(30)),
            "",
        ),
        (
            done("jupiter_swap", (USDC, -30), (BONK, 7), (SOL_MINT, -2_044_280)),
            SwapIntent(input_mint=BONK, output_mint=USDC, amount=exactly(7)),
            "",
        ),
        (
            done("lend", (USDC, -30), (SHARES, 28), (SOL_MINT, -5_000)),
            None,
            "unknown_effect",
        ),
        (
            done("jupiter_lend_earn_deposit", (USDC, -30), (SHARES, 28), (SOL_MINT, -5_000)),
            LendRedeemIntent(mint=USDC, shares=exactly(28)),
            "",
        ),
        (
            done("jupiter_lend_earn_withdraw", (SHARES, -28), (USDC, 30), (SOL_MINT, -5_000)),
            LendDepositIntent(mint=USDC, amount=exactly(30)),
            "",
        ),
        (
            done("jupiter_lend_earn_redeem", (BONK, -28), (USDC, 30)),
            LendDepositIntent(mint=USDC, amount=exactly(30)),
            "",
        ),
        (done("sol_transfer", (SOL_MINT, -205_000)), None, "irreversible"),
        (done("spl_transfer", (USDC, -30), (SOL_MINT, -5_000)), None, "irreversible"),
        (done("jupiter_swap", (USDC, -30)), None, "unknown_effect"),
        (done("jupiter_swap"), None, "unknown_effect"),
        (done("sol_transfer", (SOL_MINT, -205_000), owner=OTHER), None, "unknown_effect"),
    ],
)
def test_a_call_is_undone_by_giving_back_what_it_brought(call, intent, reason):
    undone = inverse_of(call, ME)
    assert (undone.intent, undone.reason) == (intent, reason)


def test_what_it_had_taken_is_told_for_the_account():
    call = done("jupiter_swap", (USDC, -30), (BONK, 7), (SOL_MINT, -5_000))
    assert inverse_of(call, ME).spent_raw == {USDC: 30, SOL_MINT: 5_000}


def holding(**held):
    balances = {find_token(symbol).mint: raw for symbol, raw in held.items()}
    wallet = WalletContext(
        owner=ME,
        sol_balance=10**9,
        token_balances={mint: TokenBalance(mint=mint, balance=raw, decimals=6) for mint, raw in balances.items()},
    )
    state = FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT)
    return PromptContext(wallet_context=wallet, flow_state=state, generated_at=0)


def back(raw):
    return SwapIntent(input_mint=USDC, output_mint=SOL_MINT, amount=exactly(raw))


@pytest.mark.parametrize(
    ("intent", "affordable"),
    [
        (back(30), back(29)),
        (back(28), back(28)),
        (LendDepositIntent(mint=USDC, amount=exactly(30)), LendDepositIntent(mint=USDC, amount=exactly(29))),
        (LendRedeemIntent(mint=USDC, shares=exactly(30)), LendRedeemIntent(mint=USDC, shares=exactly(7))),
        (
            SwapIntent(input_mint=BONK, output_mint=USDC, amount=exactly(5)),
            SwapIntent(input_mint=BONK, output_mint=USDC, amount=exactly(5)),
        ),
        (BalancesIntent(), BalancesIntent()),
    ],
)
def test_no_more_is_given_back_than_is_left(intent, affordable):
    assert within_means(intent, holding(USDC=29, jlUSDC=7)) == affordable
