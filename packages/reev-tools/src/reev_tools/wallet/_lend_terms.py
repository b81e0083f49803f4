"""What the instruction of a loan has to say: the operation, its amount, and the wallet's own accounts."""

from __future__ import annotations

from dataclasses import dataclass

from reev_tools.jupiter import LendAction
from reev_tools.market.lend import LEND_PROGRAM, LendOperation, decode_lend_instruction, vault_addresses
from reev_types.chain import Instruction

from ._holdings import Holding

__all__ = ["LendTerms"]


@dataclass(frozen=True, slots=True)
class LendTerms:
    """Terms of one lend operation."""

    owner: str
    action: LendAction
    amount_raw: int
    """Of assets for deposit and withdraw, of shares for mint and redeem."""
    assets: Holding
    shares: Holding

    @property
    def program(self) -> str:
        """Jupiter Lend."""
        return LEND_PROGRAM

    @property
    def mints(self) -> frozenset[str]:
        """Asset and share."""
        return frozenset((self.assets.mint.address, self.shares.mint.address))

    def fault(self, call: Instruction) -> str | None:
        """Return what is wrong with the operation, or None; a bound beside its amount can only protect the wallet."""
        lend = decode_lend_instruction(call)
        if lend is None:
            return "the lend instruction cannot be read"
        operation, amount_raw = LendOperation(self.action), next(iter(lend.arguments.values()))
        if (lend.shape.operation, amount_raw) != (operation, self.amount_raw):
            return f"it is {lend.shape.name} of {amount_raw} instead of {self.action} of {self.amount_raw}"
        own = self._own_accounts(takes_out=operation.takes_out)
        wrong = next((role for role, address in lend.accounts.items() if own.get(role, address) != address), None)
        return wrong and f"the {wrong} of the lend instruction is {lend.accounts[wrong]}"

    def _own_accounts(self, *, takes_out: bool) -> dict[str, str]:
        vault = vault_addresses(self.assets.mint.address, self.assets.mint.program)
        return {
            "signer": self.owner,
            "depositor_token_account": self.assets.account,
            "owner_token_account": self.shares.account,
            "recipient_token_account": self.assets.account if takes_out else self.shares.account,
            "mint": vault.mint,
            "f_token_mint": vault.f_token_mint,
            "lending": vault.lending,
            "vault": vault.vault,
        }
