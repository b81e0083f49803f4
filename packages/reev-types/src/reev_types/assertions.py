"""Final-state assertions: what must hold on chain when a benchmark is over.

The ``type`` names and bounds are the original's. Several bounds on one assertion must all hold.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ._model import Model
from .addresses import Address
from .amounts import UiAmount
from .intents import AccountName

__all__ = [
    "AnswerStates",
    "Assertion",
    "AtaDerivation",
    "Bounds",
    "CapitalReserve",
    "JupiterLendingPosition",
    "LiquidityRatio",
    "MultiPoolDiversification",
    "SolBalance",
    "SolBalanceChange",
    "TokenAccountBalance",
    "TokenAccountBalanceChange",
    "TotalPortfolioValue",
]

I128 = Annotated[int, Field(ge=-(2**127), lt=2**127)]
"""Wide enough for every balance and difference; a tighter bound is the linter's business."""


class AtaDerivation(Model):
    """Points at the associated token account of ``owner`` for ``mint``."""

    type: Literal["AssociatedTokenAccount"] = "AssociatedTokenAccount"
    owner: AccountName
    mint: Address


class _About(Model):
    pubkey: AccountName
    weight: UiAmount = Decimal(1)
    """Its share in the score, relative to the other assertions."""
    after_step: str | None = None
    """The id of the step after which this must hold; None means the end."""


class Bounds(_About):
    """What a value, or its change since the initial state, must satisfy."""

    expected: I128 | None = None
    expected_gte: I128 | None = None
    expected_lte: I128 | None = None
    expected_change_gte: I128 | None = None
    expected_change_lte: I128 | None = None
    expected_change_not_zero: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Bounds:
        numbers = (
            self.expected,
            self.expected_gte,
            self.expected_lte,
            self.expected_change_gte,
            self.expected_change_lte,
        )
        if all(number is None for number in numbers) and not self.expected_change_not_zero:
            raise ValueError("expected at least one bound, such as expected, expected_gte or expected_change_gte")
        return self


class SolBalance(Bounds):
    """Lamports of an account."""

    type: Literal["SolBalance"] = "SolBalance"


class SolBalanceChange(Bounds):
    """Lamports of an account, usually bounded by their change."""

    type: Literal["SolBalanceChange"] = "SolBalanceChange"


class TokenAccountBalance(Bounds):
    """Raw units in a token account, 0 where it does not exist.

    ``address_derivation`` overrides ``pubkey``; a wallet with ``mint`` means its associated account.
    """

    type: Literal["TokenAccountBalance"] = "TokenAccountBalance"
    mint: Address | None = None
    address_derivation: AtaDerivation | None = None


class TokenAccountBalanceChange(Bounds):
    """Raw units in a token account, usually bounded by their change."""

    type: Literal["TokenAccountBalanceChange"] = "TokenAccountBalanceChange"
    mint: Address | None = None
    address_derivation: AtaDerivation | None = None


class TotalPortfolioValue(Bounds):
    """Everything the wallet holds, lending included, in micro-USD at the market's prices."""

    type: Literal["TotalPortfolioValue"] = "TotalPortfolioValue"


class CapitalReserve(Bounds):
    """Lamports of liquid SOL in the wallet."""

    type: Literal["CapitalReserve"] = "CapitalReserve"


class JupiterLendingPosition(Bounds):
    """Assets that the wallet has lent of ``mint``, in raw units at the vault's share price."""

    type: Literal["JupiterLendingPosition"] = "JupiterLendingPosition"
    mint: Address


class LiquidityRatio(_About):
    """Value in stable tokens divided by the whole value, 0 to 1."""

    type: Literal["LiquidityRatio"] = "LiquidityRatio"
    expected_gte: Annotated[UiAmount, Field(le=1)] | None = None
    expected_lte: Annotated[UiAmount, Field(le=1)] | None = None


class MultiPoolDiversification(_About):
    """The number of lending positions with a balance."""

    type: Literal["MultiPoolDiversification"] = "MultiPoolDiversification"
    min_pools: Annotated[int, Field(ge=0)] | None = None
    max_pools: Annotated[int, Field(ge=0)] | None = None


class AnswerStates(_About):
    """The agent's last answer by then must state a number that the chain knows, in UI units or raw.

    ``lent`` is what the wallet's shares of the vault for ``mint`` are worth, ``earned`` what they have gained.
    """

    type: Literal["AnswerStates"] = "AnswerStates"
    mint: Address
    fact: Literal["lent", "earned"]


Assertion = Annotated[
    SolBalance
    | SolBalanceChange
    | TokenAccountBalance
    | TokenAccountBalanceChange
    | TotalPortfolioValue
    | CapitalReserve
    | JupiterLendingPosition
    | LiquidityRatio
    | MultiPoolDiversification
    | AnswerStates,
    Field(discriminator="type"),
]
