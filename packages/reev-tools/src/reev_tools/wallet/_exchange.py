"""One token for another through the market: what it needs of the wallet, how it is sent, and what it really did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reev_tools.programs import (
    ASSOCIATED_TOKEN_PROGRAM,
    LAMPORTS_PER_SIGNATURE,
    MAX_COMPUTE_UNITS,
    set_compute_unit_limit,
)
from reev_types.chain import AccountChange, Instruction, TransactionOutcome
from reev_types.tokens import SOL, SOL_MINT
from reev_types.tools import ToolResult

from ._amount import require
from ._holdings import Holding, balances_left, lamports_of
from ._receipt import executed, failed, submit
from ._rent import require_rent
from ._tool import Wallet
from ._wrapping import account_creation, wrapped

__all__ = ["Exchange", "Moved", "carry_out", "lamports_for_wrapping"]

_HOUSEKEEPING_UNITS = 100_000
"""Compute units for opening, filling and closing token accounts around the market's own instructions."""


class Moved(NamedTuple):
    """What an exchange took from the wallet and gave it, apart from fee and rent."""

    spent_raw: int
    received_raw: int


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


async def lamports_for_wrapping(gives: Holding, gets: Holding, give_raw: int, purpose: str, wallet: Wallet) -> int:
    """Return what the wallet could wrap beside fee and rent, having checked that it has ``give_raw`` and can pay both.

    Raises AmountError ``insufficient_funds`` with the numbers, ``below_rent`` for a remainder that cannot exist.
    """
    if not gives.is_sol:
        require(gives.amount_raw, give_raw, gives.mint.decimals, gives.symbol, purpose)
    lamports = await lamports_of(wallet)
    costs = LAMPORTS_PER_SIGNATURE + gives.rent_lamports + gets.rent_lamports
    native_raw = give_raw if gives.is_sol else 0
    require(lamports, native_raw + costs, SOL.decimals, SOL.symbol, f"{purpose} with its fee and account rent")
    kept = 0 if gets.is_sol else gets.rent_lamports
    left = lamports - native_raw - LAMPORTS_PER_SIGNATURE - kept
    if left:
        await require_rent(wallet, left, "the wallet must keep")
    return lamports - costs


async def carry_out(
    exchange: Exchange, wallet: Wallet, quoted: Mapping[str, Any], names: tuple[str, str]
) -> ToolResult:
    """Send the exchange and report it; ``names`` are what the amounts that moved are called in the details."""
    outcome = await submit(wallet, _instructions(exchange, wallet.address), exchange.lookup_tables)
    if outcome.failure is not None:
        return failed(outcome, outcome.failure)
    own = _own_changes(outcome.changes, wallet.address)
    moved = _moved(exchange, own, outcome, wallet.address)
    real = dict(zip(names, moved, strict=True))
    left = await balances_left(wallet, exchange.gives, exchange.gets)
    return executed(outcome, own, await _decimals(own, exchange, wallet), {**quoted, **real, "left": left})


def _instructions(exchange: Exchange, owner: str) -> tuple[Instruction, ...]:
    units = min(exchange.compute_units + _HOUSEKEEPING_UNITS, MAX_COMPUTE_UNITS)
    opened = [
        account_creation(holding, owner)
        for holding in (exchange.gives, exchange.gets)
        if holding.state is None and not holding.is_sol
    ]
    calls = [call for call in exchange.calls if not _creates(call, (exchange.gives.account, exchange.gets.account))]
    return (set_compute_unit_limit(units), *opened, *_with_wrapping(exchange, calls, owner))


def _with_wrapping(exchange: Exchange, calls: Sequence[Instruction], owner: str) -> Sequence[Instruction]:
    for holding, unwrap in ((exchange.gives, not exchange.takes_all), (exchange.gets, True)):
        if holding.is_sol:
            return wrapped(calls, holding, owner, wrap_raw=exchange.wrap_raw, unwrap=unwrap)
    return calls


def _creates(call: Instruction, accounts: Sequence[str]) -> bool:
    """Tell whether the market's own setup would open an account that is dealt with already."""
    return call.program_id == ASSOCIATED_TOKEN_PROGRAM and call.accounts[1].pubkey in accounts


def _own_changes(changes: Sequence[AccountChange], owner: str) -> tuple[AccountChange, ...]:
    return tuple(
        change
        for change in changes
        if change.address == owner
        or (change.token is not None and owner in (change.token.owner_before, change.token.owner_after))
    )


def _moved(exchange: Exchange, own: Sequence[AccountChange], outcome: TransactionOutcome, owner: str) -> Moved:
    """Return what moved; SOL is counted over all accounts of the wallet, so that rent and wrapping cancel out."""
    native = sum(change.lamports_after - change.lamports_before for change in own) + outcome.fee_lamports

    def difference(mint: str) -> int:
        return native if mint == SOL_MINT else sum(_token_difference(change, mint, owner) for change in own)

    return Moved(-difference(exchange.gives.mint.address), difference(exchange.gets.mint.address))


def _token_difference(change: AccountChange, mint: str, owner: str) -> int:
    token = change.token
    if token is None or token.mint != mint:
        return 0
    after_raw = token.after_raw if token.owner_after == owner else 0
    return after_raw - (token.before_raw if token.owner_before == owner else 0)


async def _decimals(own: Sequence[AccountChange], exchange: Exchange, wallet: Wallet) -> dict[str, int]:
    known = {holding.mint.address: holding.mint.decimals for holding in (exchange.gives, exchange.gets)}
    for mint in sorted({change.token.mint for change in own if change.token} - known.keys()):
        info = await wallet.chain.mint(mint)
        known[mint] = info.decimals if info else 0
    return known
