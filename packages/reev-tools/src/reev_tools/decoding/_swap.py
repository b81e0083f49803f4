"""Jupiter's swaps in words: the route by its venues, the amounts, and the events that a swap leaves."""

from __future__ import annotations

from typing import assert_never

from reev_tools.market.swap import DecodeError, FeeEvent, SwapEvent, SwappedAmounts, SwapsEvent, decode_event
from reev_tools.programs import Program, layouts_in, numbered
from reev_types.chain import Instruction
from reev_types.events import InstructionView

from ._amounts import spoken
from ._anchor import instruction_tag, without_absent
from ._mints import Mints
from ._routes import plan_text, route_in, route_text

__all__ = ["swap_amount", "swap_view"]

_NAME = "Jupiter"
_TABLE = """
set_token_ledger set_token_ledger token_ledger token_account
create_token_ledger create_token_ledger token_ledger payer system_program
create_token_account create_token_account(bump: u8) token_account user mint token_program system_program
claim claim(id: u8) wallet program_authority system_program
claim_token claim_token(id: u8) payer wallet program_authority program_token_account destination_token_account mint
  token_program associated_token_program system_program
close_token close_token(id: u8, burn_all: bool) operator wallet program_authority program_token_account mint
  token_program
"""
_OTHERS = Program(_NAME, layouts_in(_TABLE, instruction_tag), tag_sizes=(8,))
_SOURCES = ("user_source_token_account", "source_token_account")


def swap_view(instruction: Instruction) -> InstructionView:
    """Put an instruction of the aggregator in words, with raw amounts; its events are calls of itself."""
    event = _event(instruction.data)
    if event is not None:
        return event
    route = route_in(instruction.data)
    if route is None:
        return without_absent(_OTHERS.view(instruction), instruction)
    told = {"route": route_text(route.plan), "route_plan": plan_text(route.plan)}
    view = InstructionView(
        program=_NAME,
        name=route.name,
        arguments=told | {name: str(number) for name, number in route.arguments.items()},
        accounts=numbered(instruction, route.roles, "route_account"),
    )
    return without_absent(view, instruction)


def swap_amount(view: InstructionView, mints: Mints) -> str | None:
    """Return what is swapped for what, as far as it is known: ``0.1 SOL for a quoted 15.1 USDC``."""
    said = view.arguments
    paid, received = _source_mint(view, mints), view.accounts.get("destination_mint")
    if "quoted_out_amount" in said:
        expected = f"a quoted {spoken(int(said['quoted_out_amount']), received)}"
        return f"{spoken(int(said['in_amount']), paid)} for {expected}" if "in_amount" in said else expected
    if "out_amount" in said:
        quoted = spoken(int(said["quoted_in_amount"]), paid)
        return f"a quoted {quoted} for {spoken(int(said['out_amount']), received)}"
    return None


def _source_mint(view: InstructionView, mints: Mints) -> str | None:
    accounts = view.accounts
    if "source_mint" in accounts:
        return accounts["source_mint"]
    source = next((accounts[role] for role in _SOURCES if role in accounts), None)
    return mints.of(source, accounts.get("user_transfer_authority", "")) if source else None


def _event(data: bytes) -> InstructionView | None:
    try:
        event = decode_event(data)
    except DecodeError:
        return None
    match event:
        case SwapEvent(amm, swapped):
            mints = {"amm": amm, "input_mint": swapped.input_mint, "output_mint": swapped.output_mint}
            return InstructionView(program=_NAME, name="SwapEvent", arguments=_amounts((swapped,)), accounts=mints)
        case SwapsEvent(swaps):
            return InstructionView(program=_NAME, name="SwapsEvent", arguments=_amounts(swaps))
        case FeeEvent(account, mint, amount_raw):
            amounts = {"amount": spoken(amount_raw, mint), "amount_raw": str(amount_raw)}
            return InstructionView(
                program=_NAME, name="FeeEvent", arguments=amounts, accounts={"account": account, "mint": mint}
            )
        case None:
            return None
        case _:
            assert_never(event)


def _amounts(swaps: tuple[SwappedAmounts, ...]) -> dict[str, str]:
    return {
        "amount": ", ".join(
            f"{spoken(swap.input_amount_raw, swap.input_mint)} for {spoken(swap.output_amount_raw, swap.output_mint)}"
            for swap in swaps
        ),
        "input_amount": ", ".join(str(swap.input_amount_raw) for swap in swaps),
        "output_amount": ", ".join(str(swap.output_amount_raw) for swap in swaps),
    }
