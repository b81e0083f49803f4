"""``sol_transfer``: native SOL to a wallet."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AliasChoices, Field

from reev_tools.programs import LAMPORTS_PER_SIGNATURE, transfer_lamports
from reev_tools.wallet._amount import AmountArguments, require
from reev_tools.wallet._parties import address_of, invalid_recipient, require_wallet
from reev_tools.wallet._receipt import send
from reev_tools.wallet._rent import require_rent
from reev_tools.wallet._tool import Tool, Wallet
from reev_types.tokens import SOL
from reev_types.tools import ToolResult

__all__ = ["SolTransfer"]


class SolTransferArguments(AmountArguments):
    """Arguments of ``sol_transfer``."""

    recipient: Annotated[str, Field(validation_alias=AliasChoices("recipient", "recipient_pubkey"))]
    """The recipient's wallet: a base58 address, or an account name from the request."""


class SolTransfer(Tool[SolTransferArguments]):
    """Sends native SOL; refuses what would leave either side below rent exemption."""

    name: ClassVar[str] = "sol_transfer"
    description: ClassVar[str] = (
        "Send native SOL from the user's wallet to another wallet. Executes at once and returns what happened. "
        'amount is in SOL ("0.1" is a tenth of a SOL, 100000000 lamports).'
    )
    moves_funds: ClassVar[bool] = True
    arguments = SolTransferArguments

    async def run(self, arguments: SolTransferArguments, wallet: Wallet) -> ToolResult:
        """Send, or refuse with ``insufficient_funds``, ``invalid_recipient``, ``below_rent`` or a bad amount's code."""
        recipient = address_of(arguments.recipient, wallet)
        if recipient == wallet.address:
            raise invalid_recipient("the recipient is the sending wallet itself")
        account = await wallet.chain.account(recipient)
        require_wallet(recipient, account)
        lamports = await self._lamports(arguments, wallet)
        if account is None:
            await require_rent(wallet, lamports, "a new account must receive")
        return await send(
            wallet,
            [transfer_lamports(wallet.address, recipient, lamports)],
            {},
            {"recipient": recipient, "sent_raw": lamports},
        )

    async def _lamports(self, arguments: SolTransferArguments, wallet: Wallet) -> int:
        own = await wallet.chain.account(wallet.address)
        balance = own.lamports if own else 0
        kept = max(wallet.sol_reserve_lamports, LAMPORTS_PER_SIGNATURE)
        lamports = arguments.raw(spendable_raw=max(0, balance - kept), decimals=SOL.decimals)
        require(balance, lamports + LAMPORTS_PER_SIGNATURE, SOL.decimals, SOL.symbol, "the transfer with its fee")
        left = balance - lamports - LAMPORTS_PER_SIGNATURE
        if left:
            await require_rent(wallet, left, "the sending wallet must keep")
        return lamports
