"""What the wallet has while a plan is thought through: exact until a step whose outcome only the chain knows."""

from __future__ import annotations

from dataclasses import dataclass, field

from reev_types.amounts import Holding
from reev_types.contexts import WalletContext
from reev_types.tokens import SOL_MINT, find_token

__all__ = ["Ledger"]


@dataclass
class Ledger:
    """Balances after the steps planned so far, and the step that last changed each."""

    context: WalletContext
    reserve_lamports: int
    changed_by: dict[str, str] = field(default_factory=dict)
    _spent: dict[str, int] = field(default_factory=dict)
    _received_in: dict[str, str] = field(default_factory=dict)
    _hoped: dict[str, int | None] = field(default_factory=dict)

    def opening_raw(self, mint: str) -> int:
        """Return what the wallet holds before anything runs."""
        if mint == SOL_MINT:
            return self.context.sol_balance
        held = self.context.token_balances.get(mint)
        return held.balance if held else 0

    def at_most_raw(self, mint: str) -> int | None:
        """Return the most that can be left of a mint, or None when an earlier step adds an unknown amount."""
        return None if mint in self._received_in else self.opening_raw(mint) - self._spent.get(mint, 0)

    def holding(self, mint: str) -> Holding:
        """Return what is left, for resolving amounts; meaningful while no step has changed the mint."""
        left = max(0, self.opening_raw(mint) - self._spent.get(mint, 0))
        spendable = max(0, left - self.reserve_lamports) if mint == SOL_MINT else left
        price = self.context.token_prices.get(mint)
        return Holding(balance_raw=left, spendable_raw=spendable, decimals=find_token(mint).decimals, price_usd=price)

    def spend(self, mint: str, raw: int | None, step_id: str) -> None:
        """Note that a step takes ``raw`` of a mint, or an unknown amount."""
        self._spent[mint] = self._spent.get(mint, 0) + (raw or 0)
        self.changed_by[mint] = step_id

    def receive(self, mint: str, step_id: str, hoped_raw: int | None) -> None:
        """Note that a step adds an amount of a mint that only the chain will know; ``hoped_raw`` is an estimate."""
        before = self._hoped.get(mint, 0)
        self._hoped[mint] = None if before is None or hoped_raw is None else before + hoped_raw
        self._received_in[mint] = step_id
        self.changed_by[mint] = step_id

    def received_in(self, mint: str) -> str | None:
        """Return the last step that adds to a mint, or None."""
        return self._received_in.get(mint)

    def hoped_raw(self, mint: str) -> int | None:
        """Return what is left of a mint if earlier steps bring what is estimated, or None without an estimate."""
        hoped = self._hoped.get(mint)
        return None if hoped is None else self.opening_raw(mint) + hoped - self._spent.get(mint, 0)

    def is_account_open(self, mint: str) -> bool:
        """Tell whether the wallet has, or by then has, an account of a mint."""
        return mint == SOL_MINT or mint in self.context.token_balances or mint in self.changed_by
