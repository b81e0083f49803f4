"""One LiteSVM for many sessions: it holds the world, and between two calls nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from solders.account import Account
from solders.clock import Clock
from solders.epoch_schedule import EpochSchedule
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction
from solders.transaction_metadata import FailedTransactionMetadata, InnerInstruction, TransactionResult
from solders.transaction_status import TransactionErrorType

from reev_tools.programs import SYSTEM_PROGRAM
from reev_types.chain import ChainClock
from reev_types.errors import ChainError

from ._digest import Digest
from ._keys import FEATURE_PROGRAM, INSTRUCTIONS_SYSVAR, LOADERS, NATIVE_LOADER, SYSVAR_OWNER, pubkey
from ._token_accounts import token_owner
from ._world import World

__all__ = ["Execution", "Vm"]

_NO_ACCOUNT = Account(0, b"", pubkey(SYSTEM_PROGRAM))
_RESERVED_OWNERS = LOADERS | {NATIVE_LOADER, SYSVAR_OWNER, FEATURE_PROGRAM}


@dataclass(frozen=True, slots=True)
class Execution:
    """What the VM made of a transaction."""

    error: TransactionErrorType | None
    logs: tuple[str, ...]
    compute_units: int
    fee_lamports: int
    """What the VM asks for; whether it was charged shows in ``after``."""
    return_data: bytes
    inner: tuple[tuple[InnerInstruction, ...], ...]
    """The calls that programs made, instruction by instruction."""
    after: dict[Pubkey, Account | None]
    """The accounts that the transaction could write, as it left them."""


class Vm:
    """Executes transactions of any number of sessions on one LiteSVM, from any thread.

    Before a transaction the session's accounts are put in, afterwards the world is put back: so no session can see
    another, and the same call always has the same result. Of the sysvars only the clock follows a session.

    Raises ChainError ``bad_program`` for an unusable ELF.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._lock = Lock()
        self._svm = _boot(world)
        self._genesis_clock = self._svm.get_clock()
        self._schedule = self._svm.get_epoch_schedule()
        self._holders = _token_holders(world)
        self.start_slot = self._genesis_clock.slot
        """The slot in which every session starts; programs are not visible before it."""
        self.genesis_hash = self.fingerprint()
        """SHA-256 over the world as the VM holds it, programs and sysvars included."""

    def genesis(self, key: Pubkey) -> Account | None:
        """Return the account as it is in the world, programs and sysvars included."""
        with self._lock:
            return self._svm.get_account(key)

    def genesis_token_accounts(self, owner: Pubkey) -> tuple[Pubkey, ...]:
        """Return where the world keeps token accounts of ``owner``."""
        return self._holders.get(bytes(owner), ())

    def is_reserved(self, key: Pubkey) -> bool:
        """Tell whether ``key`` is a program, a sysvar or what belongs to one: nothing that a session may set."""
        if key == INSTRUCTIONS_SYSVAR or key in LOADERS:
            return True
        account = self.genesis(key)
        return account is not None and (account.executable or account.owner in _RESERVED_OWNERS)

    @staticmethod
    def is_reserved_owner(owner: Pubkey) -> bool:
        """Tell whether accounts of ``owner`` belong to the world alone."""
        return owner in _RESERVED_OWNERS

    def epoch(self, slot: int) -> int:
        """Return the epoch that ``slot`` lies in."""
        return self._schedule.get_epoch(slot)

    def clock(self, at: ChainClock) -> Clock:
        """Return the clock sysvar of a session; the world's start counts as the start of every epoch."""
        return _clock(self._schedule, at.slot, at.unix_timestamp)

    def minimum_balance(self, size: int) -> int:
        """Return the lamports that keep ``size`` bytes rent-exempt."""
        with self._lock:
            return self._svm.minimum_balance_for_rent_exemption(size)

    def execute(
        self,
        transaction: VersionedTransaction,
        *,
        clock: ChainClock,
        accounts: Mapping[Pubkey, Account | None],
        writable: Iterable[Pubkey],
    ) -> Execution:
        """Run ``transaction`` where ``accounts`` replace the world's; signatures and blockhash are not looked at.

        ``accounts`` must cover every account named by the transaction that differs from the world. Raises
        ChainError ``vm_failed`` when LiteSVM breaks down, after which this VM starts afresh.
        """
        touched = dict.fromkeys((*accounts, *writable))
        with self._lock:
            try:
                return self._execute(transaction, self.clock(clock), accounts, touched)
            except BaseException as failure:  # a panic in Rust arrives as a BaseException
                self._svm = _boot(self.world)
                if isinstance(failure, KeyboardInterrupt | SystemExit):
                    raise
                raise ChainError("vm_failed", f"the VM broke down: {failure}") from failure

    def _execute(
        self,
        transaction: VersionedTransaction,
        clock: Clock,
        accounts: Mapping[Pubkey, Account | None],
        touched: Mapping[Pubkey, None],
    ) -> Execution:
        svm = self._svm
        genesis = {key: svm.get_account(key) for key in touched}
        for key, account in accounts.items():
            svm.set_account(key, account or _NO_ACCOUNT)
        # Setting the clock is dear, and a session's first transaction is sent at the world's start.
        moves_clock = clock != self._genesis_clock
        if moves_clock:
            svm.set_clock(clock)
        result = svm.send_transaction(transaction)
        after = {key: svm.get_account(key) for key in touched}
        for key, account in genesis.items():
            # Most of the time nothing is to be done, and writing a program back costs milliseconds.
            if after[key] != account:
                svm.set_account(key, account or _NO_ACCOUNT)
        if moves_clock:
            svm.set_clock(self._genesis_clock)
        return _execution(result, after)

    def fingerprint(self) -> str:
        """Hash all accounts of wallets, sysvars, programs and the world's owners; ``genesis_hash``, or a session leaks.

        LiteSVM lists accounts by owner alone, so those of an owner that the world does not know are not covered.
        """
        digest = Digest("reev-vm").add(self.world.digest.encode())
        owners = {pubkey(SYSTEM_PROGRAM), *(pubkey(account.owner) for account in self.world.accounts)}
        with self._lock:
            for owner in sorted(owners | _RESERVED_OWNERS, key=bytes):
                held = self._svm.get_program_accounts(owner)
                for key, account in sorted(held, key=lambda entry: bytes(entry[0])):
                    digest.add(bytes(key), bytes(account))
        return digest.hexdigest()


def _boot(world: World) -> LiteSVM:
    svm = LiteSVM().with_sigverify(False).with_blockhash_check(False).with_transaction_history(0)
    # LiteSVM funds a faucet at a random address, which no world may depend on.
    svm.set_account(svm.airdrop_pubkey(), _NO_ACCOUNT)
    for address, image in world.programs:
        _install(svm, address, image)
    for account in world.accounts:
        state = Account(account.lamports, account.data, pubkey(account.owner))
        svm.set_account(pubkey(account.address), state)
    svm.set_clock(_clock(svm.get_epoch_schedule(), svm.get_clock().slot, 0))
    return svm


def _clock(schedule: EpochSchedule, slot: int, unix_timestamp: int) -> Clock:
    return Clock(slot, 0, schedule.get_epoch(slot), schedule.get_leader_schedule_epoch(slot), unix_timestamp)


def _existing(account: Account | None) -> Account | None:
    # LiteSVM keeps a payer whom a failed transaction emptied; no chain has accounts without lamports.
    return account if account is not None and account.lamports else None


def _install(svm: LiteSVM, address: str, image: bytes) -> None:
    try:
        svm.add_program(pubkey(address), image)
    except Exception as failure:
        raise ChainError("bad_program", f"the program for {address} cannot be loaded: {failure}") from failure


def _token_holders(world: World) -> dict[bytes, tuple[Pubkey, ...]]:
    holders: dict[bytes, tuple[Pubkey, ...]] = {}
    for account in world.accounts:
        owner = token_owner(account.owner, account.data)
        if owner is not None:
            holders[owner] = (*holders.get(owner, ()), pubkey(account.address))
    return holders


def _execution(result: TransactionResult, after: dict[Pubkey, Account | None]) -> Execution:
    error, meta = (result.err(), result.meta()) if isinstance(result, FailedTransactionMetadata) else (None, result)
    return Execution(
        error=error,
        logs=tuple(meta.logs()),
        compute_units=meta.compute_units_consumed(),
        fee_lamports=meta.fee(),
        return_data=bytes(meta.return_data().data),
        inner=tuple(map(tuple, meta.inner_instructions())),
        after={key: _existing(account) for key, account in after.items()},
    )
