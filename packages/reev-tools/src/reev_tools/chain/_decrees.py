"""Accounts made by decree, in the form in which the programs themselves would have left them."""

from __future__ import annotations

from collections.abc import Callable

from solders.account import Account

from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.amounts import U64_MAX
from reev_types.chain import AccountState
from reev_types.errors import ChainError
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM

from ._extensions import BASE_BYTES, holder_extensions, read_extensions
from ._keys import pubkey
from ._mints import is_mint
from ._token_accounts import encode_token_account
from ._vm import Vm

__all__ = ["checked_u64", "given_account", "token_balance_account", "wallet_account"]


def wallet_account(lamports: int) -> Account | None:
    """Return a wallet with so many lamports, or None for no lamports."""
    return Account(checked_u64("lamports", lamports), b"", pubkey(SYSTEM_PROGRAM)) if lamports else None


def given_account(state: AccountState) -> Account | None:
    """Return ``state`` for the VM, or None when it has no lamports: such an account does not exist.

    Raises ChainError ``executable_account`` or ``reserved_account`` for what only a world may contain.
    """
    owner = pubkey(state.owner)
    if state.executable:
        raise ChainError("executable_account", f"{state.address}: programs belong to the world, not to a session")
    if Vm.is_reserved_owner(owner):
        raise ChainError("reserved_account", f"{state.address}: accounts of {owner} belong to the world")
    return Account(state.lamports, state.data, owner) if state.lamports else None


def token_balance_account(
    minimum_balance: Callable[[int], int],
    owner: str,
    mint: str,
    mint_account: Account | None,
    amount_raw: int,
    lamports: int | None,
) -> Account:
    """Return an associated token account of ``owner`` that holds ``amount_raw``.

    ``minimum_balance`` tells what keeps so many bytes rent-exempt. For wrapped SOL, ``lamports`` is raised to what
    backs the amount. Raises ChainError ``unknown_mint``.
    """
    if mint_account is None or not is_mint(str(mint_account.owner), mint_account.data):
        raise ChainError("unknown_mint", f"there is no mint at {mint}", context={"mint": mint})
    checked_u64("amount_raw", amount_raw)
    reserve = minimum_balance(BASE_BYTES) if mint == SOL_MINT else None
    data = encode_token_account(
        mint=mint,
        owner=owner,
        amount_raw=amount_raw,
        native_reserve=reserve,
        extensions=_needed_extensions(mint_account),
    )
    balance = minimum_balance(len(data)) if lamports is None else lamports
    if reserve is not None:
        balance = max(balance, reserve + amount_raw)
    return Account(checked_u64("lamports", balance), data, mint_account.owner)


def _needed_extensions(mint_account: Account) -> list[tuple[int, bytes]]:
    if mint_account.owner != pubkey(TOKEN_2022_PROGRAM):
        return []
    try:
        return holder_extensions(read_extensions(mint_account.data))
    except ValueError as failure:
        raise ChainError("unknown_mint", f"the mint is damaged: {failure}") from failure


def checked_u64(what: str, value: int) -> int:
    """Return ``value``; raises ChainError ``amount_out_of_range`` unless it fits into 64 bits."""
    if not 0 <= value <= U64_MAX:
        raise ChainError("amount_out_of_range", f"{what} must lie between 0 and 2⁶⁴ − 1, not {value}")
    return value
