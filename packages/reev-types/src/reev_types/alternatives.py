"""Alternative flows as data: which failures they answer, and how they change the step.

What a rewrite makes of a step is checked like any plan before it runs.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ._model import Model
from .amounts import UiAmount
from .recovery import FailureClass

__all__ = [
    "AlternativeFlow",
    "OtherVenue",
    "RedeemShares",
    "ReduceAmount",
    "Rewrite",
    "SplitAmount",
    "WaitAndResume",
    "WidenSlippage",
]


class SplitAmount(Model):
    """Do it in several parts, each on a fresh quote; the parts add up to the whole."""

    kind: Literal["split_amount"] = "split_amount"
    parts: Annotated[int, Field(ge=2, le=8)] = 2


class ReduceAmount(Model):
    """Do less: so large a share of the amount, rounded down. What is left out is reported."""

    kind: Literal["reduce_amount"] = "reduce_amount"
    to: Annotated[UiAmount, Field(gt=0, lt=1)]


class OtherVenue(Model):
    """Swap at this venue only; None means by way of another route than the one that failed."""

    kind: Literal["other_venue"] = "other_venue"
    venue: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None


class WidenSlippage(Model):
    """Allow the price to move further, never beyond the user's cap."""

    kind: Literal["widen_slippage"] = "widen_slippage"
    to_bps: Annotated[int, Field(ge=1, le=10_000)]


class WaitAndResume(Model):
    """Wait for an outage to pass, then do the same on fresh context."""

    kind: Literal["wait_and_resume"] = "wait_and_resume"
    seconds: Annotated[int, Field(ge=1, le=3_600)]


class RedeemShares(Model):
    """Take lent assets back by giving the shares, where withdrawing assets does not work."""

    kind: Literal["redeem_shares"] = "redeem_shares"


Rewrite = Annotated[
    SplitAmount | ReduceAmount | OtherVenue | WidenSlippage | WaitAndResume | RedeemShares,
    Field(discriminator="kind"),
]


class AlternativeFlow(Model):
    """One way to do a step differently."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    triggers: Annotated[tuple[FailureClass, ...], Field(min_length=1)]
    """The failures that it answers."""
    rewrite: Rewrite
    description: str = ""
