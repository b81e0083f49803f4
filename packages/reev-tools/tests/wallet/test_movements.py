"""What an exchange is said to have done is what its transaction shows, and what was agreed is held to."""

from __future__ import annotations

import pytest

from reev_tools.wallet._movements import Bounds, Moved
from reev_types.errors import ChainError
from reev_types.tokens import find_token
from reev_types.tools import Executed, Failed

SOL, USDC = 10**9, find_token("USDC").mint


async def swap(town, **arguments):
    return await town.call("jupiter_swap", **{"input_mint": "SOL", "output_mint": "USDC", "amount": "0.1", **arguments})


@pytest.mark.parametrize(
    ("moved", "holds"), [(Moved(10, 5), True), (Moved(9, 6), True), (Moved(11, 5), False), (Moved(10, 4), False)]
)
def test_bounds_hold_up_to_what_was_agreed(moved, holds):
    assert Bounds(most_spent_raw=10, least_received_raw=5).hold(moved) is holds


def withholding(chain, taken_raw):
    """Make transactions seem to bring less of USDC than they did."""
    submit = chain.submit

    async def less(transaction):
        outcome = await submit(transaction)
        changes = tuple(
            change.model_copy(
                update={"token": change.token.model_copy(update={"after_raw": change.token.after_raw - taken_raw})}
            )
            if change.token and change.token.mint == USDC and change.token.after_raw < 10**9
            else change
            for change in outcome.changes
        )
        return outcome.model_copy(update={"changes": changes})

    return less


async def test_less_than_agreed_is_no_success(market_town, monkeypatch):
    monkeypatch.setattr(market_town.chain, "submit", withholding(market_town.chain, 10_000_000))
    result = await swap(market_town)
    assert isinstance(result, Failed)
    assert result.code == "short_delivery"
    assert "took 0.1 SOL (agreed: at most 0.1 SOL) and brought 4.993992 USDC (agreed: at least 14.919" in result.message
    assert result.fee_lamports == 5_000
    assert result.suggestions


async def test_less_within_the_slippage_is_a_success(market_town, monkeypatch):
    monkeypatch.setattr(market_town.chain, "submit", withholding(market_town.chain, 10))
    result = await swap(market_town)
    assert isinstance(result, Executed)
    assert result.details["received_raw"] == result.details["quoted_out_raw"] - 10


async def test_a_chain_that_breaks_down_is_no_refusal_of_jupiters(market_town, monkeypatch):
    async def broken(*_, **__):
        raise ChainError("unreachable", "the chain is gone")

    monkeypatch.setattr(market_town.chain, "prepare", broken)
    with pytest.raises(ChainError, match="the chain is gone"):
        await swap(market_town)


async def test_an_account_for_another_mint_that_changes_along_is_told_with_its_decimals(market_town, monkeypatch):
    """A route through the wallet's own accounts may leave a trace in a third token."""
    bonk = find_token("BONK").mint
    submit = market_town.chain.submit

    async def along(transaction):
        outcome = await submit(transaction)
        usdc = next(change for change in outcome.changes if change.token and change.token.mint == USDC)
        token = usdc.token.model_copy(
            update={"mint": bonk, "owner_before": market_town.alice, "owner_after": market_town.alice}
            | {"before_raw": 0, "after_raw": 123_456}
        )
        third = usdc.model_copy(update={"address": market_town.carol, "token": token})
        return outcome.model_copy(update={"changes": (*outcome.changes, third)})

    monkeypatch.setattr(market_town.chain, "submit", along)
    result = await swap(market_town)
    assert isinstance(result, Executed)
    assert ("BONK", "+1.23456") in {(change.symbol, change.change) for change in result.balance_changes}
