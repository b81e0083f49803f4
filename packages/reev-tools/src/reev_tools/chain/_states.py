"""What is at an address, in the terms of ``reev_types.chain``; the same on every chain."""

from __future__ import annotations

from collections.abc import Iterable

from solders.account import Account
from solders.pubkey import Pubkey

from reev_types.chain import AccountState, MintInfo, TokenAccount

from ._mints import decode_mint
from ._token_accounts import decode_token_account

__all__ = ["account_state", "mint_info", "token_account", "token_accounts"]


def account_state(address: str, account: Account | None) -> AccountState | None:
    """Return the account as it stands, or None when there is none."""
    if account is None:
        return None
    return AccountState(
        address=address,
        owner=str(account.owner),
        lamports=account.lamports,
        data=account.data,
        executable=account.executable,
    )


def mint_info(address: str, account: Account | None, epoch: int) -> MintInfo | None:
    """Return the mint, with the transfer fee of ``epoch``, or None when the account is none."""
    return None if account is None else decode_mint(address, str(account.owner), account.data, epoch)


def token_account(address: str, account: Account | None) -> TokenAccount | None:
    """Return the token account, or None when the account is none."""
    return None if account is None else decode_token_account(address, str(account.owner), account.data)


def token_accounts(held: Iterable[tuple[Pubkey, Account | None]]) -> tuple[TokenAccount, ...]:
    """Return the token accounts among ``held``, ordered by address."""
    found = (token_account(str(key), account) for key, account in held)
    return tuple(sorted(filter(None, found), key=lambda account: account.address))
