"""What a strategy comes to, as data: a closed union of scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from reev_types.amounts import Amount
from reev_types.errors import TextPlace

__all__ = [
    "EmergencyExit",
    "Farming",
    "Rebalance",
    "RiskAdjustedGrowth",
    "Scenario",
    "Strategy",
    "YieldOptimisation",
]


@dataclass(frozen=True, slots=True)
class YieldOptimisation:
    """Let so much of ``mint`` earn the best yield in ``target``."""

    mint: str
    amount: Amount
    target: str


@dataclass(frozen=True, slots=True)
class Rebalance:
    """Bring two tokens to ``share`` (above 0, below 1) of their common value in ``first``, the rest in ``second``."""

    first: str
    second: str
    share: Decimal = Decimal("0.5")
    is_pair_stated: bool = False
    """Whether the sentence names the tokens."""
    is_stated: bool = False
    """Whether the sentence names the shares."""
    lends: bool = False
    """Whether what the exchange brings is to earn yield."""


@dataclass(frozen=True, slots=True)
class RiskAdjustedGrowth:
    """Let so much of ``mint`` grow with the capital preserved."""

    mint: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class EmergencyExit:
    """Take everything out of lending and hold the stable token ``target``."""

    target: str


@dataclass(frozen=True, slots=True)
class Farming:
    """Spread ``share`` (above 0, up to 1) of all that can be lent over several lending vaults."""

    share: Decimal


Scenario = YieldOptimisation | Rebalance | RiskAdjustedGrowth | EmergencyExit | Farming


class Strategy(NamedTuple):
    """A scenario, where the sentence says so, and the advice around it that is no instruction of its own."""

    scenario: Scenario
    place: TextPlace
    advice: tuple[TextPlace, ...] = ()
