"""Token accounts summed by mint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reev_types.amounts import U64_MAX
from reev_types.errors import SourceError
from reev_types.sources import TokenHolding

__all__ = ["HeldAccount", "summed"]


class HeldAccount(NamedTuple):
    """One token account of a wallet."""

    mint: str
    amount_raw: int
    decimals: int | None = None
    is_frozen: bool = False


def summed(accounts: Iterable[HeldAccount]) -> tuple[TokenHolding, ...]:
    """Return what the accounts hold together, ordered by mint.

    Raises SourceError ``bad_response`` when they hold more than can exist, or disagree on decimals.
    """
    groups: dict[str, list[HeldAccount]] = {}
    for account in accounts:
        groups.setdefault(account.mint, []).append(account)
    return tuple(_holding(mint, groups[mint]) for mint in sorted(groups))


def _holding(mint: str, accounts: list[HeldAccount]) -> TokenHolding:
    total = sum(account.amount_raw for account in accounts)
    decimals = {account.decimals for account in accounts if account.decimals is not None}
    if total > U64_MAX or len(decimals) > 1:
        raise SourceError("bad_response", f"the accounts of {mint} contradict each other")
    frozen = sum(account.amount_raw for account in accounts if account.is_frozen)
    return TokenHolding(mint=mint, balance_raw=total, decimals=next(iter(decimals), None), frozen_raw=frozen)
