"""``execute_transaction``: instructions that an agent built itself, in one transaction that the wallet signs.

Not among the standard tools: it is for agents that return instructions instead of calling tools.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from reev_tools.wallet._authority import check_authority
from reev_tools.wallet._parties import address_of
from reev_tools.wallet._receipt import executed, failed, submit
from reev_tools.wallet._tool import Arguments, Tool, Wallet
from reev_types.addresses import decode_base58
from reev_types.chain import AccountMeta, Instruction, TransactionOutcome
from reev_types.errors import UsageError
from reev_types.tools import ToolResult

__all__ = ["ExecuteTransaction"]

_MOST_INSTRUCTIONS = 64
_MOST_ACCOUNTS = 64
"""Of one instruction, and of the whole transaction, which has room for fewer."""
_TRANSACTION_BYTES = 1232
_MOST_CHARACTERS = 1_700
"""Base58 of as many bytes as a transaction has."""

_LOADERS = frozenset(
    {
        "BPFLoader1111111111111111111111111111111111",
        "BPFLoader2111111111111111111111111111111111",
        "BPFLoaderUpgradeab1e11111111111111111111111",
        "LoaderV411111111111111111111111111111111111",
        "NativeLoader1111111111111111111111111111111",
    }
)


class ForeignAccount(Arguments):
    """One account of an instruction."""

    pubkey: Annotated[str, Field(max_length=256)]
    """A base58 address, or an account name from the request."""
    is_signer: bool = False
    """Whether the account signs; only the user's wallet can."""
    is_writable: bool = False
    """Whether the instruction may change the account."""


class ForeignInstruction(Arguments):
    """One call of a program."""

    program_id: Annotated[str, Field(max_length=256)]
    """The program's base58 address."""
    accounts: Annotated[tuple[ForeignAccount, ...], Field(max_length=_MOST_ACCOUNTS)]
    """The accounts in the order that the program expects."""
    data: Annotated[str, Field(max_length=_MOST_CHARACTERS)]
    """The instruction data in base58."""


class TransactionArguments(Arguments):
    """Arguments of ``execute_transaction``."""

    instructions: Annotated[tuple[ForeignInstruction, ...], Field(min_length=1, max_length=_MOST_INSTRUCTIONS)]
    """The instructions in order; all of them take effect or none."""


class ExecuteTransaction(Tool[TransactionArguments]):
    """Sends instructions as they are, signed by the wallet and by nobody else."""

    name: ClassVar[str] = "execute_transaction"
    description: ClassVar[str] = (
        "Send instructions of your own in one transaction that the user's wallet pays for and signs. Executes at once "
        "and returns what happened."
    )
    moves_funds: ClassVar[bool] = True
    arguments = TransactionArguments

    async def run(self, arguments: TransactionArguments, wallet: Wallet) -> ToolResult:
        """Send, or refuse with ``foreign_signer``, ``program_not_allowed``, ``lasting_authority`` and their like."""
        instructions = [_resolved(instruction, wallet) for instruction in arguments.instructions]
        _check_programs(instructions)
        _check_signers(instructions, wallet)
        check_authority(instructions, wallet.address)
        _check_size(instructions, wallet)
        outcome = await submit(wallet, instructions)
        if outcome.failure is not None:
            return failed(outcome, outcome.failure)
        details = {"instructions": len(instructions)}
        return executed(outcome, outcome.changes, await _decimals(outcome, wallet), details)


def _resolved(instruction: ForeignInstruction, wallet: Wallet) -> Instruction:
    return Instruction(
        program_id=address_of(instruction.program_id, wallet),
        accounts=tuple(
            AccountMeta(
                pubkey=address_of(account.pubkey, wallet),
                is_signer=account.is_signer,
                is_writable=account.is_writable,
            )
            for account in instruction.accounts
        ),
        data=_bytes(instruction.data),
    )


def _bytes(data: str) -> bytes:
    try:
        return decode_base58(data)
    except ValueError as error:
        raise UsageError("bad_data", f"instruction data is base58: {error}") from error


def _check_programs(instructions: Iterable[Instruction]) -> None:
    for instruction in instructions:
        if instruction.program_id in _LOADERS:
            raise UsageError("program_not_allowed", f"programs are not deployed here: {instruction.program_id}")


def _check_signers(instructions: Iterable[Instruction], wallet: Wallet) -> None:
    for account in _accounts(instructions):
        if account.is_signer and account.pubkey != wallet.address:
            raise UsageError(
                "foreign_signer",
                f"{account.pubkey} would have to sign, and only the user's wallet does",
                suggestions=(f"the only signer is {wallet.address}",),
            )


def _check_size(instructions: list[Instruction], wallet: Wallet) -> None:
    """Refuse here what no transaction can hold; whether the rest fits exactly is found out by sending it."""
    named = {account.pubkey for account in _accounts(instructions)}
    named |= {instruction.program_id for instruction in instructions} | {wallet.address}
    data_bytes = sum(len(instruction.data) for instruction in instructions)
    if len(named) > _MOST_ACCOUNTS or data_bytes > _TRANSACTION_BYTES:
        raise UsageError(
            "too_large",
            f"{len(named)} accounts and {data_bytes} bytes of data do not fit into one transaction",
            suggestions=("send fewer instructions at a time",),
        )


def _accounts(instructions: Iterable[Instruction]) -> Iterator[AccountMeta]:
    for instruction in instructions:
        yield from instruction.accounts


async def _decimals(outcome: TransactionOutcome, wallet: Wallet) -> dict[str, int]:
    mints = {change.token.mint for change in outcome.changes if change.token is not None}
    infos = {mint: await wallet.chain.mint(mint) for mint in sorted(mints)}
    return {mint: info.decimals if info else 0 for mint, info in infos.items()}
