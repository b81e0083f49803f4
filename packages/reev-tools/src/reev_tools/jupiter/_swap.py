"""Messages of ``/swap/v1``: what is asked, quoted and built.

Source: Jupiter's OpenAPI document of 2026-08 and captured responses; fields that this client never reads are kept.
"""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer

from reev_types.addresses import Address
from reev_types.chain import AccountMeta, Instruction

from ._model import DecimalText, RawText, WireModel

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
_Bps = Annotated[int, Field(ge=0, le=10_000)]


class QuoteRequest(WireModel):
    """``GET /swap/v1/quote``: ``amount_raw`` is spent (ExactIn) or received (ExactOut)."""

    input_mint: Address
    output_mint: Address
    amount_raw: Annotated[RawText, Field(alias="amount")]
    slippage_bps: _Bps = 50
    swap_mode: SwapMode = "ExactIn"
    dexes: tuple[str, ...] = ()
    """Venue labels to choose from; empty for all."""
    exclude_dexes: tuple[str, ...] = ()
    only_direct_routes: bool = False
    restrict_intermediate_tokens: bool = True
    platform_fee_bps: _Bps = 0
    max_accounts: int = 64
    instruction_version: Literal["V1", "V2"] = "V1"


class SwapInfo(WireModel):
    """One pool on the way."""

    amm_key: Address
    label: str
    input_mint: Address
    output_mint: Address
    in_amount_raw: Annotated[RawText, Field(alias="inAmount")]
    out_amount_raw: Annotated[RawText, Field(alias="outAmount")]


class RouteHop(WireModel):
    """A step of the route; ``percent`` of what reaches it goes through it."""

    swap_info: SwapInfo
    percent: int | None = 100
    bps: int | None = 10_000


class PlatformFee(WireModel):
    """What the integrator takes."""

    amount_raw: Annotated[RawText, Field(alias="amount")]
    fee_bps: int


class Quote(WireModel):
    """What a swap would come to now. The other threshold is the least received, or for ExactOut the most spent."""

    input_mint: Address
    in_amount_raw: Annotated[RawText, Field(alias="inAmount")]
    output_mint: Address
    out_amount_raw: Annotated[RawText, Field(alias="outAmount")]
    other_amount_threshold_raw: Annotated[RawText, Field(alias="otherAmountThreshold")]
    swap_mode: SwapMode
    slippage_bps: _Bps
    platform_fee: PlatformFee | None = None
    price_impact_pct: DecimalText
    """A fraction, despite its name: 0.01 is one per cent."""
    route_plan: tuple[RouteHop, ...]
    context_slot: int | None = None
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
    accounts: tuple[WireAccount, ...]
    data: Annotated[
        bytes,
        BeforeValidator(_bytes_of),
        PlainSerializer(lambda data: base64.b64encode(data).decode(), return_type=str, when_used="json"),
    ]

    @property
    def instruction(self) -> Instruction:
        """The same in reev's terms."""
        metas = tuple(
            AccountMeta(pubkey=account.pubkey, is_signer=account.is_signer, is_writable=account.is_writable)
            for account in self.accounts
        )
        return Instruction(program_id=self.program_id, accounts=metas, data=self.data)

    @classmethod
    def of(cls, instruction: Instruction) -> WireInstruction:
        """Return the message for an instruction."""
        accounts = tuple(
            WireAccount(pubkey=meta.pubkey, is_signer=meta.is_signer, is_writable=meta.is_writable)
            for meta in instruction.accounts
        )
        return cls(program_id=instruction.program_id, accounts=accounts, data=instruction.data)


class WireAccount(WireModel):
    """An account of an instruction."""

    pubkey: Address
    is_signer: bool
    is_writable: bool


class SwapInstructions(WireModel):
    """What to put into a transaction, in this order: compute budget, setup, swap, cleanup, other."""

    compute_budget_instructions: tuple[WireInstruction, ...] = ()
    setup_instructions: tuple[WireInstruction, ...] = ()
    token_ledger_instruction: WireInstruction | None = None
    swap_instruction: WireInstruction
    cleanup_instruction: WireInstruction | None = None
    other_instructions: tuple[WireInstruction, ...] = ()
    address_lookup_table_addresses: tuple[Address, ...] = ()
    compute_unit_limit: int | None = None
    simulation_error: dict[str, Any] | None = None
