"""What the wallet has of a token, and where: the account that the market is paid from and pays to."""

from __future__ import annotations

from dataclasses import dataclass

from reev_tools.programs import LAMPORTS_PER_SIGNATURE
from reev_types.amounts import format_ui
from reev_types.chain import MintInfo, TokenAccount
from reev_types.errors import TokenError
from reev_types.tokens import SOL, SOL_MINT, symbol_of

from ._rent import token_account_size
from ._tool import Wallet

__all__ = ["Holding", "holding_of", "lamports_of", "spendable_raw", "tradable_mint"]


@dataclass(frozen=True, slots=True)
class Holding:
    """The wallet's associated token account for a mint, which may not exist yet; for SOL it holds wrapped SOL."""

    mint: MintInfo
    account: str
    state: TokenAccount | None
    rent_lamports: int
    """What creating the account takes; 0 where it exists."""
    native_lamports: int = 0
    """For SOL: what the wallet has natively, which alone is spent."""

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

    @property
    def available_raw(self) -> int:
        """What the wallet can spend at most: of SOL what it has natively."""
        return self.native_lamports if self.is_sol else self.amount_raw

    @property
    def beside(self) -> str:
        """What is to be said of wrapped SOL where native SOL is not enough; empty otherwise."""
        if not self.is_sol or not self.amount_raw:
            return ""
        return f"; another {format_ui(self.amount_raw, SOL.decimals)} SOL is wrapped, and is left as it is"


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
    native = await lamports_of(wallet) if mint.address == SOL_MINT else 0
    if state is None:
        return Holding(mint, account, None, await _opening_lamports(mint, account, wallet), native)
    if state.owner != wallet.address:
        raise TokenError("unusable_account", f"the wallet's account {account} has been given to {state.owner}")
    if state.frozen:
        raise TokenError("unusable_account", f"the wallet's account {account} for {symbol_of(mint.address)} is frozen")
    return Holding(mint, account, state, 0, native)


async def lamports_of(wallet: Wallet) -> int:
    """Return the wallet's native SOL in lamports."""
    own = await wallet.chain.account(wallet.address)
    return own.lamports if own else 0


async def spendable_raw(gives: Holding, gets: Holding, wallet: Wallet) -> int:
    """Return what ``max`` means: of SOL less the reserve, or less fee and rent where those are more."""
    if not gives.is_sol:
        return gives.amount_raw
    needed = LAMPORTS_PER_SIGNATURE + gives.rent_lamports + gets.rent_lamports
    kept = max(wallet.sol_reserve_lamports, needed)
    left, minimum = kept - LAMPORTS_PER_SIGNATURE - gets.rent_lamports, await wallet.chain.minimum_balance(0)
    if 0 < left < minimum:
        kept += minimum - left
    return max(0, gives.native_lamports - kept)


async def _opening_lamports(mint: MintInfo, account: str, wallet: Wallet) -> int:
    # Anybody can send lamports to an address before there is an account.
    there = await wallet.chain.account(account)
    minimum = await wallet.chain.minimum_balance(token_account_size(mint))
    return max(0, minimum - there.lamports) if there else minimum
