"""``get_account_balance``: what a wallet or token account holds."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, Field

from reev_tools.wallet._parties import address_of, mint_of
from reev_tools.wallet._tool import Arguments, Tool, Wallet
from reev_types.amounts import format_ui
from reev_types.chain import TokenAccount
from reev_types.tokens import SOL, SOL_MINT, symbol_of
from reev_types.tools import Observed, ToolResult

__all__ = ["GetAccountBalance"]

_WRAPPED = "wSOL"


class BalanceArguments(Arguments):
    """Arguments of ``get_account_balance``."""

    account: Annotated[
        str | None, Field(validation_alias=AliasChoices("account", "pubkey", "wallet_pubkey", "user_pubkey"))
    ] = None
    """A wallet or token account: address or account name; the user's wallet when left out."""
    token: Annotated[str | None, Field(validation_alias=AliasChoices("token", "token_mint", "mint"))] = None
    """Only this token: symbol or mint address."""


class GetAccountBalance(Tool[BalanceArguments]):
    """Reads balances; moves nothing."""

    name: ClassVar[str] = "get_account_balance"
    description: ClassVar[str] = (
        "Read the SOL and token balances of a wallet or token account, in UI and raw units. sol is native SOL; wrapped "
        "SOL is a token of its own, wSOL, which no tool spends as SOL. Changes nothing."
    )
    moves_funds: ClassVar[bool] = False
    arguments = BalanceArguments

    async def run(self, arguments: BalanceArguments, wallet: Wallet) -> ToolResult:
        """Return the balances; an account that does not exist has none, and the result says so."""
        address = address_of(arguments.account, wallet) if arguments.account else wallet.address
        only = mint_of(arguments.token) if arguments.token else None
        account = await wallet.chain.account(address)
        lamports = account.lamports if account else 0
        single = await wallet.chain.token_account(address)
        held = (single,) if single else await wallet.chain.token_accounts(address)
        return Observed(
            data={
                "account": address,
                "exists": account is not None,
                "lamports": lamports,
                "sol": format_ui(lamports, SOL.decimals),
                "tokens": [await _row(token, wallet) for token in held if only in (None, token.mint)],
            }
        )


async def _row(token: TokenAccount, wallet: Wallet) -> dict[str, Any]:
    mint = await wallet.chain.mint(token.mint)
    decimals = mint.decimals if mint else 0
    return {
        "token_account": token.address,
        "mint": token.mint,
        "symbol": _WRAPPED if token.mint == SOL_MINT else symbol_of(token.mint),
        "decimals": decimals,
        "balance_raw": token.amount_raw,
        "balance": format_ui(token.amount_raw, decimals),
    }
