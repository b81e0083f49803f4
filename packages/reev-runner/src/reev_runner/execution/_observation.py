"""The state of the accounts that a verdict looks at, read from the chain."""

from __future__ import annotations

from collections.abc import Iterable

from reev_runner.judgement import StateView
from reev_types.chain import Chain

__all__ = ["observe"]


async def observe(chain: Chain, subjects: Iterable[str], holders: Iterable[str]) -> StateView:
    """Return lamports and tokens of ``subjects``, and for ``holders`` the sums over their token accounts."""
    lamports: dict[str, int] = {}
    tokens_raw: dict[str, int] = {}
    for address in subjects:
        account = await chain.account(address)
        token = await chain.token_account(address)
        if account is not None:
            lamports[address] = account.lamports
        if token is not None:
            tokens_raw[address] = token.amount_raw
    held_raw = {wallet: await _held(chain, wallet) for wallet in holders}
    return StateView(lamports=lamports, tokens_raw=tokens_raw, held_raw=held_raw)


async def _held(chain: Chain, wallet: str) -> dict[str, int]:
    totals: dict[str, int] = {}
    for token in await chain.token_accounts(wallet):
        totals[token.mint] = totals.get(token.mint, 0) + token.amount_raw
    return totals
