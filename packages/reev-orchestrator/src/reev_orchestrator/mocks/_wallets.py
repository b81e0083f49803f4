"""Five wallets by name, from a nearly empty one to one that uses everything."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from reev_orchestrator.context import total_value_usd
from reev_types.amounts import format_ui, to_raw
from reev_types.contexts import TokenBalance, WalletContext
from reev_types.errors import UsageError
from reev_types.tokens import SOL_MINT, find_token

from ._addresses import nobodys_address
from ._markets import MOCK_PRICES

__all__ = ["DEFAULT_MOCK_WALLET", "MOCK_WALLETS", "make_context", "mock_wallet", "mock_wallet_named_by"]

DEFAULT_MOCK_WALLET = "balanced"
_PREFIX = "demo:"


class _Holdings(NamedTuple):
    sol: str
    tokens: Mapping[str, str] = MappingProxyType({})
    """UI amounts by symbol."""


_HOLDINGS: Mapping[str, _Holdings] = {
    "empty": _Holdings("1"),
    "sol_only": _Holdings("10"),
    "balanced": _Holdings("5", {"USDC": "5000", "USDT": "2000"}),
    "defi_power": _Holdings("50", {"USDC": "100000", "USDT": "50000", "BONK": "1000000", "mSOL": "10"}),
    "small_holder": _Holdings("0.5", {"USDC": "100", "BONK": "100000"}),
}

MOCK_WALLETS: tuple[str, ...] = tuple(_HOLDINGS)


def mock_wallet(name: str = DEFAULT_MOCK_WALLET, prices_usd: Mapping[str, Decimal] = MOCK_PRICES) -> WalletContext:
    """Return a named wallet, valued at ``prices_usd`` (by mint); raises UsageError ``unknown_mock_wallet``."""
    if name not in _HOLDINGS:
        known = ", ".join(MOCK_WALLETS)
        raise UsageError(
            "unknown_mock_wallet", f"no mock wallet is named {name[:40]!r}", suggestions=(f"one of {known}",)
        )
    sol, tokens = _HOLDINGS[name]
    amounts = {find_token(symbol).mint: Decimal(amount) for symbol, amount in tokens.items()}
    return make_context(nobodys_address("wallet", name), amounts | {SOL_MINT: Decimal(sol)}, prices_usd)


def mock_wallet_named_by(text: str) -> WalletContext | None:
    """Return the wallet that ``demo:<name>`` means, None for another text; raises like ``mock_wallet``."""
    return mock_wallet(text.removeprefix(_PREFIX)) if text.startswith(_PREFIX) else None


def make_context(owner: str, amounts: Mapping[str, Decimal], prices_usd: Mapping[str, Decimal]) -> WalletContext:
    """Return a context of UI amounts of registered tokens by mint, native SOL under the wSOL mint."""
    context = WalletContext(
        owner=owner,
        sol_balance=to_raw(amounts.get(SOL_MINT, Decimal(0)), 9),
        token_balances={mint: _balance(mint, amount) for mint, amount in amounts.items() if mint != SOL_MINT},
        token_prices=dict(prices_usd),
    )
    return context.model_copy(update={"total_value_usd": total_value_usd(context)})


def _balance(mint: str, amount: Decimal) -> TokenBalance:
    token = find_token(mint)
    raw = to_raw(amount, token.decimals)
    return TokenBalance(
        mint=mint,
        balance=raw,
        decimals=token.decimals,
        symbol=token.symbol,
        formatted_amount=format_ui(raw, token.decimals),
    )
