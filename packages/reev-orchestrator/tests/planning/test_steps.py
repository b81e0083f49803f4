from typing import NamedTuple

import pytest

from reev_orchestrator.planning import Quote

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
OWNER = "5ZWj7a1f8tWkjBESHKgrLmXshuXxqeY9SYcfbshpAqPG"


class Quotes(NamedTuple):
    """Gives the same quote for everything."""

    answer: Quote | None

    def quote(self, input_mint, output_mint, side, amount_raw):
        return self.answer


@pytest.mark.parametrize(
    "text",
    [
        "swap 5 SOL to USDC",
        "swap 4 SOL to USDC",
        "lend 201 USDC",
        "buy 1000 USDC with SOL",
        "buy 1 JUP with USDT",
        "mint 201 jlUSDC",
        "redeem 1 jlUSDC",
        "lend 150 USDC then lend 100 USDC",
        "swap 3 SOL to USDC and send 2 SOL to " + ALICE,
        "swap 3 SOL to USDC and swap 0.9999 SOL to USDT",
    ],
)
def test_what_the_wallet_cannot_pay_is_refused(refused, text):
    code, piece = refused(text)
    assert code == "insufficient_funds"
    assert text.endswith(piece)


def test_what_is_suggested_instead_leaves_the_reserve(suggested):
    assert suggested("swap 5 SOL to USDC") == ("give at most 3.99 SOL",)
    assert suggested("lend 201 USDC") == ("give at most 200 USDC",)
    assert suggested("buy 1 JUP with USDT") == ("show my balances",)


def test_a_wallet_without_sol_cannot_pay_fees(refused, wallet):
    assert refused("lend 1 USDC", wallet(0, USDC=10_000_000))[0] == "insufficient_funds"


def test_proceeds_are_not_counted_against_the_opening_balance(planned):
    assert planned("swap 3 SOL to USDC then lend 300 USDC").warnings == ()


def test_too_hopeful_a_use_of_proceeds_is_warned_of(planned):
    assert planned("swap 0.1 SOL to USDC then lend 300 USDC").warnings == (
        "lend_2: the steps before may not bring enough USDC",
    )


def test_sol_that_an_earlier_step_brings_may_pay_fees(planned, wallet):
    assert len(planned("swap 100 USDC to SOL then lend 1 USDC", wallet(3_000_000, USDC=200_000_000)).steps) == 2


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("swap 3.995 SOL to USDC", "0.004995 SOL is left, less than the reserve of 0.01 SOL"),
        ("withdraw 5 USDC", "the wallet shows no lending position in USDC"),
        ("withdraw 5 BONK", "the wallet shows no lending position in BONK"),
        ("send 5000 lamports to " + ALICE, "a new account cannot receive so little SOL: it would not be rent-exempt"),
        ("swap 0.000001 SOL to USDC", "swap_1: the amount is worth less than the fee"),
    ],
)
def test_what_deserves_a_second_look_is_a_warning(planned, text, warning):
    assert warning in planned(text).warnings


def test_a_token_without_a_known_vault_can_still_be_tried(planned, wallet):
    assert planned("lend 1 JUP", wallet(JUP=5_000_000)).warnings == ("reev knows no lending vault for JUP",)


def test_a_transfer_to_oneself_is_refused(refused):
    assert refused(f"send 1 USDC to {OWNER}")[0] == "self_transfer"


@pytest.mark.parametrize("text", ["swap 1 lamport to USDC"])
def test_an_exchange_that_brings_nothing_is_dust(refused, text):
    assert refused(text)[0] == "dust"


def test_quotes_make_estimates_and_warn_of_their_impact(planned):
    quoted = planned("swap 1 SOL to USDC", quotes=Quotes(Quote(10**9, 140_000_000, 250)))
    assert quoted.metadata["estimates"] == {
        "swap_1": {"input_raw": 10**9, "output_raw": 140_000_000, "source": "quote"}
    }
    assert quoted.warnings == ("swap_1: the price moves by 250 basis points",)


@pytest.mark.parametrize(("impact_bps", "cap"), [(1_001, None), (51, 50), (1, 0)])
def test_a_price_that_moves_too_far_is_refused(refused, impact_bps, cap):
    quotes = Quotes(Quote(10**9, 140_000_000, impact_bps))
    assert refused("swap 1 SOL to USDC", quotes=quotes, max_slippage_bps=cap) == (
        "price_impact_too_high",
        "swap 1 SOL to USDC",
    )


@pytest.mark.parametrize(("impact_bps", "cap"), [(1_000, None), (50, 50), (0, 0), (None, 0)])
def test_up_to_the_cap_the_price_may_move(planned, impact_bps, cap):
    plan = planned("swap 1 SOL to USDC", quotes=Quotes(Quote(10**9, 1, impact_bps)), max_slippage_bps=cap)
    assert plan.steps[0].intent.slippage_bps == cap


def test_a_cap_is_for_swaps(planned):
    swap, lend = planned("swap 1 SOL to USDC then lend it", max_slippage_bps=20).steps
    assert swap.intent.slippage_bps == 20
    assert "slippage_bps" not in lend.intent.to_json()


def test_a_quote_decides_whether_an_exact_amount_can_be_bought(refused):
    code, _ = refused("buy 50 USDC with SOL", quotes=Quotes(Quote(5 * 10**9, 50_000_000)))
    assert code == "insufficient_funds"


def test_without_quote_and_price_an_exchange_is_planned_without_an_estimate(planned, wallet):
    plan = planned("buy 50 JUP with SOL", wallet(prices={}))
    assert plan.metadata["estimates"] == {}
    assert plan.warnings == ("swap_1: no quote or price is known for SOL to JUP; what comes of it is open",)
    assert planned("swap 1 SOL to JUP", quotes=Quotes(None)).metadata["estimates"] == {}


def test_each_new_token_account_and_each_transaction_is_due(planned, wallet):
    assert planned("swap 1 SOL to USDC and swap 1 SOL to USDC", wallet()).metadata["lamports_due"] == 2_049_280
