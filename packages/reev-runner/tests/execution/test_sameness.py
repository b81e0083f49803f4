"""A call that is made again in other words is the same call."""

import pytest

from reev_runner.execution._sameness import ask_for_the_same
from reev_types.tokens import find_token
from reev_types.tools import ToolCall

ALICE, BOB = "11111111111111111111111111111112", "11111111111111111111111111111113"
NAMES = {"ALICE": ALICE}
USDC = find_token("USDC").mint
STRANGE = "7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs"


def call(tool, **arguments):
    return ToolCall(call_id="1", tool=tool, arguments=arguments)


def pay(amount="20", recipient="ALICE", token="USDC", **more):
    return call("spl_transfer", recipient=recipient, token=token, amount=amount, **more)


def swap(amount="1", **more):
    return call("jupiter_swap", input_mint="SOL", output_mint="USDC", amount=amount, **more)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pay(), pay("20.00")),
        (pay(), pay(20)),
        (pay(), pay(" 20 ")),
        (pay(), pay(None, amount_raw=20_000_000)),
        (pay(), pay(recipient=ALICE)),
        (pay(), pay(token=USDC)),
        (pay(), pay(token="usdc")),
        (pay(), pay(user_pubkey="ME")),
        (pay("max"), pay("ALL")),
        (pay(token=STRANGE), pay("20.0", token=STRANGE)),
        (pay(), call("spl_transfer", recipient_pubkey="ALICE", mint_address=USDC, amount="20")),
        (call("sol_transfer", recipient=BOB, amount="1"), call("sol_tool", recipient=BOB, amount_raw=1_000_000_000)),
        (swap(), swap(slippage_bps=100)),
        (swap(), swap(venue="Raydium")),
        (swap(swap_mode="ExactOut"), swap(None, swap_mode="ExactOut", amount_raw=1_000_000)),
        (
            call("jupiter_lend_earn_redeem", asset="USDC", shares="5"),
            call("jupiter_lend_earn_redeem", mint=USDC, shares_raw=5_000_000),
        ),
    ],
)
def test_other_words_for_the_same_are_the_same(one, other):
    assert ask_for_the_same(one, other, NAMES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pay(), pay("20.000001")),
        (pay(), pay(recipient=BOB)),
        (pay(), pay(token="USDT")),
        (pay("twenty"), pay("20")),
        (pay("max"), pay("20")),
        (pay(), call("sol_transfer", recipient="ALICE", amount="20")),
        (swap(), swap(swap_mode="ExactOut")),
        (call("spl_transfer", recipient="ALICE"), pay()),
        (call("a_tool_of_ones_own", amount="20"), call("a_tool_of_ones_own", amount="20.0")),
    ],
)
def test_what_asks_for_something_else_is_another_call(one, other):
    assert not ask_for_the_same(one, other, NAMES)
