"""A Solana chain as reev sees it: typed accounts, transactions and outcomes, and the Protocols of its backends.

Addresses are base58 text, transactions are signed bytes, amounts are raw units. A transaction that the chain
rejects is a ``TransactionOutcome`` with a failure; only a chain that cannot answer raises ``ChainError``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, runtime_checkable

from pydantic import BeforeValidator, Field, PlainSerializer

from ._model import Model
from .addresses import Address, decode_base58, encode_base58
from .amounts import Lamports, RawAmount

__all__ = [
    "AccountChange",
    "AccountMeta",
    "AccountState",
    "Chain",
    "ChainClock",
    "Checkpoint",
    "FailureCode",
    "InnerInstruction",
    "Instruction",
    "MintInfo",
    "SandboxChain",
    "SignedTransaction",
    "TokenAccount",
    "TokenChange",
    "TransactionFailure",
    "TransactionOutcome",
    "TransferFee",
]

Base58Bytes = Annotated[
    bytes,
    BeforeValidator(lambda value: decode_base58(value) if isinstance(value, str) else value),
    PlainSerializer(encode_base58, return_type=str, when_used="json"),
]
"""Bytes that JSON writes in base58, as Solana's RPC does for instruction data."""


class AccountMeta(Model):
    """One account of an instruction; the JSON names are those of the original's interchange format."""

    pubkey: Address
    is_signer: bool = False
    is_writable: bool = False


class Instruction(Model):
    """One call of a program."""

    program_id: Address
    accounts: tuple[AccountMeta, ...]
    data: Base58Bytes


class AccountState(Model):
    """An account as it stands on chain."""

    address: Address
    owner: Address
    """The program that owns the account."""
    lamports: Lamports
    data: bytes = b""
    executable: bool = False


class TokenAccount(Model):
    """A decoded account of the Token or Token-2022 program."""

    address: Address
    mint: Address
    owner: Address
    """The wallet whose signature moves the tokens."""
    amount_raw: RawAmount
    program: Address
    frozen: bool = False


class TransferFee(Model):
    """The transfer fee of a Token-2022 mint in the present epoch."""

    basis_points: Annotated[int, Field(ge=0, le=10_000)]
    maximum_raw: RawAmount

    def of(self, amount_raw: int) -> int:
        """Return what is withheld from a transfer of ``amount_raw``: rounded up, capped, as the program does."""
        return min(-(-amount_raw * self.basis_points // 10_000), self.maximum_raw)


class MintInfo(Model):
    """A decoded mint of the Token or Token-2022 program."""

    address: Address
    program: Address
    decimals: Annotated[int, Field(ge=0, le=255)]
    supply_raw: RawAmount
    transfer_fee: TransferFee | None = None
    blocking_extensions: tuple[str, ...] = ()
    """Token-2022 extensions under which an ordinary transfer is not what it seems, such as ``transfer_hook``."""


class ChainClock(Model):
    """The chain's own time; ``unix_timestamp`` in seconds counts from the world's start on the embedded chain."""

    slot: Annotated[int, Field(ge=0)]
    unix_timestamp: int


class SignedTransaction(Model):
    """A transaction ready to send: its fate can be looked up by ``signature`` before and after sending."""

    raw: bytes
    signature: str
    blockhash: str
    """Valid for 150 slots from when it was handed out."""


FailureCode = Literal[
    "already_processed",
    "blockhash_expired",
    "insufficient_lamports",
    "insufficient_tokens",
    "invalid_transaction",
    "missing_signature",
    "program_error",
    "rent",
    "too_large",
    "unknown_program",
]
"""Why a transaction did not do its work. ``rent`` means that an account would fall below rent exemption."""


class TransactionFailure(Model):
    """What went wrong, and where in the transaction."""

    code: FailureCode
    message: str
    instruction_index: int | None = None
    program_id: Address | None = None
    custom_code: int | None = None
    """The program's own error number, for example 6001."""


class TokenChange(Model):
    """The token side of an account before and after a transaction."""

    mint: Address
    owner_before: Address | None
    """None when the token account did not exist before."""
    owner_after: Address | None
    """None when the token account does not exist any more."""
    before_raw: RawAmount
    after_raw: RawAmount


class AccountChange(Model):
    """An account that a transaction changed in lamports or tokens."""

    address: Address
    lamports_before: Lamports
    lamports_after: Lamports
    token: TokenChange | None = None


class InnerInstruction(Model):
    """A call that a program made while an instruction was executed."""

    index: Annotated[int, Field(ge=0)]
    """Of the transaction's own instruction that it happened in, from 0."""
    stack_height: Annotated[int, Field(ge=2)]
    """2 for a call by that instruction's program, 3 for a call by the program so called."""
    program_id: Address
    accounts: tuple[Address, ...]
    data: Base58Bytes


class TransactionOutcome(Model):
    """What became of a transaction.

    ``landed`` means that the chain processed it and charged its fee, even when it failed. A transaction that did
    not land changed nothing and may be built anew.
    """

    signature: str
    slot: int
    landed: bool
    failure: TransactionFailure | None = None
    fee_lamports: Lamports = 0
    compute_units: int = 0
    logs: tuple[str, ...] = ()
    return_data: bytes = b""
    changes: tuple[AccountChange, ...] = ()
    inner_instructions: tuple[InnerInstruction, ...] = ()
    """In the order of the calls, up to the one that failed."""

    @property
    def succeeded(self) -> bool:
        """Whether every instruction was executed."""
        return self.landed and self.failure is None


@runtime_checkable
class Checkpoint(Protocol):
    """A point that a chain can be rewound to, valid only for the chain that made it."""

    @property
    def state_hash(self) -> str:
        """SHA-256 over everything that a rewind restores."""


class Chain(Protocol):
    """What tools need of a chain. Every method may raise ChainError.

    Contract suite: ``reev_types.testing.ChainContract``.
    """

    async def account(self, address: str) -> AccountState | None:
        """Return the account, or None when there is none."""

    async def mint(self, address: str) -> MintInfo | None:
        """Return the mint, or None when the address holds none."""

    async def token_account(self, address: str) -> TokenAccount | None:
        """Return the token account, or None when the address holds none."""

    async def token_accounts(self, owner: str) -> tuple[TokenAccount, ...]:
        """Return all token accounts of a wallet, of both token programs, ordered by address."""

    def associated_token_address(self, owner: str, mint: str, program: str) -> str:
        """Return the address where ``owner`` keeps ``mint`` by convention; pure."""

    async def clock(self) -> ChainClock:
        """Return the present slot and time."""

    async def minimum_balance(self, size: int) -> int:
        """Return the lamports that keep an account of ``size`` bytes rent-exempt."""

    async def prepare(
        self, instructions: Sequence[Instruction], *, payer: str, lookup_tables: Sequence[str] = ()
    ) -> SignedTransaction:
        """Build and sign a version 0 transaction on a fresh blockhash, without sending it.

        Raises ChainError ``unknown_signer`` when a required signer's key is not held.
        """

    async def simulate(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Return what submitting would do, changing nothing; ``landed`` tells what would happen."""

    async def submit(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Send a transaction and return its fate. The same transaction is never executed twice."""

    async def landed(self, signature: str) -> TransactionOutcome | None:
        """Return the outcome of a transaction that landed, or None."""

    async def is_current(self, blockhash: str) -> bool:
        """Tell whether a transaction on ``blockhash`` can still land; once it cannot, it never will."""

    async def checkpoint(self) -> Checkpoint:
        """Remember the present state."""

    async def rewind(self, checkpoint: Checkpoint) -> None:
        """Restore a remembered state completely: accounts, clock, blockhashes, landed transactions."""


class SandboxChain(Chain, Protocol):
    """A chain whose state may be set by decree, as benchmarks need; never a real one."""

    async def set_lamports(self, address: str, lamports: int) -> None:
        """Make ``address`` a wallet with exactly so many lamports; 0 removes it."""

    async def set_account(self, account: AccountState) -> None:
        """Install an account as given."""

    async def set_token_balance(self, owner: str, mint: str, amount_raw: int, *, lamports: int | None = None) -> str:
        """Give ``owner`` exactly ``amount_raw`` of ``mint`` in the associated token account and return its address.

        ``lamports`` defaults to rent exemption. Raises ChainError ``unknown_mint``.
        """

    async def advance(self, *, slots: int = 0, seconds: int = 0) -> None:
        """Let time pass; 151 slots expire every blockhash handed out before."""

    async def history(self) -> tuple[TransactionOutcome, ...]:
        """Return the outcomes of all transactions that landed, in their order; a rewind forgets what came after."""

    async def state_hash(self) -> str:
        """Return SHA-256 over all known accounts, sysvars, the blockhash queue and the landed transactions."""
