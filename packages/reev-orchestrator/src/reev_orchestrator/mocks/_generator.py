"""Wallets out of a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

from reev_orchestrator.context import total_value_usd
from reev_types.amounts import format_ui, to_ui
from reev_types.contexts import TokenBalance, WalletContext
from reev_types.tokens import SOL_MINT, TOKENS, symbol_of

from ._addresses import nobodys_address
from ._markets import MOCK_PRICES
from ._wallets import make_context

__all__ = ["generated_wallet"]

_SMALLEST_DIGITS, _LARGEST_DIGITS = 3, 14


def generated_wallet(
    seed: int, *, prices_usd: Mapping[str, Decimal] = MOCK_PRICES, strange_tokens: int = 0
) -> WalletContext:
    """Return a wallet with some of the registry's tokens, the same for the same seed.

    Amounts spread over eleven orders of magnitude. ``strange_tokens`` adds so many mints that are in no registry and
    have no price, which leaves the wallet without a total value.
    """
    random = Random(f"reev wallet {seed}")
    others = [token for token in TOKENS if token.mint != SOL_MINT]
    held = random.sample(others, random.randint(0, len(others)))
    amounts = {token.mint: to_ui(_amount_raw(random), token.decimals) for token in held}
    amounts[SOL_MINT] = to_ui(_amount_raw(random), 9)
    context = make_context(nobodys_address("generated", seed), amounts, prices_usd)
    strangers = {token.mint: token for token in _strangers(random, seed, strange_tokens)}
    context = context.model_copy(update={"token_balances": context.token_balances | strangers})
    return context.model_copy(update={"total_value_usd": total_value_usd(context)})


def _strangers(random: Random, seed: int, count: int) -> Iterator[TokenBalance]:
    for number in range(count):
        mint, raw, decimals = nobodys_address("mint", seed, number), _amount_raw(random), random.randint(0, 9)
        yield TokenBalance(
            mint=mint,
            balance=raw,
            decimals=decimals,
            symbol=symbol_of(mint),
            formatted_amount=format_ui(raw, decimals),
        )


def _amount_raw(random: Random) -> int:
    digits = random.randint(_SMALLEST_DIGITS, _LARGEST_DIGITS)
    return random.randrange(10 ** (digits - 1), 10**digits)
