"""The embedded chain: a session on a shared LiteSVM."""

from __future__ import annotations

from collections.abc import Sequence

from solders.account import Account
from solders.hash import Hash
from solders.pubkey import Pubkey

from reev_types.chain import (
    AccountState,
    ChainClock,
    Checkpoint,
    Instruction,
    MintInfo,
    SignedTransaction,
    TokenAccount,
    TransactionOutcome,
)
from reev_types.errors import ChainError

from ._blockhashes import BlockhashQueue
from ._compile import compile_message, sign
from ._decrees import given_account, token_balance_account, wallet_account
from ._keyring import Keyring
from ._keys import associated_token_address, pubkey
from ._moments import check_forward, later
from ._process import process
from ._session import Session, SessionCheckpoint
from ._states import account_state, mint_info, token_account, token_accounts
from ._tables import lookup_table
from ._transactions import TransactionReader
from ._vm import Vm

__all__ = ["EmbeddedChain"]


class EmbeddedChain:
    """A SandboxChain of its own for one run, on a ``Vm`` shared by many.

    Everything is a function of the VM's world, the keyring, ``seed`` (from which blockhashes derive) and the calls
    made. A landed transaction takes one slot; time passes by ``advance`` alone. Programs belong to the world, so a
    transaction that names a program loader is refused as ``invalid_transaction``, and durable nonces as expired.
    """

    def __init__(self, vm: Vm, keyring: Keyring, *, seed: int = 0) -> None:
        self._vm = vm
        self._keyring = keyring
        self._reader = TransactionReader(keyring)
        self._session = Session(vm, BlockhashQueue(seed))

    async def account(self, address: str) -> AccountState | None:
        """Return the account, or None when there is none."""
        return account_state(address, self._session.get(pubkey(address)))

    async def mint(self, address: str) -> MintInfo | None:
        """Return the mint, with the transfer fee of the session's epoch, or None when the address holds none."""
        epoch = self._vm.epoch(self._session.clock.slot)
        return mint_info(address, self._session.get(pubkey(address)), epoch)

    async def token_account(self, address: str) -> TokenAccount | None:
        """Return the token account, or None when the address holds none."""
        return token_account(address, self._session.get(pubkey(address)))

    async def token_accounts(self, owner: str) -> tuple[TokenAccount, ...]:
        """Return all token accounts of a wallet, of both token programs, ordered by address."""
        keys = self._session.token_account_keys(pubkey(owner))
        return token_accounts((key, self._session.get(key)) for key in keys)

    def associated_token_address(self, owner: str, mint: str, program: str) -> str:
        """Return the address where ``owner`` keeps ``mint`` by convention; pure."""
        return associated_token_address(owner, mint, program)

    async def clock(self) -> ChainClock:
        """Return the present slot and time."""
        return self._session.clock

    async def minimum_balance(self, size: int) -> int:
        """Return the lamports that keep an account of ``size`` bytes rent-exempt."""
        return self._vm.minimum_balance(size)

    async def prepare(
        self, instructions: Sequence[Instruction], *, payer: str, lookup_tables: Sequence[str] = ()
    ) -> SignedTransaction:
        """Build and sign a version 0 transaction on the newest blockhash, without sending it.

        Raises ChainError: ``unknown_signer``, ``unknown_lookup_table``, ``inactive_lookup_table``,
        ``cannot_compile``.
        """
        slot = self._session.clock.slot
        keys = [pubkey(address) for address in lookup_tables]
        tables = [lookup_table(key, self._session.get(key), slot) for key in keys]
        blockhash = self._session.blockhashes.newest(slot)
        read = sign(compile_message(payer, instructions, tables, blockhash), self._keyring)
        raw = bytes(read.transaction)
        self._reader.remember(raw, read)
        return SignedTransaction(raw=raw, signature=read.signature, blockhash=str(blockhash))

    async def simulate(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Return what submitting would do, changing nothing; ``landed`` tells what would happen."""
        return process(transaction, self._session, self._reader).outcome

    async def submit(self, transaction: SignedTransaction) -> TransactionOutcome:
        """Execute a transaction, at most once, and return its fate."""
        fate = process(transaction, self._session, self._reader)
        if fate.outcome.landed:
            for key, account in fate.after.items():
                self._session.put(key, account)
            self._session.landed[fate.outcome.signature] = fate.outcome
            self._session.clock = later(self._session.clock, slots=1, seconds=0)
        return fate.outcome

    async def landed(self, signature: str) -> TransactionOutcome | None:
        """Return the outcome of a transaction that landed, or None."""
        return self._session.landed.get(signature)

    async def is_current(self, blockhash: str) -> bool:
        """Tell whether a transaction on ``blockhash`` can still land."""
        return self._session.blockhashes.is_valid(Hash.from_string(blockhash), self._session.clock.slot)

    async def history(self) -> tuple[TransactionOutcome, ...]:
        """Return the outcomes of all transactions that landed, in their order."""
        return tuple(self._session.landed.values())

    async def checkpoint(self) -> Checkpoint:
        """Remember the present state."""
        return SessionCheckpoint(self, self._session)

    async def rewind(self, checkpoint: Checkpoint) -> None:
        """Restore a remembered state completely; raises ChainError ``foreign_checkpoint`` for another chain's."""
        if not isinstance(checkpoint, SessionCheckpoint) or checkpoint.chain is not self:
            raise ChainError("foreign_checkpoint", "the checkpoint was made by another chain")
        self._session.assume(checkpoint.session)

    async def set_lamports(self, address: str, lamports: int) -> None:
        """Make ``address`` a wallet with exactly so many lamports; 0 removes it."""
        self._decree(pubkey(address), wallet_account(lamports))

    async def set_account(self, account: AccountState) -> None:
        """Install an account as given; one without lamports is removed, since no chain keeps such accounts.

        Raises ChainError ``executable_account`` or ``reserved_account``: programs and sysvars belong to the world.
        """
        self._decree(pubkey(account.address), given_account(account))

    async def set_token_balance(self, owner: str, mint: str, amount_raw: int, *, lamports: int | None = None) -> str:
        """Give ``owner`` exactly ``amount_raw`` of ``mint`` in the associated token account and return its address.

        ``lamports`` defaults to rent exemption; for wrapped SOL it is raised to what backs the amount. Raises
        ChainError ``unknown_mint``.
        """
        mint_account = self._session.get(pubkey(mint))
        account = token_balance_account(self._vm.minimum_balance, owner, mint, mint_account, amount_raw, lamports)
        address = associated_token_address(owner, mint, str(account.owner))
        self._decree(pubkey(address), account)
        return address

    async def advance(self, *, slots: int = 0, seconds: int = 0) -> None:
        """Let time pass; 151 slots expire every blockhash handed out before.

        Raises ChainError ``time_runs_forward``, ``time_out_of_range``.
        """
        check_forward(slots, seconds)
        self._session.clock = later(self._session.clock, slots=slots, seconds=seconds)

    async def state_hash(self) -> str:
        """Return SHA-256 over all known accounts, sysvars, the blockhash queue and the landed transactions."""
        return self._session.state_hash()

    def _decree(self, key: Pubkey, account: Account | None) -> None:
        if self._vm.is_reserved(key):
            raise ChainError("reserved_account", f"{key} is a program or a sysvar: it belongs to the world")
        self._session.put(key, account)
