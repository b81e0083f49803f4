"""The accounts that a benchmark names, and what a name that it does not declare can mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from reev_types.addresses import is_address
from reev_types.assertions import AtaDerivation
from reev_types.benchmarks import USER_WALLET, InitialAccount, InitialToken, InitialWallet
from reev_types.tokens import SOL_MINT, token_named

__all__ = ["Roster"]

_WALLET_SUFFIX = "_WALLET_PUBKEY"


@dataclass(frozen=True, slots=True)
class Roster:
    """Wallets and token accounts by name, in the order of the file."""

    accounts: tuple[InitialAccount, ...]

    @property
    def wallets(self) -> Mapping[str, InitialWallet]:
        """The accounts that hold only lamports."""
        return {account.name: account for account in self.accounts if isinstance(account, InitialWallet)}

    @property
    def tokens(self) -> Mapping[str, InitialToken]:
        """The token accounts."""
        return {account.name: account for account in self.accounts if isinstance(account, InitialToken)}

    def knows(self, name: str) -> bool:
        """Tell whether ``name`` is declared or is an address itself."""
        return is_address(name) or any(account.name == name for account in self.accounts)

    def account_of(self, name: str, mint: str | None = None) -> str | None:
        """Return the declared name or the address that ``name`` means, or None.

        A name that is not declared means the declared account of the same owner and mint. ``mint`` serves names
        that tell of none.
        """
        if self.knows(name):
            return name
        meant = self.conventional_ata(name, None) or self.conventional_ata(name, mint)
        declared = (
            token for token in self.tokens.values() if meant == AtaDerivation(owner=token.owner, mint=token.mint)
        )
        return next((token.name for token in declared), None)

    def recipient_of(self, name: str, mint: str) -> str | None:
        """Return the account that gets a transfer of ``mint`` to ``name``, or None.

        An associated account that is not declared gets what is sent to its owner, and is created then.
        """
        meant = self.conventional_ata(name, None) or self.conventional_ata(name, mint)
        owner = meant.owner if meant and meant.mint == mint != SOL_MINT else None
        return self.account_of(name, mint) or owner

    def is_wallet(self, name: str) -> bool:
        """Tell whether ``name`` is a declared wallet or an address that no token account declares."""
        return name in self.wallets or (is_address(name) and name not in self.tokens)

    def conventional_ata(self, name: str, mint: str | None) -> AtaDerivation | None:
        """Return what an undeclared name means as the original reads it, or None.

        Names with ``USDC_ATA`` in them or ``_ATA_PLACEHOLDER`` at their end are associated accounts: of the wallet
        that shares their first word, else of the user; of ``mint``, else of the token in the name.
        """
        if "USDC_ATA" not in name and not name.endswith("_ATA_PLACEHOLDER"):
            return None
        owner, mint = self._owner_in(name), mint or _mint_in(name)
        return AtaDerivation(owner=owner, mint=mint) if owner and mint else None

    def _owner_in(self, name: str) -> str | None:
        person = name.split("_", 1)[0]
        if person + _WALLET_SUFFIX in self.wallets:
            return person + _WALLET_SUFFIX
        # A recipient who is not declared must not turn into the user.
        return None if person == "RECIPIENT" else USER_WALLET

    def suggestions(self, name: str) -> tuple[str, ...]:
        """Return hints for a name that means nothing."""
        close = get_close_matches(name, [account.name for account in self.accounts], n=1)
        return tuple(f"did you mean {other}?" for other in close) or ("declare it in initial_state",)


def _mint_in(name: str) -> str | None:
    words = name.removesuffix("_PLACEHOLDER").removesuffix("_ATA").split("_")
    tokens = (token_named("-".join(words[start:])) for start in range(len(words)))
    return next((token.mint for token in tokens if token), None)
