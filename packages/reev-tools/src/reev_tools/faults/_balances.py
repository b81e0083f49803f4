"""Token accounts with other balances, as transfers would have left them."""

from __future__ import annotations

import struct

from reev_types.chain import AccountState, Chain
from reev_types.errors import ChainError
from reev_types.tokens import SOL_MINT

__all__ = ["after_transfer"]

_AMOUNT = struct.Struct("<Q")
_AMOUNT_AT = 64


async def after_transfer(chain: Chain, address: str, change_raw: int) -> AccountState:
    """Return the token account at ``address`` with ``change_raw`` more in it; wrapped SOL stays backed by lamports.

    Raises ChainError ``unknown_account``.
    """
    account, held = await chain.account(address), await chain.token_account(address)
    if account is None or held is None:
        raise ChainError("unknown_account", f"no tokens are held at {address}", context={"address": address})
    data = bytearray(account.data)
    _AMOUNT.pack_into(data, _AMOUNT_AT, held.amount_raw + change_raw)
    lamports = account.lamports + (change_raw if held.mint == SOL_MINT else 0)
    return account.model_copy(update={"data": bytes(data), "lamports": lamports})
