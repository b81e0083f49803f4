"""Balances and mints from a chain that reev already talks to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reev_types.chain import Chain
from reev_types.sources import TokenFacts, WalletHoldings

from ._sums import HeldAccount, summed

__all__ = ["ChainSource"]


class ChainSource:
    """A ``BalanceSource`` and ``TokenSource`` from the accounts of ``chain``; raises its ChainError."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    async def holdings(self, owner: str) -> WalletHoldings:
        """Return what ``owner`` holds, decimals aside."""
        account = await self._chain.account(owner)
        tokens = await self._chain.token_accounts(owner)
        held = (HeldAccount(token.mint, token.amount_raw, is_frozen=token.frozen) for token in tokens)
        return WalletHoldings(owner=owner, lamports=account.lamports if account else 0, tokens=summed(held))

    async def tokens(self, mints: Collection[str]) -> Mapping[str, TokenFacts]:
        """Return the mints that are on the chain."""
        facts = {}
        for mint in mints:
            info = await self._chain.mint(mint)
            if info is not None:
                facts[mint] = TokenFacts(mint=mint, decimals=info.decimals)
        return facts
