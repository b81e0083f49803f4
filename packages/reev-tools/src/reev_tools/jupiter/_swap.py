"""Messages of ``/swap/v1``: what is asked, quoted and built.

Source: Jupiter's OpenAPI document of 2026-08 and captured responses; fields that this client never reads are kept.
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from reev_types.addresses import Address
from reev_types.chain import Instruction

from ._model import Bps, DecimalText, Name, Natural, RawText, WireModel

__all__ = [
    "PlatformFee",
    "Quote",
    "QuoteRequest",
    "RouteHop",
    "SwapInfo",
    "SwapInstructions",
    "SwapInstructionsRequest",
    "SwapMode",
    "WireAccount",
    "WireInstruction",
]

SwapMode = Literal["ExactIn", "ExactOut"]
_AskedBps = Annotated[int, Field(ge=0, le=10_000)]
"""Text where it is part of an address."""
_MOST_HOPS = 64
_MOST_ACCOUNTS = 256
"""Of one instruction: a transaction counts them in a byte."""
_MOST_INSTRUCTIONS = 64
_MOST_BYTES = 1232
"""Of a whole transaction."""
_MOST_COMPUTE_UNITS = 1_400_000


class QuoteRequest(WireModel):
    """``GET /swap/v1/quote``: ``amount_raw`` is spent (ExactIn) or received (ExactOut)."""

    input_mint: Address
    output_mint: Address
    amount_raw: Annotated[RawText, Field(alias="amount")]
    slippage_bps: _AskedBps = 50
    swap_mode: SwapMode = "ExactIn"
    dexes: tuple[str, ...] = ()
    """Venue labels to choose from; empty for all."""
    exclude_dexes: tuple[str, ...] = ()
    only_direct_routes: bool = False
    restrict_intermediate_tokens: bool = True
    platform_fee_bps: _AskedBps = 0
    max_accounts: int = 64
    instruction_version: Literal["V1", "V2"] = "V1"


class SwapInfo(WireModel):
    """One pool on the way."""

    amm_key: Address
    label: Name
    input_mint: Address
    output_mint: Address
    in_amount_raw: Annotated[RawText, Field(alias="inAmount")]
    out_amount_raw: Annotated[RawText, Field(alias="outAmount")]


class RouteHop(WireModel):
    """A step of the route; ``percent`` of what reaches it goes through it."""

    swap_info: SwapInfo
    percent: Annotated[int, Field(strict=True, ge=0, le=100)] | None = 100
    bps: Bps | None = 10_000


class PlatformFee(WireModel):
    """What the integrator takes."""

    amount_raw: Annotated[RawText, Field(alias="amount")]
    fee_bps: Bps


class Quote(WireModel):
    """What a swap would come to now. The other threshold is the least received, or for ExactOut the most spent."""

    input_mint: Address
    in_amount_raw: Annotated[RawText, Field(alias="inAmount")]
    output_mint: Address
    out_amount_raw: Annotated[RawText, Field(alias="outAmount")]
    other_amount_threshold_raw: Annotated[RawText, Field(alias="otherAmountThreshold")]
    swap_mode: SwapMode
    slippage_bps: Bps
    platform_fee: PlatformFee | None = None
    price_impact_pct: DecimalText
    """A fraction, despite its name: 0.01 is one per cent."""
    route_plan: Annotated[tuple[RouteHop, ...], Field(max_length=_MOST_HOPS)]
    context_slot: Natural | None = None
    time_taken: float | None = None


class SwapInstructionsRequest(WireModel):
    """``POST /swap/v1/swap-instructions``: build what ``quote_response`` says for a wallet."""

    user_public_key: Address
    quote_response: Quote
    wrap_and_unwrap_sol: bool = True
    use_shared_accounts: bool = False
    fee_account: Address | None = None
    destination_token_account: Address | None = None
    compute_unit_price_micro_lamports: int | None = None
    dynamic_compute_unit_limit: bool = False
    as_legacy_transaction: bool = False


def _bytes_of(value: object) -> object:
    return base64.b64decode(value, validate=True) if isinstance(value, str) else value


class WireInstruction(WireModel):
    """An instruction; its data travels in base64."""

    program_id: Address
    accounts: Annotated[tuple[WireAccount, ...], Field(max_length=_MOST_ACCOUNTS)]
    data: Annotated[
        bytes,
        Field(max_length=_MOST_BYTES),
        BeforeValidator(_bytes_of),
        PlainSerializer(lambda data: base64.b64encode(data).decode(), return_type=str, when_used="json"),
    ]

    @property
    def instruction(self) -> Instruction:
        """The same in reev's terms."""
        return Instruction.model_validate(self, from_attributes=True)

    @classmethod
    def of(cls, instruction: Instruction) -> WireInstruction:
        """Return the message for an instruction."""
        return cls.model_validate(instruction.model_dump())


class WireAccount(WireModel):
    """An account of an instruction."""

    pubkey: Address
    is_signer: bool
    is_writable: bool


WireInstructions = Annotated[tuple[WireInstruction, ...], Field(max_length=_MOST_INSTRUCTIONS)]


class SwapInstructions(WireModel):
    """What to put into a transaction, in this order: compute budget, setup, swap, cleanup, other."""

    compute_budget_instructions: WireInstructions = ()
    setup_instructions: WireInstructions = ()
    token_ledger_instruction: WireInstruction | None = None
    swap_instruction: WireInstruction
    cleanup_instruction: WireInstruction | None = None
    other_instructions: WireInstructions = ()
    address_lookup_table_addresses: Annotated[tuple[Address, ...], Field(max_length=_MOST_ACCOUNTS)] = ()
    compute_unit_limit: Annotated[int, Field(strict=True, ge=0, le=_MOST_COMPUTE_UNITS)] | None = None
    simulation_error: dict[str, Any] | None = None
