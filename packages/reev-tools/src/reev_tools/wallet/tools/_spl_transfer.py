"""``spl_transfer``: tokens of the Token program or Token-2022 to a wallet or token account."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import AliasChoices, Field

from reev_tools.programs import (
    LAMPORTS_PER_SIGNATURE,
    create_associated_token_account,
    transfer_checked,
    transfer_checked_with_fee,
)
from reev_tools.wallet._amount import AmountArguments, require
from reev_tools.wallet._parties import address_of, invalid_recipient, mint_of, require_wallet
from reev_tools.wallet._receipt import send
from reev_tools.wallet._rent import require_rent, token_account_size
from reev_tools.wallet._tool import Tool, Wallet
from reev_types.chain import Instruction, MintInfo, TokenAccount
from reev_types.errors import TokenError, UsageError
from reev_types.tokens import SOL, SOL_MINT, symbol_of
from reev_types.tools import ToolResult

__all__ = ["SplTransfer"]


class SplTransferArguments(AmountArguments):
    """Arguments of ``spl_transfer``."""

    recipient: Annotated[str, Field(validation_alias=AliasChoices("recipient", "recipient_pubkey"))]
    """The recipient's wallet or token account: a base58 address, or an account name from the request."""
    token: Annotated[str, Field(validation_alias=AliasChoices("token", "mint_address", "mint"))]
    """Symbol such as "USDC", or the mint's base58 address."""


class Destination(NamedTuple):
    """The token account that receives, and the wallet it must be created for when it is missing."""

    account: str
    create_for: str | None


class Withdrawal(NamedTuple):
    """What is taken from one of the wallet's token accounts, and the transfer fee withheld from it."""

    source: str
    amount_raw: int
    fee_raw: int


class SplTransfer(Tool[SplTransferArguments]):
    """Sends tokens; creates the recipient's associated token account when it is missing."""

    name: ClassVar[str] = "spl_transfer"
    description: ClassVar[str] = (
        "Send tokens from the user's wallet to a recipient's wallet or token account. Executes at once and tells what "
        'happened. amount is in token units ("15" of USDC is 15000000 raw). With a transfer fee, amount is what leaves '
        "the sender; the result says what arrived."
    )
    moves_funds: ClassVar[bool] = True
    arguments = SplTransferArguments

    async def run(self, arguments: SplTransferArguments, wallet: Wallet) -> ToolResult:
        """Send, or refuse with ``insufficient_funds``, ``invalid_recipient``, ``unknown_token`` and their like."""
        mint = await _transferable_mint(arguments.token, wallet)
        destination = await _destination(address_of(arguments.recipient, wallet), mint, wallet)
        withdrawals = await _withdrawals(arguments, mint, wallet)
        await _require_lamports(wallet, destination, mint)
        instructions = [
            *_creation(wallet, destination, mint),
            *(_transfer(wallet, withdrawal, destination, mint) for withdrawal in withdrawals),
        ]
        return await send(wallet, instructions, {mint.address: mint.decimals}, _details(withdrawals, destination, mint))


def _details(withdrawals: list[Withdrawal], destination: Destination, mint: MintInfo) -> dict[str, Any]:
    sent_raw = sum(withdrawal.amount_raw for withdrawal in withdrawals)
    withheld_raw = sum(withdrawal.fee_raw for withdrawal in withdrawals)
    return {
        "mint": mint.address,
        "recipient_account": destination.account,
        "recipient_account_created": destination.create_for is not None,
        "sent_raw": sent_raw,
        "received_raw": sent_raw - withheld_raw,
        "withheld_raw": withheld_raw,
    }


async def _transferable_mint(token: str, wallet: Wallet) -> MintInfo:
    address = mint_of(token)
    if address == SOL_MINT:
        raise UsageError("use_sol_transfer", "SOL is not a token here", suggestions=("call sol_transfer",))
    mint = await wallet.chain.mint(address)
    if mint is None:
        raise TokenError("unknown_token", f"there is no mint at {address}")
    if mint.blocking_extensions:
        names = ", ".join(mint.blocking_extensions)
        raise TokenError("unsupported_token", f"{symbol_of(address)} restricts transfers by its extensions: {names}")
    return mint


async def _destination(recipient: str, mint: MintInfo, wallet: Wallet) -> Destination:
    account = await wallet.chain.token_account(recipient)
    if account is None:
        return await _associated_destination(recipient, mint, wallet)
    if account.mint != mint.address:
        raise invalid_recipient(f"{recipient} is a token account for {symbol_of(account.mint)}")
    return _checked_destination(account, wallet)


async def _associated_destination(owner: str, mint: MintInfo, wallet: Wallet) -> Destination:
    require_wallet(owner, await wallet.chain.account(owner))
    if owner == wallet.address:
        raise invalid_recipient("the recipient is the sending wallet itself")
    address = wallet.chain.associated_token_address(owner, mint.address, mint.program)
    existing = await wallet.chain.token_account(address)
    if existing is None:
        return Destination(address, create_for=owner)
    if existing.owner != owner:
        raise invalid_recipient(f"{address}, the token account of {owner}, has been given to {existing.owner}")
    return _checked_destination(existing, wallet)


def _checked_destination(account: TokenAccount, wallet: Wallet) -> Destination:
    if account.frozen:
        raise invalid_recipient(f"the token account {account.address} is frozen")
    if account.owner == wallet.address:
        raise invalid_recipient("the recipient is the sending wallet itself")
    return Destination(account.address, create_for=None)


async def _withdrawals(arguments: SplTransferArguments, mint: MintInfo, wallet: Wallet) -> list[Withdrawal]:
    """Return which accounts the amount comes from: the associated one first, then the fullest."""
    associated = wallet.chain.associated_token_address(wallet.address, mint.address, mint.program)
    held = await wallet.chain.token_accounts(wallet.address)
    usable = sorted(
        (account for account in held if account.mint == mint.address and not account.frozen),
        key=lambda account: (account.address != associated, -account.amount_raw, account.address),
    )
    available_raw = sum(account.amount_raw for account in usable)
    left_raw = arguments.raw(spendable_raw=available_raw, decimals=mint.decimals)
    require(available_raw, left_raw, mint.decimals, symbol_of(mint.address), "the transfer")
    withdrawals = []
    for account in usable:
        taken_raw = min(account.amount_raw, left_raw)
        if taken_raw:
            withdrawals.append(Withdrawal(account.address, taken_raw, _fee(mint, taken_raw)))
            left_raw -= taken_raw
    return withdrawals


def _fee(mint: MintInfo, amount_raw: int) -> int:
    return mint.transfer_fee.of(amount_raw) if mint.transfer_fee else 0


async def _require_lamports(wallet: Wallet, destination: Destination, mint: MintInfo) -> None:
    own = await wallet.chain.account(wallet.address)
    balance = own.lamports if own else 0
    needed = LAMPORTS_PER_SIGNATURE
    purpose = "the transaction fee"
    if destination.create_for:
        needed += await wallet.chain.minimum_balance(token_account_size(mint))
        purpose = "creating the recipient's token account"
    require(balance, needed, SOL.decimals, SOL.symbol, purpose)
    if balance > needed:
        await require_rent(wallet, balance - needed, "the sending wallet must keep")


def _creation(wallet: Wallet, destination: Destination, mint: MintInfo) -> list[Instruction]:
    if destination.create_for is None:
        return []
    return [
        create_associated_token_account(
            wallet.address, destination.account, destination.create_for, mint.address, mint.program
        )
    ]


def _transfer(wallet: Wallet, withdrawal: Withdrawal, destination: Destination, mint: MintInfo) -> Instruction:
    ends = (mint.program, withdrawal.source, mint.address, destination.account, wallet.address)
    if mint.transfer_fee is None:
        return transfer_checked(*ends, withdrawal.amount_raw, mint.decimals)
    return transfer_checked_with_fee(*ends, withdrawal.amount_raw, mint.decimals, withdrawal.fee_raw)
