"""What a lend position has earned: what it is worth now, less what the shares in it cost.

What shares cost is read off the chain's own record. A transaction that makes or burns shares shows how many, and how
many assets went in or out of the vault, so its price is known; shares that left take the average cost of one with
them. Shares that no such transaction explains, above all those of the world's start, cost the opening price.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reev_tools.market.lend import PRICE_ONE
from reev_types.chain import TransactionOutcome

from ._lending import PricedVault

__all__ = ["earned_raw"]


class _Move(NamedTuple):
    """What a transaction did to a vault and to one wallet's shares of it."""

    shares_raw: int
    """That the wallet has more of."""
    minted_raw: int
    """Shares that there are more of."""
    assets_raw: int
    """That the vault has more of."""


class _Position:
    """Shares and what they cost in assets; costs are rounded up."""

    def __init__(self, shares_raw: int, cost_raw: int) -> None:
        self.shares_raw = shares_raw
        self.cost_raw = cost_raw

    def gain(self, shares_raw: int, cost_raw: int) -> None:
        self.shares_raw += shares_raw
        self.cost_raw += cost_raw

    def lose(self, shares_raw: int) -> None:
        left = max(self.shares_raw - shares_raw, 0)
        self.cost_raw = _divide_up(self.cost_raw * left, self.shares_raw) if left else 0
        self.shares_raw = left


def earned_raw(priced: PricedVault, user: str, shares_raw: int, history: Iterable[TransactionOutcome]) -> int:
    """Return the assets that the ``shares_raw`` shares of ``user`` have gained since they were bought.

    Never negative: until interest covers the rounding of a deposit, the answer is 0.
    """
    moves = [move for outcome in history if (move := _move(priced, user, outcome)).shares_raw]
    opening_raw = max(shares_raw - sum(move.shares_raw for move in moves), 0)
    position = _Position(opening_raw, _opening_cost_raw(priced, opening_raw))
    for move in moves:
        if move.shares_raw < 0:
            position.lose(-move.shares_raw)
        else:
            position.gain(move.shares_raw, _cost_raw(priced, move))
    position.lose(position.shares_raw - shares_raw)
    return max(priced.worth_raw(shares_raw) - position.cost_raw, 0)


def _cost_raw(priced: PricedVault, move: _Move) -> int:
    if move.minted_raw <= 0:  # given by somebody else
        return _opening_cost_raw(priced, move.shares_raw)
    return _divide_up(move.assets_raw * move.shares_raw, move.minted_raw)


def _opening_cost_raw(priced: PricedVault, shares_raw: int) -> int:
    return _divide_up(shares_raw * priced.vault.rule.base_price, PRICE_ONE)


def _move(priced: PricedVault, user: str, outcome: TransactionOutcome) -> _Move:
    at = priced.vault.addresses
    moved = list(_share_moves(at.f_token_mint, outcome))
    assets = (change.token for change in outcome.changes if change.address == at.vault)
    return _Move(
        shares_raw=sum(raw for owner, raw in moved if owner == user),
        minted_raw=sum(raw for _, raw in moved),
        assets_raw=sum(token.after_raw - token.before_raw for token in assets if token),
    )


def _share_moves(mint: str, outcome: TransactionOutcome) -> Iterator[tuple[str | None, int]]:
    for change in outcome.changes:
        if change.token and change.token.mint == mint:
            yield change.token.owner_before, -change.token.before_raw
            yield change.token.owner_after, change.token.after_raw


def _divide_up(dividend: int, divisor: int) -> int:
    return -(-dividend // divisor)
