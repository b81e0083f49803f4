"""``jupiter_swap``: one token for another at Jupiter's best route."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AliasChoices, BeforeValidator, Field, StringConstraints

from reev_tools.jupiter import JupiterRefusalError, Quote, QuoteRequest, SwapInstructions, SwapInstructionsRequest
from reev_tools.wallet._amount import AmountArguments, require
from reev_tools.wallet._exchange import Exchange, carry_out, lamports_for_wrapping
from reev_tools.wallet._holdings import Holding, holding_of, spendable_raw, tradable_mint
from reev_tools.wallet._market_access import TRADED_SYMBOLS, jupiter_of
from reev_tools.wallet._movements import Bounds
from reev_tools.wallet._parties import mint_of
from reev_tools.wallet._quote_check import checked_quote, slippage_bound_raw
from reev_tools.wallet._swap_refusals import in_tool_terms
from reev_tools.wallet._swap_terms import SwapTerms
from reev_tools.wallet._tool import Tool, Wallet
from reev_types.amounts import DEFAULT_SLIPPAGE_BPS
from reev_types.chain import Instruction
from reev_types.errors import AmountError, UsageError
from reev_types.tools import ToolResult

__all__ = ["JupiterSwap"]

_PURPOSE = "the swap"
_DEFAULT_UNITS = 300_000
"""Compute units where Jupiter names no limit."""


def _no_flag(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a number of basis points is neither true nor false")
    return value


class SwapArguments(AmountArguments):
    """Arguments of ``jupiter_swap``."""

    input_mint: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("input_mint", "input_token"),
            description=f"The token to spend: a symbol ({TRADED_SYMBOLS}) or the mint's base58 address.",
        ),
    ]
    output_mint: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("output_mint", "output_token"),
            description="The token to receive: a symbol as for input_mint, or the mint's base58 address.",
        ),
    ]
    swap_mode: Literal["ExactIn", "ExactOut"] = "ExactIn"
    """ExactIn: amount is what is spent of the input. ExactOut: amount is what is received of the output."""
    slippage_bps: Annotated[int, BeforeValidator(_no_flag), Field(ge=0, le=1000)] = DEFAULT_SLIPPAGE_BPS
    """How much worse than quoted the price may get before the swap fails, in basis points: 50 is 0.5 per cent."""
    venue: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)] | None = None
    """Trade only at this venue, by its label in an earlier result's route; the best route when left out."""


class JupiterSwap(Tool[SwapArguments]):
    """Swaps; wraps and unwraps SOL, and leaves the wallet's own wrapped SOL alone."""

    name: ClassVar[str] = "jupiter_swap"
    description: ClassVar[str] = (
        "Swap one token for another on Jupiter. Executes at once and returns what was quoted and what was really spent "
        "and received. amount counts units of the input token (of the output token with ExactOut): "
        '"0.1" of SOL is 100000000 raw, "15" of USDC is 15000000 raw. "max" spends the whole balance; of SOL it leaves '
        "a reserve for fees. SOL means native SOL: it is wrapped and unwrapped automatically, and wrapped SOL that the "
        "wallet holds is not spent."
    )
    moves_funds: ClassVar[bool] = True
    arguments = SwapArguments

    async def run(self, arguments: SwapArguments, wallet: Wallet) -> ToolResult:
        """Swap, or refuse with ``insufficient_funds``, ``unknown_token``, ``same_mint``, ``no_market``, …"""
        gives, gets = await _holdings(arguments, wallet)
        quote = await _quote(arguments, gives, gets, wallet)
        wrappable = await lamports_for_wrapping(gives, gets, quote.in_amount_raw, _PURPOSE, wallet)
        built = await jupiter_of(wallet).swap_instructions(
            SwapInstructionsRequest(
                user_public_key=wallet.address,
                quote_response=quote,
                wrap_and_unwrap_sol=False,
                dynamic_compute_unit_limit=True,
            )
        )
        exchange = _exchange(SwapTerms(wallet.address, quote, gives, gets), built, wrappable)
        return await carry_out(exchange, wallet, _quoted(quote), ("spent_raw", "received_raw"))


async def _holdings(arguments: SwapArguments, wallet: Wallet) -> tuple[Holding, Holding]:
    mints = mint_of(arguments.input_mint), mint_of(arguments.output_mint)
    if mints[0] == mints[1]:
        raise UsageError("same_mint", "input and output are the same token", suggestions=("give two different tokens",))
    gives, gets = [await holding_of(await tradable_mint(mint, wallet), wallet) for mint in mints]
    return gives, gets


async def _amount(arguments: SwapArguments, gives: Holding, gets: Holding, wallet: Wallet) -> int:
    if arguments.swap_mode == "ExactOut":
        if arguments.is_everything:
            raise AmountError(
                "no_maximum", "with ExactOut the amount received must be given", suggestions=("use swap_mode ExactIn",)
            )
        return arguments.raw(spendable_raw=0, decimals=gets.mint.decimals)
    decimals = gives.mint.decimals
    amount_raw = arguments.raw(spendable_raw=await spendable_raw(gives, gets, wallet), decimals=decimals)
    require(gives.available_raw, amount_raw, decimals, gives.symbol, _PURPOSE, beside=gives.beside)
    return amount_raw


async def _quote(arguments: SwapArguments, gives: Holding, gets: Holding, wallet: Wallet) -> Quote:
    request = _request(arguments, gives, gets, await _amount(arguments, gives, gets, wallet))
    try:
        return checked_quote(request, await jupiter_of(wallet).quote(request))
    except JupiterRefusalError as refusal:
        raise in_tool_terms(refusal, request) from refusal


def _request(arguments: SwapArguments, gives: Holding, gets: Holding, amount_raw: int) -> QuoteRequest:
    return QuoteRequest(
        input_mint=gives.mint.address,
        output_mint=gets.mint.address,
        amount_raw=amount_raw,
        slippage_bps=arguments.slippage_bps,
        swap_mode=arguments.swap_mode,
        dexes=(arguments.venue,) if arguments.venue else (),
    )


def _exchange(terms: SwapTerms, built: SwapInstructions, wrappable: int) -> Exchange:
    quote, bound_raw = terms.quote, slippage_bound_raw(terms.quote)
    exact_in = quote.swap_mode == "ExactIn"
    limit_raw = quote.in_amount_raw if exact_in else min(bound_raw, wrappable)
    return Exchange(
        gives=terms.gives,
        gets=terms.gets,
        calls=_calls(built),
        wrap_raw=limit_raw if terms.gives.is_sol else 0,
        takes_all=exact_in,
        lookup_tables=built.address_lookup_table_addresses,
        compute_units=built.compute_unit_limit or _DEFAULT_UNITS,
        terms=terms,
        bounds=Bounds(quote.in_amount_raw, bound_raw) if exact_in else Bounds(bound_raw, quote.out_amount_raw),
    )


def _calls(built: SwapInstructions) -> tuple[Instruction, ...]:
    ordered = (*built.setup_instructions, built.swap_instruction, built.cleanup_instruction, *built.other_instructions)
    return tuple(wire.instruction for wire in ordered if wire is not None)


def _quoted(quote: Quote) -> dict[str, Any]:
    bound = "minimum_out_raw" if quote.swap_mode == "ExactIn" else "maximum_in_raw"
    return {
        "input_mint": quote.input_mint,
        "output_mint": quote.output_mint,
        "swap_mode": quote.swap_mode,
        "slippage_bps": quote.slippage_bps,
        "quoted_in_raw": quote.in_amount_raw,
        "quoted_out_raw": quote.out_amount_raw,
        bound: quote.other_amount_threshold_raw,
        # Jupiter's field is a fraction, despite its name.
        "price_impact_pct": f"{(quote.price_impact_pct * 100).normalize():f}",
        "route": [hop.swap_info.label for hop in quote.route_plan],
    }
