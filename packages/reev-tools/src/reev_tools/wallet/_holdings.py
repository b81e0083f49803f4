"""What the wallet has of a token, and where: the account that the market is paid from and pays to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reev_types.amounts import format_ui
from reev_types.chain import MintInfo, TokenAccount
from reev_types.errors import TokenError
from reev_types.tokens import SOL_MINT, symbol_of, token_of

from ._rent import token_account_size
from ._tool import Wallet

__all__ = ["Holding", "balances_left", "holding_of", "lamports_of", "tradable_mint"]


@dataclass(frozen=True, slots=True)
class Holding:
    """The wallet's associated token account for a mint, which may not exist yet; for SOL it holds wrapped SOL."""

    mint: MintInfo
    account: str
    state: TokenAccount | None
    rent_lamports: int
    """What creating the account takes; 0 where it exists."""

    @property
    def symbol(self) -> str:
        """The token's symbol."""
        return symbol_of(self.mint.address)

    @property
    def is_sol(self) -> bool:
        """Whether the token is SOL, which the wallet holds natively."""
        return self.mint.address == SOL_MINT

    @property
    def amount_raw(self) -> int:
        """What the account holds."""
        return self.state.amount_raw if self.state else 0


async def tradable_mint(address: str, wallet: Wallet) -> MintInfo:
    """Return a mint that a market can move; raises TokenError ``unknown_token`` or ``unsupported_token``."""
    mint = await wallet.chain.mint(address)
    if mint is None:
        raise TokenError("unknown_token", f"there is no mint at {address}")
    if mint.blocking_extensions:
        names = ", ".join(mint.blocking_extensions)
        raise TokenError("unsupported_token", f"{symbol_of(address)} restricts transfers by its extensions: {names}")
    return mint


async def holding_of(mint: MintInfo, wallet: Wallet) -> Holding:
    """Return the wallet's holding; raises TokenError ``unusable_account`` for one that is frozen or given away."""
    account = wallet.chain.associated_token_address(wallet.address, mint.address, mint.program)
    state = await wallet.chain.token_account(account)
    if state is None:
        return Holding(mint, account, None, await wallet.chain.minimum_balance(token_account_size(mint)))
    if state.owner != wallet.address:
        raise TokenError("unusable_account", f"the wallet's account {account} has been given to {state.owner}")
    if state.frozen:
        raise TokenError("unusable_account", f"the wallet's account {account} for {symbol_of(mint.address)} is frozen")
    return Holding(mint, account, state, 0)


async def lamports_of(wallet: Wallet) -> int:
    """Return the wallet's native SOL in lamports."""
    own = await wallet.chain.account(wallet.address)
    return own.lamports if own else 0


async def balances_left(wallet: Wallet, *holdings: Holding) -> dict[str, Any]:
    """Return what the wallet has now, by symbol, or by mint outside the registry; of SOL the native balance."""
    left = {}
    for holding in holdings:
        address, decimals = holding.mint.address, holding.mint.decimals
        raw = await _present_raw(holding, wallet)
        name = holding.symbol if token_of(address) else address
        left[name] = {"mint": address, "raw": raw, "ui": format_ui(raw, decimals)}
    return left


async def _present_raw(holding: Holding, wallet: Wallet) -> int:
    if holding.is_sol:
        return await lamports_of(wallet)
    state = await wallet.chain.token_account(holding.account)
    return state.amount_raw if state else 0
