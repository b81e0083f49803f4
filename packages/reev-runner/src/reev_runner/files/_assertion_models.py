"""Final-state assertions as a file writes them; ``reev_types.assertions`` has the strict form."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from reev_types.addresses import Address

from ._fields import AmountField, ChangeField, FileModel, Flag, Name, Numeric, Share

__all__ = [
    "AnswerItem",
    "AssertionItem",
    "BalanceItem",
    "DerivationItem",
    "PoolsItem",
    "PositionItem",
    "RatioItem",
    "TokenItem",
    "WalletItem",
]


class DerivationItem(FileModel):
    """Points at an associated token account."""

    type: Literal["AssociatedTokenAccount"]
    owner: Name
    """A wallet: its name or its address."""
    mint: Address


class _Item(FileModel):
    pubkey: Name
    """The account: a name from ``initial_state`` or a base58 address."""
    weight: Numeric = Decimal(1)
    """Its share in the score, relative to the other assertions."""
    after_step: Annotated[int, Field(strict=True, ge=1, le=999)] | None = None
    """The step of the flow after which this must hold; missing: at the end."""


class BalanceItem(_Item):
    """Bounds on an amount; all that are given must hold."""

    expected: AmountField | None = None
    expected_gte: AmountField | None = None
    expected_lte: AmountField | None = None
    expected_approx: AmountField | None = None
    """This amount, give or take one per cent."""
    condition: Literal["greater_than_zero"] | None = None
    expected_change_gte: ChangeField | None = None
    """The least change since the initial state; a negative number is the largest loss."""
    expected_change_lte: ChangeField | None = None
    """The greatest change since the initial state; a negative number is the least loss."""
    expected_change_not_zero: Flag = False


class WalletItem(BalanceItem):
    """Lamports of an account, or the wallet's whole value in micro-USD (``TotalPortfolioValue``)."""

    type: Literal["SolBalance", "SolBalanceChange", "TotalPortfolioValue", "CapitalReserve"]


class TokenItem(BalanceItem):
    """Raw units in a token account, 0 where it does not exist."""

    type: Literal["TokenAccountBalance", "TokenAccountBalanceChange"]
    mint: Address | None = None
    """With a wallet as ``pubkey``: its associated account of this mint."""
    address_derivation: DerivationItem | None = None
    """Takes the place of ``pubkey``."""


class PositionItem(BalanceItem):
    """Assets lent of a mint, in raw units."""

    type: Literal["JupiterLendingPosition"]
    mint: Address


class RatioItem(_Item):
    """Value in stable tokens divided by the whole value."""

    type: Literal["LiquidityRatio"]
    expected_gte: Share | None = None
    expected_lte: Share | None = None


class PoolsItem(_Item):
    """The number of lending positions with a balance."""

    type: Literal["MultiPoolDiversification"]
    min_pools: Annotated[int, Field(strict=True, ge=0)] | None = None
    max_pools: Annotated[int, Field(strict=True, ge=0)] | None = None


class AnswerItem(_Item):
    """A number that the agent's last answer must state, as the chain knows it."""

    type: Literal["AnswerStates"]
    mint: Address
    """The asset that is lent."""
    fact: Literal["lent", "earned"]
    """What the wallet's position is worth, or what it has gained."""


AssertionItem = Annotated[
    WalletItem | TokenItem | PositionItem | RatioItem | PoolsItem | AnswerItem,
    Field(discriminator="type"),
]
