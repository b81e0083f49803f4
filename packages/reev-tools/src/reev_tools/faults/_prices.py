"""Somebody else's swap, by what it leaves in the pools."""

from __future__ import annotations

from math import isqrt

from reev_tools.jupiter import Quote
from reev_tools.market.swap import Hop, quote_in, read_pool
from reev_types.chain import AccountState, Chain

from ._balances import after_transfer

__all__ = ["accounts_after_move"]

_BPS = 10_000


async def accounts_after_move(chain: Chain, quote: Quote, bps: int) -> tuple[AccountState, ...]:
    """Return the vaults of the pools that ``quote`` pays into, after a swap that costs it about ``bps``.

    The swap goes the same way as the quote's, at the program's own terms. Raises ChainError ``unknown_pool``,
    AmountError for pools that cannot take it.
    """
    accounts: list[AccountState] = []
    for pool in _entrances(quote):
        hop = (await read_pool(chain, pool)).hop(quote.input_mint)
        accounts.extend(await _after(chain, hop, bps))
    return tuple(accounts)


def _entrances(quote: Quote) -> tuple[str, ...]:
    steps = (each.swap_info for each in quote.route_plan)
    return tuple(dict.fromkeys(step.amm_key for step in steps if step.input_mint == quote.input_mint))


async def _after(chain: Chain, hop: Hop, bps: int) -> tuple[AccountState, AccountState]:
    trade = quote_in((hop,), _paid_raw(hop, bps)).hops[0]
    into = await after_transfer(chain, hop.into.vault, trade.in_raw)
    return into, await after_transfer(chain, hop.out_of.vault, -trade.out_raw)


def _paid_raw(hop: Hop, bps: int) -> int:
    # With x·y constant, the price falls by the square of what the pool's input grows by.
    x = hop.into.amount_raw
    return max(isqrt(x * x * _BPS // (_BPS - bps)) - x, 1)
