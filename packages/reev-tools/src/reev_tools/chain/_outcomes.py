"""What a transaction did: the calls among its programs, and its changes account by account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import solders.transaction_metadata as metadata
from solders.account import Account
from solders.pubkey import Pubkey

from reev_types.chain import AccountChange, InnerInstruction, TokenAccount, TokenChange

from ._token_accounts import decode_token_account

__all__ = ["account_changes", "inner_instructions"]

Accounts = Mapping[Pubkey, Account | None]


def account_changes(before: Accounts, after: Accounts) -> tuple[AccountChange, ...]:
    """Return every account whose lamports or tokens differ, ordered by address.

    A token account says whose it is even when only its lamports changed. An account that gave up one mint for another
    within the transaction appears twice, its lamports in the first.
    """
    changed = {str(key): (before[key], account) for key, account in after.items() if account != before[key]}
    return tuple(change for address in sorted(changed) for change in _changes(address, *changed[address]))


def inner_instructions(
    calls: Iterable[Iterable[metadata.InnerInstruction]], keys: Sequence[Pubkey]
) -> tuple[InnerInstruction, ...]:
    """Return the calls beneath each instruction; ``keys`` are the transaction's accounts in the VM's order."""
    return tuple(_inner(index, call, keys) for index, beneath in enumerate(calls) for call in beneath)


def _inner(index: int, call: metadata.InnerInstruction, keys: Sequence[Pubkey]) -> InnerInstruction:
    called = call.instruction()
    return InnerInstruction(
        index=index,
        stack_height=call.stack_height(),
        program_id=str(keys[called.program_id_index]),
        accounts=tuple(str(keys[at]) for at in called.accounts),
        data=bytes(called.data),
    )


def _changes(address: str, before: Account | None, after: Account | None) -> Iterable[AccountChange]:
    lamports_before, lamports_after = (account.lamports if account else 0 for account in (before, after))
    tokens = _token_changes(_token_account(address, before), _token_account(address, after))
    if lamports_before == lamports_after and not any(map(_moves_tokens, tokens)):
        return
    for token in tokens or (None,):
        yield AccountChange(
            address=address, lamports_before=lamports_before, lamports_after=lamports_after, token=token
        )
        lamports_before = lamports_after


def _token_changes(before: TokenAccount | None, after: TokenAccount | None) -> tuple[TokenChange, ...]:
    if before and after and before.mint != after.mint:
        return (*_token_changes(before, None), *_token_changes(None, after))
    known = after or before
    if known is None:
        return ()
    change = TokenChange(
        mint=known.mint,
        owner_before=before.owner if before else None,
        owner_after=after.owner if after else None,
        before_raw=before.amount_raw if before else 0,
        after_raw=after.amount_raw if after else 0,
    )
    return (change,)


def _moves_tokens(change: TokenChange) -> bool:
    return (change.owner_before, change.before_raw) != (change.owner_after, change.after_raw)


def _token_account(address: str, account: Account | None) -> TokenAccount | None:
    return decode_token_account(address, str(account.owner), account.data) if account else None
