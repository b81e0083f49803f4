from collections.abc import Callable
from typing import Any

import pytest

from reev_runner.lint._magnitudes import token_amounts

Lint = Callable[..., list[Any]]

USER = "pubkey: USER_WALLET_PUBKEY, "
CHANGE = "type: SolBalanceChange, " + USER
USDC = "type: TokenAccountBalance, pubkey: USER_USDC_ATA, "
SOL_MINT = "So11111111111111111111111111111111111111112"
USDC_MINT = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"


def test_a_lone_upper_bound_below_zero_demands_a_loss(lint: Lint):
    (finding,) = lint("inverted-sign", CHANGE + "expected_change_lte: -180500000")
    assert finding.message == "demands that at least 0.1805 SOL leave USER_WALLET_PUBKEY"
    assert finding.suggestion == "for 'not more than', write expected_change_gte"
    assert finding.at.startswith("-180500000")


@pytest.mark.parametrize(
    "bounds",
    [
        (CHANGE + "expected_change_lte: -5, expected_change_gte: -9",),
        (CHANGE + "expected_change_lte: -5", CHANGE + "expected_change_gte: -9"),
        (CHANGE + "expected_change_lte: 0",),
        (CHANGE + "expected_change_gte: -9",),
        ("type: MultiPoolDiversification, pubkey: USER_WALLET_PUBKEY, min_pools: 1",),
    ],
)
def test_intervals_and_limits_have_their_sign_right(lint: Lint, bounds: tuple[str, ...]):
    assert lint("inverted-sign", *bounds) == []


@pytest.mark.parametrize(
    ("prompt", "bound", "message"),
    [
        ("use my 50% sol", CHANGE + "expected_change_gte: -200500000", "0.2005 SOL is a tenth of the 2 SOL"),
        ("use 30% of my SOL", CHANGE + "expected_change_lte: -120000000", "0.12 SOL is a tenth of the 1.2 SOL"),
        ("70% of my available capital", CHANGE + "expected_change_lte: -280000000", "0.28 SOL is a tenth of the 2.8"),
        ("send 0.1 SOL", "type: SolBalance, " + USER + "expected: 3000000000", "1 SOL is ten times the 0.1 SOL"),
        ("pay 15 usdc now", USDC + "expected: 1500070", "1.5 USDC is a tenth of the 15 USDC"),
    ],
)
def test_a_change_ten_times_off_the_prompt_is_reported(lint: Lint, prompt: str, bound: str, message: str):
    (finding,) = lint("wrong-magnitude", bound, prompt=prompt)
    assert finding.message.startswith(message)
    assert finding.message.endswith("of the prompt")


def test_prompts_of_steps_count_too(lint: Lint):
    flow = 'flow: [{step: 1, prompt: "swap 2 SOL"}]'
    assert len(lint("wrong-magnitude", CHANGE + "expected_change_gte: -200000000", top=flow)) == 1


@pytest.mark.parametrize(
    ("prompt", "bound"),
    [
        ("use my 50% sol", CHANGE + "expected_change_gte: -2005000000"),
        ("use my 50% sol", CHANGE + "expected_change_gte: -300000000"),
        ("send 2 SOL, then 0.2 SOL", CHANGE + "expected_change_gte: -200000000"),
        ("send 2 SOL", "type: SolBalance, " + USER + "expected_gte: 3800000000"),
        ("send 2 USDC", CHANGE + "expected_change_gte: -200000000"),
        ("use 50% of my usdc", CHANGE + "expected_change_gte: -200000000"),
        ("take 50% more risk", CHANGE + "expected_change_gte: -200000000"),
        ("use 50% of my funds", "type: MultiPoolDiversification, pubkey: USER_WALLET_PUBKEY, min_pools: 1"),
        ("use 50% of my funds", "type: JupiterLendingPosition, " + USER + f"mint: {USDC_MINT}, expected: 5"),
        ("use 50% of my funds", "type: TotalPortfolioValue, " + USER + "expected: 5"),
        ("send 2 SOL", "type: SolBalance, " + USER + "expected: 4000000000"),
    ],
)
def test_changes_that_fit_or_concern_something_else_are_left_alone(lint: Lint, prompt: str, bound: str):
    assert lint("wrong-magnitude", bound, prompt=prompt) == []


def test_amounts_are_read_with_their_tokens():
    text = "send 0.1 SOL and 15USDC, not v2 SOL, 3 apples or 0.0000000001 SOL, for 1.5x"
    assert token_amounts(text) == [(SOL_MINT, 100_000_000), (USDC_MINT, 15_000_000)]
