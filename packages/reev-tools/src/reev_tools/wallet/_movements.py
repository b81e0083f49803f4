"""What an exchange really did to the wallet, read off its transaction, and whether that is what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reev_types.amounts import format_ui
from reev_types.chain import AccountChange, TransactionOutcome
from reev_types.tokens import SOL_MINT, token_of
from reev_types.tools import Failed

from ._holdings import Holding

__all__ = ["Bounds", "Moved", "Movements"]


class Moved(NamedTuple):
    """What an exchange took from the wallet and gave it, apart from fee and rent."""

    spent_raw: int
    received_raw: int


class Bounds(NamedTuple):
    """What the wallet agreed to."""

    most_spent_raw: int
    least_received_raw: int

    def hold(self, moved: Moved) -> bool:
        """Tell whether ``moved`` keeps within them."""
        return moved.spent_raw <= self.most_spent_raw and moved.received_raw >= self.least_received_raw


@dataclass(frozen=True, slots=True)
class Movements:
    """A transaction that did its work, from where the wallet stands."""

    outcome: TransactionOutcome
    owner: str
    gives: Holding
    gets: Holding

    def own(self) -> tuple[AccountChange, ...]:
        """Return the changes of the wallet, of its token accounts, and of the addresses that will be such."""
        addresses = (self.owner, self.gives.account, self.gets.account)
        return tuple(
            change
            for change in self.outcome.changes
            if change.address in addresses
            or (change.token is not None and self.owner in (change.token.owner_before, change.token.owner_after))
        )

    def moved(self) -> Moved:
        """Return what moved; SOL is counted over all accounts of the wallet, so that rent and wrapping cancel out."""
        own = self.own()
        return Moved(
            -self._difference(own, self.gives.mint.address),
            self._difference(own, self.gets.mint.address),
        )

    def left(self) -> dict[str, Any]:
        """Return what the wallet has now, by symbol, or by mint outside the registry; of SOL the native balance."""
        left = {}
        for holding in (self.gives, self.gets):
            address, raw = holding.mint.address, self._present_raw(holding)
            name = holding.symbol if token_of(address) else address
            left[name] = {"mint": address, "raw": raw, "ui": format_ui(raw, holding.mint.decimals)}
        return left

    def short_delivery(self, bounds: Bounds) -> Failed:
        """Return the result of a transaction that landed and broke ``bounds``."""
        spent_raw, received_raw = self.moved()
        return Failed(
            code="short_delivery",
            message=(
                f"the transaction landed, but took {self._ui(self.gives, spent_raw)} "
                f"(agreed: at most {self._ui(self.gives, bounds.most_spent_raw)}) and brought "
                f"{self._ui(self.gets, received_raw)} (agreed: at least "
                f"{self._ui(self.gets, bounds.least_received_raw)})"
            ),
            signature=self.outcome.signature,
            fee_lamports=self.outcome.fee_lamports,
            suggestions=("read the balances, and do not repeat this trade",),
        )

    def _difference(self, own: Sequence[AccountChange], mint: str) -> int:
        if mint == SOL_MINT:
            native = sum(change.lamports_after - change.lamports_before for change in own)
            return native + self.outcome.fee_lamports
        return sum(_token_difference(change, mint, self.owner) for change in own)

    def _present_raw(self, holding: Holding) -> int:
        present_raw = holding.available_raw
        for change in self.outcome.changes:
            if holding.is_sol and change.address == self.owner:
                present_raw = change.lamports_after
            elif not holding.is_sol and change.address == holding.account and change.token is not None:
                present_raw = change.token.after_raw
        return present_raw

    def _ui(self, holding: Holding, raw: int) -> str:
        return f"{format_ui(raw, holding.mint.decimals)} {holding.symbol}"


def _token_difference(change: AccountChange, mint: str, owner: str) -> int:
    token = change.token
    if token is None or token.mint != mint:
        return 0
    after_raw = token.after_raw if token.owner_after == owner else 0
    return after_raw - (token.before_raw if token.owner_before == owner else 0)
