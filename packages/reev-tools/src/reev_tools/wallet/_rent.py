"""Rent: no account may be left with some lamports but fewer than keep it on chain."""

from __future__ import annotations

from reev_types.amounts import format_ui
from reev_types.chain import MintInfo
from reev_types.errors import AmountError
from reev_types.tokens import SOL, TOKEN_2022_PROGRAM

from ._tool import Wallet

__all__ = ["require_rent", "token_account_size"]

_TOKEN_ACCOUNT_BYTES = 165
_ACCOUNT_TYPE_BYTES = 1
_IMMUTABLE_OWNER_BYTES = 4
_TRANSFER_FEE_AMOUNT_BYTES = 4 + 8


async def require_rent(wallet: Wallet, lamports: int, duty: str) -> None:
    """Raise AmountError ``below_rent`` when ``lamports`` do not keep a wallet rent-exempt; ``duty`` says whose."""
    minimum = await wallet.chain.minimum_balance(0)
    if lamports < minimum:
        raise AmountError(
            "below_rent",
            f"{duty} at least {format_ui(minimum, SOL.decimals)} SOL to stay rent-exempt, "
            f"this would be {format_ui(lamports, SOL.decimals)} SOL",
            suggestions=("change the amount so that the account has none, or at least as much as that",),
        )


def token_account_size(mint: MintInfo) -> int:
    """Return the bytes of an associated token account for ``mint``, with the extensions that its program adds."""
    if mint.program != TOKEN_2022_PROGRAM:
        return _TOKEN_ACCOUNT_BYTES
    size = _TOKEN_ACCOUNT_BYTES + _ACCOUNT_TYPE_BYTES + _IMMUTABLE_OWNER_BYTES
    return size + _TRANSFER_FEE_AMOUNT_BYTES if mint.transfer_fee else size
