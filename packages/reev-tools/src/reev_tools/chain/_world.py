"""The world that every session starts in: accounts and programs, the same for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.metadata import version

from reev_types.amounts import U64_MAX
from reev_types.chain import AccountState
from reev_types.errors import ChainError
from reev_types.tokens import SOL_MINT, TOKENS

from ._digest import Digest
from ._mints import encode_mint

__all__ = ["SUPPLY_RAW", "World"]

SUPPLY_RAW = U64_MAX
"""Supply of every mint of the registry, so that any balance set by decree can also be burnt."""

_RENT_LAMPORTS_PER_BYTE = 6_960
_ACCOUNT_OVERHEAD_BYTES = 128


class World:
    """An immutable genesis: accounts by address, and programs as ELF images by address.

    Of two accounts with one address the later counts. Raises ChainError ``executable_account`` for an account that
    claims to be a program.
    """

    def __init__(self, accounts: Iterable[AccountState], programs: Mapping[str, bytes] | None = None) -> None:
        by_address = {account.address: account for account in accounts}
        self.accounts: tuple[AccountState, ...] = tuple(by_address[address] for address in sorted(by_address))
        self.programs: tuple[tuple[str, bytes], ...] = tuple(sorted((programs or {}).items()))
        for account in self.accounts:
            if account.executable:
                raise ChainError("executable_account", f"{account.address} must be given as a program, not an account")

    @classmethod
    def genesis(cls, accounts: Iterable[AccountState] = (), programs: Mapping[str, bytes] | None = None) -> World:
        """Return the world with a mint for every token of the registry, and ``accounts`` and ``programs`` besides."""
        return cls([*_registry_mints(), *accounts], programs)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over accounts, programs and the VM's version: what makes two runs comparable."""
        digest = Digest("reev-world").add(version("solders").encode())
        for account in self.accounts:
            digest.add(b"account", account.address.encode(), account.owner.encode())
            digest.add(str(account.lamports).encode(), account.data)
        for address, image in self.programs:
            digest.add(b"program", address.encode(), image)
        return digest.hexdigest()


def _registry_mints() -> Iterable[AccountState]:
    for token in TOKENS:
        # Wrapped SOL is backed by lamports in the accounts that hold it; the real mint has no supply either.
        data = encode_mint(decimals=token.decimals, supply_raw=0 if token.mint == SOL_MINT else SUPPLY_RAW)
        lamports = (_ACCOUNT_OVERHEAD_BYTES + len(data)) * _RENT_LAMPORTS_PER_BYTE
        yield AccountState(address=token.mint, owner=token.program, lamports=lamports, data=data)
