"""The alternatives that come with reev, in the order in which they are tried."""

from __future__ import annotations

from decimal import Decimal

from reev_types.alternatives import (
    AlternativeFlow,
    OtherVenue,
    RedeemShares,
    ReduceAmount,
    SplitAmount,
    WaitAndResume,
    WidenSlippage,
)
from reev_types.recovery import FailureClass

__all__ = ["BUILT_IN_ALTERNATIVES"]

_OUTAGE = (FailureClass.TRANSPORT, FailureClass.RATE_LIMIT, FailureClass.EXPIRED_BLOCKHASH, FailureClass.TIMEOUT)
_PRICE = (FailureClass.SLIPPAGE,)
_LIQUIDITY = (FailureClass.INSUFFICIENT_LIQUIDITY,)
_MARKET = (FailureClass.SLIPPAGE, FailureClass.INSUFFICIENT_LIQUIDITY)

BUILT_IN_ALTERNATIVES: tuple[AlternativeFlow, ...] = (
    AlternativeFlow(
        id="resume_after_outage",
        triggers=_OUTAGE,
        rewrite=WaitAndResume(seconds=15),
        description="wait for the outage to pass and do the same",
    ),
    AlternativeFlow(
        id="widen_slippage",
        triggers=_PRICE,
        rewrite=WidenSlippage(to_bps=100),
        description="let the price move by up to 1 %, or as far as the cap allows",
    ),
    AlternativeFlow(
        id="any_route",
        triggers=_MARKET,
        rewrite=OtherVenue(),
        description="swap by any route where the step named a venue",
    ),
    AlternativeFlow(
        id="through_whirlpool",
        triggers=_MARKET,
        rewrite=OtherVenue(venue="Whirlpool"),
        description="swap at Whirlpool only",
    ),
    AlternativeFlow(
        id="through_raydium",
        triggers=_MARKET,
        rewrite=OtherVenue(venue="Raydium"),
        description="swap at Raydium only",
    ),
    AlternativeFlow(
        id="redeem_shares",
        triggers=(*_LIQUIDITY, FailureClass.SLIPPAGE, FailureClass.REJECTED_BY_PROGRAM),
        rewrite=RedeemShares(),
        description="give shares back where withdrawing assets does not work",
    ),
    AlternativeFlow(
        id="split_in_two",
        triggers=_MARKET,
        rewrite=SplitAmount(parts=2),
        description="do it in two halves",
    ),
    AlternativeFlow(
        id="half_of_it",
        triggers=(*_MARKET, FailureClass.INSUFFICIENT_FUNDS),
        rewrite=ReduceAmount(to=Decimal("0.5")),
        description="do half of what is left",
    ),
)
