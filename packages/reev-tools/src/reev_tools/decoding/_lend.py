"""Jupiter Lend's instructions and events in words."""

from __future__ import annotations

from typing import assert_never

from reev_tools.market.lend import (
    EVERYTHING,
    LEND_INSTRUCTIONS,
    LendEvent,
    LendInstruction,
    LendOperation,
    LogDeposit,
    LogUpdateRates,
    LogWithdraw,
)
from reev_tools.programs import InstructionLayout, Program
from reev_types.amounts import format_ui
from reev_types.chain import Instruction
from reev_types.events import InstructionView
from reev_types.tokens import symbol_of

from ._amounts import spoken
from ._anchor import instruction_tag, without_absent
from ._mints import Mints

__all__ = ["lend_amount", "lend_event_view", "lend_view"]

_NAME = "Jupiter Lend"
_PRICE_DECIMALS = 12
_SHAPES = {shape.name: shape for shape in LEND_INSTRUCTIONS}
_UPDATE_RATE = InstructionLayout(
    "update_rate", (), ("lending", "mint", "f_token_mint", "supply_token_reserves_liquidity", "rewards_rate_model")
)


def _names(shape: LendInstruction) -> tuple[str, ...]:
    # ``amount`` is what a view calls an amount as people write it.
    return tuple("amount_raw" if name == "amount" else name for name in shape.arguments)


def _layout(shape: LendInstruction) -> InstructionLayout:
    return InstructionLayout(shape.name, tuple((name, "u64") for name in _names(shape)), shape.roles)


_PROGRAM = Program(
    _NAME,
    {instruction_tag(layout.name): layout for layout in (*map(_layout, LEND_INSTRUCTIONS), _UPDATE_RATE)},
    tag_sizes=(8,),
)


def lend_view(instruction: Instruction) -> InstructionView:
    """Put an instruction of the lend program in words, with raw amounts."""
    return without_absent(_PROGRAM.view(instruction), instruction)


def lend_amount(view: InstructionView, mints: Mints) -> str | None:
    """Return what goes in or out, and the bound on the other side where there is one."""
    shape = _SHAPES.get(view.name)
    if shape is None:
        return None
    amount_raw, *bound_raw = (int(view.arguments[name]) for name in _names(shape))
    assets, shares = view.accounts.get("mint"), view.accounts.get("f_token_mint")
    given, other = (shares, assets) if shape.operation.counts_shares else (assets, shares)
    amount = f"all {symbol_of(given)}" if given and amount_raw == EVERYTHING else spoken(amount_raw, given)
    return f"{amount} for {_bound(shape.operation)} {spoken(bound_raw[0], other)}" if bound_raw else amount


def _bound(operation: LendOperation) -> str:
    return "at least" if operation in (LendOperation.DEPOSIT, LendOperation.REDEEM) else "at most"


def lend_event_view(event: LendEvent) -> InstructionView:
    """Put an event in words; its amounts are those of the instruction that it belongs to."""
    arguments, accounts = _event_parts(event)
    return InstructionView(program=_NAME, name=type(event).__name__, arguments=arguments, accounts=accounts)


def _event_parts(event: LendEvent) -> tuple[dict[str, str], dict[str, str]]:
    match event:
        case LogDeposit(sender, receiver, assets_raw, shares_raw):
            arguments = {"assets": str(assets_raw), "shares_minted": str(shares_raw)}
            return arguments, {"sender": sender, "receiver": receiver}
        case LogWithdraw(sender, receiver, owner, assets_raw, shares_raw):
            arguments = {"assets": str(assets_raw), "shares_burned": str(shares_raw)}
            return arguments, {"sender": sender, "receiver": receiver, "owner": owner}
        case LogUpdateRates(token_price, liquidity_price):
            prices = {"token_exchange_price": token_price, "liquidity_exchange_price": liquidity_price}
            return {name: format_ui(price, _PRICE_DECIMALS) for name, price in prices.items()}, {}
        case _:
            assert_never(event)
