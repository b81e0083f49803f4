"""One token for another through the market: what it needs of the wallet, how it is sent, and what it really did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reev_tools.jupiter import JupiterServiceError
from reev_tools.programs import (
    ASSOCIATED_TOKEN_PROGRAM,
    LAMPORTS_PER_SIGNATURE,
    MAX_COMPUTE_UNITS,
    set_compute_unit_limit,
)
from reev_types.chain import AccountChange, Instruction, TransactionOutcome
from reev_types.errors import ChainError
from reev_types.tokens import SOL
from reev_types.tools import ToolResult

from ._amount import require
from ._holdings import Holding, lamports_of
from ._movements import Bounds, Movements
from ._receipt import executed, failed, submit
from ._rent import require_rent
from ._tool import Wallet
from ._vetting import Terms, vetted
from ._wrapping import account_creation, require_reopenable, wrapped

__all__ = ["Exchange", "carry_out", "lamports_for_wrapping"]

_UNSENDABLE = frozenset({"cannot_compile", "inactive_lookup_table", "unknown_lookup_table"})
"""How a chain calls what it cannot make a transaction of."""
_HOUSEKEEPING_UNITS = 100_000
"""Compute units for opening, filling and closing token accounts around the market's own instructions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What the market is to do."""

    gives: Holding
    gets: Holding
    calls: tuple[Instruction, ...]
    wrap_raw: int = 0
    """For SOL that is given: what is to be wrapped, at least what ``calls`` will take."""
    takes_all: bool
    """Whether ``calls`` take all of ``wrap_raw``."""
    lookup_tables: tuple[str, ...] = ()
    compute_units: int
    terms: Terms
    """What ``calls`` have to be."""
    bounds: Bounds
    """What they may come to."""

    def wrapping(self) -> Iterator[tuple[Holding, bool]]:
        """Return the side that is SOL, if one is, and whether its account is emptied afterwards."""
        yield from (
            (holding, unwrap)
            for holding, unwrap in ((self.gives, not self.takes_all), (self.gets, True))
            if holding.is_sol
        )


async def lamports_for_wrapping(gives: Holding, gets: Holding, give_raw: int, purpose: str, wallet: Wallet) -> int:
    """Return what the wallet could wrap beside fee and rent, having checked that it has ``give_raw`` and can pay both.

    Raises AmountError ``insufficient_funds`` with the numbers, ``below_rent`` for a remainder that cannot exist.
    """
    if not gives.is_sol:
        require(gives.amount_raw, give_raw, gives.mint.decimals, gives.symbol, purpose)
    lamports = gives.native_lamports if gives.is_sol else await lamports_of(wallet)
    costs = LAMPORTS_PER_SIGNATURE + gives.rent_lamports + gets.rent_lamports
    native_raw = give_raw if gives.is_sol else 0
    whole = f"{purpose} with its fee and account rent"
    require(lamports, native_raw + costs, SOL.decimals, SOL.symbol, whole, beside=gives.beside)
    kept = 0 if gets.is_sol else gets.rent_lamports
    left = lamports - native_raw - LAMPORTS_PER_SIGNATURE - kept
    if left:
        await require_rent(wallet, left, "the wallet must keep")
    return lamports - costs


async def carry_out(
    exchange: Exchange, wallet: Wallet, quoted: Mapping[str, Any], names: tuple[str, str]
) -> ToolResult:
    """Send the exchange and report it; ``names`` are what the amounts that moved are called in the details.

    Raises JupiterServiceError ``unexpected_instructions`` and TokenError ``unusable_account`` before anything is sent.
    """
    outcome = await _sent(exchange, vetted(exchange.calls, exchange.terms), wallet)
    if outcome.failure is not None:
        return failed(outcome, outcome.failure)
    movements = Movements(outcome, wallet.address, exchange.gives, exchange.gets)
    own, moved = movements.own(), movements.moved()
    if not exchange.bounds.hold(moved):
        return movements.short_delivery(exchange.bounds)
    real = dict(zip(names, moved, strict=True))
    return executed(outcome, own, await _decimals(own, exchange, wallet), {**quoted, **real, "left": movements.left()})


async def _sent(exchange: Exchange, calls: Sequence[Instruction], wallet: Wallet) -> TransactionOutcome:
    for holding, unwrap in exchange.wrapping():
        if unwrap:
            await require_reopenable(holding, wallet)
    try:
        return await submit(wallet, _instructions(exchange, calls, wallet.address), exchange.lookup_tables)
    except ChainError as error:
        if error.code not in _UNSENDABLE:
            raise
        raise JupiterServiceError(error.code, f"Jupiter's answer makes no transaction: {error.message}") from error


def _instructions(exchange: Exchange, calls: Sequence[Instruction], owner: str) -> tuple[Instruction, ...]:
    units = min(exchange.compute_units + _HOUSEKEEPING_UNITS, MAX_COMPUTE_UNITS)
    opened = [
        account_creation(holding, owner)
        for holding in (exchange.gives, exchange.gets)
        if holding.state is None and not holding.is_sol
    ]
    others = [call for call in calls if not _creates(call, (exchange.gives.account, exchange.gets.account))]
    return (set_compute_unit_limit(units), *opened, *_with_wrapping(exchange, others, owner))


def _with_wrapping(exchange: Exchange, calls: Sequence[Instruction], owner: str) -> Sequence[Instruction]:
    for holding, unwrap in exchange.wrapping():
        return wrapped(calls, holding, owner, wrap_raw=exchange.wrap_raw, unwrap=unwrap)
    return calls


def _creates(call: Instruction, accounts: Sequence[str]) -> bool:
    """Tell whether the market's own setup would open an account that is dealt with already."""
    return call.program_id == ASSOCIATED_TOKEN_PROGRAM and call.accounts[1].pubkey in accounts


async def _decimals(own: Sequence[AccountChange], exchange: Exchange, wallet: Wallet) -> dict[str, int]:
    known = {holding.mint.address: holding.mint.decimals for holding in (exchange.gives, exchange.gets)}
    for mint in sorted({change.token.mint for change in own if change.token} - known.keys()):
        info = await wallet.chain.mint(mint)
        known[mint] = info.decimals if info else 0
    return known
