"""Wrapped SOL: wraps what a transaction spends, unwraps what it brings, and leaves a wallet's own wSOL as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reev_tools.programs import close_account, create_associated_token_account, sync_native, transfer_lamports
from reev_types.chain import Instruction

from ._holdings import Holding

__all__ = ["account_creation", "wrapped"]


def account_creation(holding: Holding, owner: str) -> Instruction:
    """Build the idempotent creation of the holding's account; ``owner`` pays."""
    return create_associated_token_account(owner, holding.account, owner, holding.mint.address, holding.mint.program)


def wrapped(
    calls: Sequence[Instruction], wsol: Holding, owner: str, *, wrap_raw: int, unwrap: bool
) -> tuple[Instruction, ...]:
    """Return ``calls`` between what they need of wrapped SOL and what returns the rest of it to the wallet.

    ``wrap_raw`` is added on top of what the account holds. ``unwrap`` says that ``calls`` leave more in the account
    than was there before. It is then closed, and opened again with exactly its former amount if it existed.
    """
    return (*_before(wsol, owner, wrap_raw), *calls, *_after(wsol, owner, unwrap))


def _before(wsol: Holding, owner: str, wrap_raw: int) -> Iterator[Instruction]:
    if wsol.state is None:
        yield account_creation(wsol, owner)
    yield from _filled(wsol, owner, wrap_raw)


def _after(wsol: Holding, owner: str, unwrap: bool) -> Iterator[Instruction]:
    if wsol.state is not None and not unwrap:
        return
    yield close_account(wsol.mint.program, wsol.account, owner, owner)
    if wsol.state is not None:
        yield account_creation(wsol, owner)
        yield from _filled(wsol, owner, wsol.amount_raw)


def _filled(wsol: Holding, owner: str, amount_raw: int) -> Iterator[Instruction]:
    if amount_raw:
        yield transfer_lamports(owner, wsol.account, amount_raw)
        yield sync_native(wsol.mint.program, wsol.account)
