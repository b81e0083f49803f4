from reev_types.amounts import ExactAmount
from reev_types.intents import SwapIntent
from reev_types.tokens import SOL_MINT, find_token


def swap(**terms):
    return SwapIntent(
        input_mint=SOL_MINT, output_mint=find_token("USDC").mint, amount=ExactAmount(raw=1), **terms
    ).to_json()


def test_terms_of_a_swap_that_were_left_open_are_not_written():
    assert not {"slippage_bps", "venue"} & swap().keys()


def test_terms_of_a_swap_that_were_said_are_written():
    said = swap(slippage_bps=80, venue="Raydium")
    assert (said["slippage_bps"], said["venue"]) == (80, "Raydium")
