"""What a wallet is worth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext

from reev_types.contexts import WalletContext
from reev_types.tokens import SOL, SOL_MINT

__all__ = ["total_value_usd", "unpriced"]

# An amount has up to 20 digits, a price up to 40, decimals shift by up to 255: nothing may be rounded.
_EXACT = Context(prec=400)


def total_value_usd(context: WalletContext) -> Decimal | None:
    """Return the exact value in US dollars; None where a holding's price or decimals are not known."""
    with localcontext(_EXACT):
        total = Decimal(0)
        for mint, raw, decimals in _holdings(context):
            price = context.token_prices.get(mint)
            if price is None or decimals is None:
                return None
            total += Decimal(raw).scaleb(-decimals) * price
        return _plain(total)


def unpriced(context: WalletContext) -> tuple[str, ...]:
    """Return the mints that the wallet holds and no price is known for, SOL first, then by address."""
    held = dict.fromkeys(mint for mint, _, _ in _holdings(context))
    return tuple(mint for mint in held if mint not in context.token_prices)


def _holdings(context: WalletContext) -> Iterator[tuple[str, int, int | None]]:
    if context.sol_balance:
        yield SOL_MINT, context.sol_balance, SOL.decimals
    for mint, token in sorted(context.token_balances.items()):
        if token.balance:
            yield mint, token.balance, token.decimals


def _plain(value: Decimal) -> Decimal:
    """Drop trailing zeros behind the point."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()
