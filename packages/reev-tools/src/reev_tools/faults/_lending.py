"""A vault whose liquidity is lent, and given back: who borrowed it is on the chain, so nothing has to be remembered."""

from __future__ import annotations

from hashlib import sha256

from reev_tools.market._holdings import holding
from reev_tools.market.lend import vault_addresses
from reev_types.addresses import encode_base58
from reev_types.chain import AccountState, Chain, TokenAccount
from reev_types.errors import ChainError

from ._balances import after_transfer

__all__ = ["BORROWER", "accounts_after_lending"]

BORROWER = encode_base58(sha256(b"reev: whoever borrows the liquidity of a vault").digest())


async def accounts_after_lending(chain: Chain, mint: str, *, lent: bool) -> tuple[AccountState, ...]:
    """Return the accounts that change so that the liquidity of the vault for ``mint`` is lent, or is not.

    Empty when it is so already. What was paid into the vault meanwhile stays there. Raises ChainError
    ``unknown_vault``.
    """
    vault = await _vault(chain, mint)
    address = chain.associated_token_address(BORROWER, mint, vault.program)
    borrowed = await chain.token_account(address)
    if lent == (borrowed is not None):
        return ()
    if borrowed is None:
        emptied = await after_transfer(chain, vault.address, -vault.amount_raw)
        return emptied, holding(BORROWER, mint, vault.program, vault.amount_raw)
    returned = await after_transfer(chain, vault.address, borrowed.amount_raw)
    return returned, AccountState(address=address, owner=vault.program, lamports=0)


async def _vault(chain: Chain, mint: str) -> TokenAccount:
    info = await chain.mint(mint)
    vault = await chain.token_account(vault_addresses(mint, info.program).vault) if info else None
    if vault is None:
        raise ChainError("unknown_vault", f"there is no lending vault for {mint}", context={"mint": mint})
    return vault
