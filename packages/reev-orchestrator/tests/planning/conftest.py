from __future__ import annotations

import pytest

from reev_orchestrator.language import parse
from reev_orchestrator.planning import plan
from reev_types import TokenBalance, WalletContext
from reev_types.errors import UserError
from reev_types.tokens import find_token

OWNER = "5ZWj7a1f8tWkjBESHKgrLmXshuXxqeY9SYcfbshpAqPG"


@pytest.fixture(scope="session")
def wallet():
    """Build a wallet: SOL in lamports, other tokens in raw units by symbol, prices in dollars by symbol."""

    def wallet(sol: int = 4_000_000_000, prices=None, **tokens: int) -> WalletContext:
        minted = {find_token(symbol).mint: raw for symbol, raw in tokens.items()}
        known = {"SOL": "150", "USDC": "1"} if prices is None else prices
        return WalletContext(
            owner=OWNER,
            sol_balance=sol,
            token_balances={mint: TokenBalance(mint=mint, balance=raw) for mint, raw in minted.items()},
            token_prices={find_token(symbol).mint: price for symbol, price in known.items()},
        )

    return wallet


@pytest.fixture(scope="session")
def planned(wallet):
    """Plan a sentence on a wallet, by default one of 4 SOL and 200 USDC."""

    def planned(text: str, context: WalletContext | None = None, **options):
        return plan(parse(text), context or wallet(USDC=200_000_000), flow_id="flow", **options)

    return planned


@pytest.fixture(scope="session")
def suggested(planned):
    """Return what is suggested instead of a sentence that cannot be planned."""

    def suggested(text: str) -> tuple[str, ...]:
        with pytest.raises(UserError) as caught:
            planned(text)
        return caught.value.suggestions

    return suggested


@pytest.fixture(scope="session")
def refused(planned):
    """Return code and blamed piece of a sentence that cannot be planned."""

    def refused(text: str, context: WalletContext | None = None, **options) -> tuple[str, str]:
        with pytest.raises(UserError) as caught:
            planned(text, context, **options)
        place = caught.value.place
        return caught.value.code, place.text[place.start : place.end]

    return refused
