"""Other names for tools and parameters: those of the original's files and commits.

Names that only say whose wallet is meant are accepted where they mean the session's own, and left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reev_types.errors import UsageError

from ._parties import address_of
from ._tool import Tool, Wallet

__all__ = ["TOOL_ALIASES", "primary_name", "without_own_wallet"]

TOOL_ALIASES: Mapping[str, str] = {
    "account_balance": "get_account_balance",
    "balance_validation": "get_account_balance",
    "get_jupiter_lend_earn_position": "jupiter_earn",
    "get_jupiter_lend_earn_tokens": "get_lend_earn_tokens",
    "jupiter_earn_tool": "jupiter_earn",
    "jupiter_lend": "jupiter_lend_earn_deposit",
    "jupiter_lend_rates": "get_lend_earn_tokens",
    "jupiter_pools": "get_lend_earn_tokens",
    "jupiter_positions": "jupiter_earn",
    "jupiter_swap_flow": "jupiter_swap",
    "jupiter_withdraw": "jupiter_lend_earn_withdraw",
    "lend_earn_tokens": "get_lend_earn_tokens",
    "sol_tool": "sol_transfer",
}
"""Every other name of a tool, with the one that it is offered under."""

_OWN_WALLET = ("user_pubkey", "wallet_pubkey", "pubkey", "signer")


def primary_name(tool: str) -> str:
    """Return the name that a tool is offered under; one that is unknown stays as it is."""
    return TOOL_ALIASES.get(tool, tool)


def without_own_wallet(arguments: Mapping[str, Any], tool: Tool[Any], wallet: Wallet) -> dict[str, Any]:
    """Return ``arguments`` without those that merely name ``wallet`` and that ``tool`` does not know.

    Raises UsageError ``foreign_wallet`` where they name another one, ``unknown_address`` where they name none.
    """
    redundant = {name for name in _OWN_WALLET if name in arguments and not tool.takes(name)}
    for name in sorted(redundant):
        _require_own(name, arguments[name], wallet)
    return {name: value for name, value in arguments.items() if name not in redundant}


def _require_own(name: str, value: object, wallet: Wallet) -> None:
    if isinstance(value, str) and address_of(value, wallet) == wallet.address:
        return
    raise UsageError(
        "foreign_wallet",
        f"{name} is not the wallet of this session, and tools act for no other",
        suggestions=(f"leave {name} out",),
    )
