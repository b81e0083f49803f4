"""What one session has changed of the world, and how it is remembered and hashed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from solders.account import Account
from solders.pubkey import Pubkey

from reev_types.chain import ChainClock, TransactionOutcome

from ._blockhashes import BlockhashQueue
from ._digest import Digest
from ._keys import CLOCK_SYSVAR, SYSVAR_OWNER
from ._token_accounts import token_owner
from ._vm import Vm

__all__ = ["Session", "SessionCheckpoint"]


class Session:
    """A view of the world through an overlay of changed accounts, with its own time and history."""

    def __init__(self, vm: Vm, blockhashes: BlockhashQueue) -> None:
        self.vm = vm
        self.blockhashes = blockhashes
        self.clock = ChainClock(slot=vm.start_slot, unix_timestamp=0)
        self.landed: dict[str, TransactionOutcome] = {}
        self._overlay: dict[Pubkey, Account | None] = {}

    def copy(self) -> Session:
        """Return an independent session in the same state."""
        twin = Session(self.vm, self.blockhashes)
        twin.assume(self)
        return twin

    def assume(self, other: Session) -> None:
        """Take over the whole state of ``other``, a session on the same VM."""
        self.clock = other.clock
        self.landed = dict(other.landed)
        self._overlay = dict(other._overlay)

    def get(self, key: Pubkey) -> Account | None:
        """Return the account as the session sees it."""
        if key in self._overlay:
            return self._overlay[key]
        if key == CLOCK_SYSVAR:
            return Account(1, bytes(self.vm.clock(self.clock)), SYSVAR_OWNER)
        return self.vm.genesis(key)

    def put(self, key: Pubkey, account: Account | None) -> None:
        """Change an account; None removes it."""
        # What is as the world has it stays out of the overlay, so that equal states have equal hashes.
        if account == self.vm.genesis(key):
            self._overlay.pop(key, None)
        else:
            self._overlay[key] = account

    def changed(self, keys: Iterable[Pubkey]) -> dict[Pubkey, Account | None]:
        """Return those of ``keys`` that differ from the world, as they are here."""
        return {key: self._overlay[key] for key in keys if key in self._overlay}

    def token_account_keys(self, owner: Pubkey) -> list[Pubkey]:
        """Return where ``owner`` has token accounts of either token program, in no particular order."""
        wanted = bytes(owner)
        changed = [
            key
            for key, account in self._overlay.items()
            if account is not None and token_owner(str(account.owner), account.data) == wanted
        ]
        return changed + [key for key in self.vm.genesis_token_accounts(owner) if key not in self._overlay]

    def state_hash(self) -> str:
        """SHA-256 over world, overlay, clock, blockhash queue and landed transactions."""
        digest = Digest("reev-state").add(self.vm.genesis_hash.encode())
        for key in sorted(self._overlay, key=bytes):
            account = self._overlay[key]
            digest.add(bytes(key), b"" if account is None else bytes(account))
        # The newest blockhash stands for the queue: both are functions of the same seed and slot.
        digest.add(b"clock", bytes(self.vm.clock(self.clock)), bytes(self.blockhashes.newest(self.clock.slot)))
        for signature in sorted(self.landed):
            digest.add(self.landed[signature].model_dump_json().encode())
        return digest.hexdigest()


class SessionCheckpoint:
    """A remembered state; hashing it waits until somebody asks."""

    def __init__(self, chain: object, session: Session) -> None:
        self.chain = chain
        self.session = session.copy()

    @cached_property
    def state_hash(self) -> str:
        """SHA-256 over everything that a rewind restores."""
        return self.session.state_hash()
