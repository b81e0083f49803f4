"""Who is meant: names, addresses and tokens as agents write them.

A recipient that could be anything but what was asked for is refused: funds that leave cannot be called back.
"""

from __future__ import annotations

from reev_tools.chain import is_on_curve
from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.addresses import is_address
from reev_types.chain import AccountState
from reev_types.errors import TokenError, UsageError
from reev_types.tokens import find_token

from ._tool import Wallet

__all__ = ["address_of", "invalid_recipient", "mint_of", "require_wallet"]


def address_of(text: str, wallet: Wallet) -> str:
    """Return the address that a name or address means; raises UsageError ``unknown_address``."""
    name = text.strip()
    if name in wallet.names:
        return wallet.names[name]
    if is_address(name):
        return name
    known = ", ".join(sorted(wallet.names)) or "none"
    raise UsageError(
        "unknown_address",
        f"{name[:64]!r} is neither an address nor a known account name",
        suggestions=(f"give a base58 address or one of: {known}",),
    )


def mint_of(text: str) -> str:
    """Return the mint that a symbol or mint address means; raises TokenError ``unknown_token``."""
    name = text.strip()
    try:
        return find_token(name).mint
    except TokenError:
        if is_address(name):
            return name
        raise


def require_wallet(address: str, account: AccountState | None) -> None:
    """Raise UsageError ``invalid_recipient`` unless ``address`` is, or may become, somebody's wallet."""
    if account is None:
        if not is_on_curve(address):
            raise invalid_recipient(f"{address} has no account and no private key can belong to it")
        return
    if account.owner != SYSTEM_PROGRAM or account.executable:
        raise invalid_recipient(f"{address} is not a wallet but an account of program {account.owner}")


def invalid_recipient(message: str) -> UsageError:
    """Return the error that refuses a recipient."""
    return UsageError(
        "invalid_recipient", message, suggestions=("check the recipient, or call refuse with code invalid_recipient",)
    )
