"""Wrapped SOL: wraps what a transaction spends, unwraps what it brings, and leaves a wallet's own wSOL as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reev_tools.programs import close_account, create_associated_token_account, sync_native, transfer_lamports
from reev_types.chain import Instruction
from reev_types.errors import TokenError

from ._holdings import Holding
from ._tool import Wallet

__all__ = ["account_creation", "require_reopenable", "wrapped"]

_DELEGATE_AT, _CLOSE_AUTHORITY_AT = 72, 129
"""Where a token account says whether it has one, in four bytes before the address."""


def account_creation(holding: Holding, owner: str) -> Instruction:
    """Build the idempotent creation of the holding's account; ``owner`` pays."""
    return _creation(owner, holding.account, holding.mint.address, holding.mint.program)


async def require_reopenable(wsol: Holding, wallet: Wallet) -> None:
    """Raise TokenError ``unusable_account`` for an account that would not be the same after it is opened again."""
    account = await wallet.chain.account(wsol.account) if wsol.state else None
    if account is None:
        return
    for name, at in (("delegate", _DELEGATE_AT), ("close authority", _CLOSE_AUTHORITY_AT)):
        if any(account.data[at : at + 4]):
            raise TokenError(
                "unusable_account",
                f"the wallet's account {wsol.account} for wrapped SOL has a {name}, and would lose it by unwrapping",
                suggestions=(f"revoke the {name} or close the account first",),
            )


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
    yield _closing(wsol.mint.program, wsol.account, owner)
    if wsol.state is not None:
        yield account_creation(wsol, owner)
        yield from _filled(wsol, owner, wsol.amount_raw)


def _filled(wsol: Holding, owner: str, amount_raw: int) -> Iterator[Instruction]:
    if amount_raw:
        yield transfer_lamports(owner, wsol.account, amount_raw)
        yield _syncing(wsol.mint.program, wsol.account)


# A wallet has the same few accounts all the time, and to put an instruction together costs more than to look it up.


@lru_cache(maxsize=256)
def _creation(owner: str, account: str, mint: str, program: str) -> Instruction:
    return create_associated_token_account(owner, account, owner, mint, program)


@lru_cache(maxsize=256)
def _closing(program: str, account: str, owner: str) -> Instruction:
    return close_account(program, account, owner, owner)


@lru_cache(maxsize=256)
def _syncing(program: str, account: str) -> Instruction:
    return sync_native(program, account)
