"""The instructions that carry a quote out, as a wallet sends them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from reev_tools.jupiter import (
    JupiterRefusalError,
    Quote,
    SwapInstructions,
    SwapInstructionsRequest,
    WireInstruction,
)
from reev_tools.market import PoolTerms
from reev_tools.market.swap import Form, Hop, LivePool, SwapArguments, SwapParties, route_plan, swap_instruction
from reev_tools.programs import MAX_COMPUTE_UNITS, set_compute_unit_limit, set_compute_unit_price
from reev_types.amounts import U64_MAX
from reev_types.chain import Instruction
from reev_types.tokens import symbol_of

from ._forms import instruction_form, most_fee_bps
from ._wrapping import Surroundings, surroundings

__all__ = ["build_swap", "quoted_pools"]

_MOST_HOPS = 4
_AUTHORITY_ID = 0
_BASE_UNITS = 100_000
_UNITS_PER_HOP = 40_000


def quoted_pools(quote: Quote, known: Mapping[str, PoolTerms]) -> tuple[PoolTerms, ...]:
    """Return the pools of a quote in order.

    Raises JupiterRefusalError ``failed_to_get_swap_and_account_metas`` when its route is none that this market quotes.
    """
    infos = [hop.swap_info for hop in quote.route_plan]
    pools = tuple(known[info.amm_key] for info in infos if info.amm_key in known)
    mints = [quote.input_mint, *(info.output_mint for info in infos)]
    if not 1 <= len(infos) <= _MOST_HOPS or len(pools) < len(infos) or len(set(pools)) < len(pools):
        raise _unfit("it names no pools of this market, or one twice")
    if mints[-1] != quote.output_mint or [info.input_mint for info in infos] != mints[:-1]:
        raise _unfit("its mints do not chain")
    for pool, step in zip(pools, pairwise(mints), strict=True):
        if {*step} != {pool.mint_a, pool.mint_b}:
            raise _unfit(f"the pool {pool.address} does not swap {symbol_of(step[0])} for {symbol_of(step[1])}")
    if any(hop.percent not in (None, 100) or hop.bps not in (None, 10_000) for hop in quote.route_plan):
        raise _unfit("this market does not split routes")
    return pools


def build_swap(
    request: SwapInstructionsRequest, route: tuple[PoolTerms, ...], pools: Mapping[str, LivePool], lookup_table: str
) -> SwapInstructions:
    """Return what ``request`` asks for; ``route`` is that of its quote.

    Raises JupiterRefusalError ``failed_to_get_swap_and_account_metas`` when a pool is gone or nobody takes a fee,
    ``invalid_compute_unit_price_and_prioritization_fee``.
    """
    hops = _hops(request.quote_response, route, pools)
    around = surroundings(request, hops[0].into, hops[-1].out_of)
    # A generous bound: simulating would need the user's signature.
    limit = _BASE_UNITS + _UNITS_PER_HOP * len(hops) if request.dynamic_compute_unit_limit else MAX_COMPUTE_UNITS
    return SwapInstructions(
        compute_budget_instructions=_compute_budget(limit, request.compute_unit_price_micro_lamports),
        setup_instructions=around.setup,
        swap_instruction=WireInstruction.of(_swap(request, hops, around)),
        cleanup_instruction=WireInstruction.of(around.cleanup) if around.cleanup else None,
        address_lookup_table_addresses=() if request.as_legacy_transaction else (lookup_table,),
        compute_unit_limit=limit,
    )


def _hops(quote: Quote, route: tuple[PoolTerms, ...], pools: Mapping[str, LivePool]) -> list[Hop]:
    hops: list[Hop] = []
    for terms, hop in zip(route, quote.route_plan, strict=True):
        if terms.address not in pools:
            raise _unfit(f"the pool {terms.address} is gone")
        hops.append(pools[terms.address].hop(hop.swap_info.input_mint))
    return hops


def _swap(request: SwapInstructionsRequest, hops: list[Hop], around: Surroundings) -> Instruction:
    quote = request.quote_response
    form = instruction_form(quote, shared=request.use_shared_accounts)
    fee_bps = _fee_bps(request, form)
    sides = (quote.in_amount_raw, quote.out_amount_raw)
    amount_raw, quoted_raw = reversed(sides) if form.exact_out else sides
    arguments = SwapArguments(
        form, route_plan(hops), amount_raw, quoted_raw, quote.slippage_bps, fee_bps, authority_id=_AUTHORITY_ID
    )
    fee_account = request.fee_account if fee_bps else None
    parties = SwapParties(request.user_public_key, around.source, around.destination, fee_account)
    return swap_instruction(arguments, hops, parties)


def _fee_bps(request: SwapInstructionsRequest, form: Form) -> int:
    fee = request.quote_response.platform_fee
    fee_bps = fee.fee_bps if fee else 0
    if not 0 <= fee_bps <= most_fee_bps(form):
        raise _unfit(f"its platform fee of {fee_bps} bps cannot be expressed")
    if fee_bps and request.fee_account is None:
        raise _unfit("it takes a platform fee, and nobody to take it is named", "pass fee_account, a token account")
    return fee_bps


@lru_cache(maxsize=64)
def _compute_budget(limit: int, price: int | None) -> tuple[WireInstruction, ...]:
    if price is not None and not 0 <= price <= U64_MAX:
        raise JupiterRefusalError(
            "invalid_compute_unit_price_and_prioritization_fee",
            f"{price} micro-lamports is no price of a compute unit",
            suggestions=("give 0 to 2⁶⁴ − 1, or leave the price out",),
        )
    priced = [] if price is None else [set_compute_unit_price(price)]
    return tuple(map(WireInstruction.of, [set_compute_unit_limit(limit), *priced]))


def _unfit(reason: str, *suggestions: str) -> JupiterRefusalError:
    return JupiterRefusalError(
        "failed_to_get_swap_and_account_metas",
        f"the quote cannot be carried out: {reason}",
        suggestions=suggestions or ("ask for a new quote and hand it back unchanged",),
    )
