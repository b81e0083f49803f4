"""Quotes: the best of the allowed routes, to the unit what the program pays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import prod
from typing import Any

from reev_tools.jupiter import JupiterRefusalError, PlatformFee, Quote, QuoteRequest
from reev_tools.market import swap
from reev_tools.market.swap import Hop, HopQuote, LivePool, maximum_in_raw, minimum_out_raw, quote_in, quote_out
from reev_types.errors import AmountError
from reev_types.tokens import symbol_of

from ._forms import V2_MARK, most_fee_bps, quoted_form
from ._routing import Route

__all__ = ["IMPACT_PLACES", "best_trade", "price_impact", "quote_message"]

IMPACT_PLACES = 8
"""Decimal places of the price impact, which is rounded up."""


def best_trade(request: QuoteRequest, routes: Iterable[Route], pools: Mapping[str, LivePool]) -> swap.Quote:
    """Return the trade that brings most or costs least; of equals the shorter, then the first by address.

    Raises JupiterRefusalError ``could_not_find_any_route`` when the amount is too much or too little for every route,
    ``not_supported`` for a platform fee that the first forms cannot express.
    """
    highest_bps = most_fee_bps(quoted_form(request))
    if request.platform_fee_bps > highest_bps:
        raise JupiterRefusalError(
            "not_supported",
            f"a platform fee of {request.platform_fee_bps} bps needs the second instruction version",
            suggestions=(f"ask for {highest_bps} bps or less", 'pass instruction_version="V2"'),
        )
    trades = list(_trades(request, routes, pools))
    if not trades:
        raise JupiterRefusalError(
            "could_not_find_any_route",
            f"no pool can swap {request.amount_raw} raw units of {symbol_of(_fixed_mint(request))}",
            suggestions=("try another amount: this one is too large for the pools, or too small to bring one unit",),
        )
    return min(trades, key=_order)


def quote_message(request: QuoteRequest, trade: swap.Quote, venues: Mapping[int, str], slot: int) -> Quote:
    """Return the answer to ``request``; ``slot`` is the one in which the pools were read."""
    exact_out = request.swap_mode == "ExactOut"
    threshold = (
        maximum_in_raw(trade.paid_raw, request.slippage_bps)
        if exact_out
        else minimum_out_raw(trade.received_raw, request.slippage_bps)
    )
    mark: dict[str, Any] = V2_MARK if request.instruction_version == "V2" else {}
    return Quote.model_validate(
        {
            "input_mint": request.input_mint,
            "in_amount_raw": trade.paid_raw,
            "output_mint": request.output_mint,
            "out_amount_raw": trade.received_raw,
            "other_amount_threshold_raw": threshold,
            "swap_mode": request.swap_mode,
            "slippage_bps": request.slippage_bps,
            "platform_fee": _platform_fee(request, trade),
            "price_impact_pct": price_impact(trade.hops),
            "route_plan": [{"swap_info": _swap_info(hop, venues)} for hop in trade.hops],
            "context_slot": slot,
            **mark,
        }
    )


def price_impact(hops: Iterable[HopQuote]) -> Decimal:
    """Return by what fraction the price paid is worse than the price before, both without fees.

    Never negative; exact up to the last of IMPACT_PLACES, where it is rounded up.
    """
    amounts = [
        (hop.hop.into.amount_raw, hop.hop.out_of.amount_raw, hop.in_raw - hop.fee_raw, hop.out_raw) for hop in hops
    ]
    received = prod(out_raw * into for into, _, _, out_raw in amounts)
    at_price_before = prod(net_raw * out_of for _, out_of, net_raw, _ in amounts)
    lost = -(-(at_price_before - received) * 10**IMPACT_PLACES // at_price_before)
    return Decimal(lost).scaleb(-IMPACT_PLACES)


def _trades(request: QuoteRequest, routes: Iterable[Route], pools: Mapping[str, LivePool]) -> Iterator[swap.Quote]:
    compute = quote_out if request.swap_mode == "ExactOut" else quote_in
    for route in routes:
        hops = _hops(request.input_mint, route, pools)
        if hops is None:
            continue
        try:
            yield compute(hops, request.amount_raw, platform_fee_bps=request.platform_fee_bps)
        except AmountError:
            continue


def _hops(mint: str, route: Route, pools: Mapping[str, LivePool]) -> list[Hop] | None:
    hops: list[Hop] = []
    for terms in route:
        pool = pools.get(terms.address)
        if pool is None:
            return None
        hops.append(pool.hop(mint))
        mint = hops[-1].out_of.mint
    return hops


def _order(trade: swap.Quote) -> tuple[int, int, int, list[str]]:
    return trade.paid_raw, -trade.received_raw, len(trade.hops), [hop.hop.pool.address for hop in trade.hops]


def _fixed_mint(request: QuoteRequest) -> str:
    return request.output_mint if request.swap_mode == "ExactOut" else request.input_mint


def _platform_fee(request: QuoteRequest, trade: swap.Quote) -> PlatformFee | None:
    if request.platform_fee_bps == 0:
        return None
    return PlatformFee(amount_raw=trade.platform_fee_raw, fee_bps=request.platform_fee_bps)


def _swap_info(quoted: HopQuote, venues: Mapping[int, str]) -> dict[str, Any]:
    hop = quoted.hop
    return {
        "amm_key": hop.pool.address,
        "label": venues[hop.pool.venue],
        "input_mint": hop.into.mint,
        "output_mint": hop.out_of.mint,
        "in_amount_raw": quoted.in_raw,
        "out_amount_raw": quoted.out_raw,
    }
