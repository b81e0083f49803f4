"""Balances before and after a run, derived from its events alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from reev_types.chain import AccountChange
from reev_types.tokens import SOL_MINT, symbol_of

from ._names import Names, amount, signed_amount
from ._style import BAD, FAINT, GOOD, line, table
from ._trace import Trace

__all__ = ["Balance", "balances", "balances_table"]


class Balance(NamedTuple):
    """What an account held of one mint; None where it did not exist."""

    account: str
    mint: str
    before_raw: int | None
    after_raw: int | None

    @property
    def change_raw(self) -> int:
        """The difference, counting an account that does not exist as empty."""
        return (self.after_raw or 0) - (self.before_raw or 0)


class _Ledger:
    """Holdings by address and mint, in the order in which they became known."""

    def __init__(self) -> None:
        self.before: dict[tuple[str, str], int | None] = {}
        self.after: dict[tuple[str, str], int | None] = {}
        self.owners: dict[str, str] = {}

    def hold(self, address: str, mint: str, before_raw: int | None, after_raw: int | None) -> None:
        self.before.setdefault((address, mint), before_raw)
        self.after[address, mint] = after_raw

    def apply(self, change: AccountChange) -> None:
        token = change.token
        if token is None:
            self.hold(change.address, SOL_MINT, change.lamports_before, change.lamports_after)
            return
        self.owners[change.address] = token.owner_after or token.owner_before or change.address
        self.hold(
            change.address,
            token.mint,
            token.before_raw if token.owner_before else None,
            token.after_raw if token.owner_after else None,
        )


def balances(trace: Trace) -> Iterator[Balance]:
    """Yield the accounts of the initial state in their order, then those that transactions touched.

    ``after`` is what the transactions that landed left behind, and a rollback nothing of it.
    """
    ledger = _Ledger()
    for account in trace.accounts:
        if account.mint is None:
            ledger.hold(account.address, SOL_MINT, account.lamports, account.lamports)
        else:
            ledger.hold(account.address, account.mint, account.amount_raw, account.amount_raw)
    for outcome in () if trace.is_rolled_back else trace.outcomes():
        for change in outcome.changes if outcome.landed else ():
            ledger.apply(change)
    names = Names(trace.accounts)
    for (address, mint), before_raw in ledger.before.items():
        yield Balance(_called(address, mint, names, ledger.owners), mint, before_raw, ledger.after[address, mint])


def balances_table(trace: Trace) -> Table:
    """Return the balances as a table."""
    made = table("account", "before", "after", "change", right=("before", "after", "change"))
    for row in balances(trace):
        cells = (row.account, _held(row.before_raw, row.mint), _held(row.after_raw, row.mint))
        made.add_row(*map(line, cells), _change_cell(row.change_raw, row.mint))
    return made


def _called(address: str, mint: str, names: Names, owners: dict[str, str]) -> str:
    if names.knows(address) or address not in owners:
        return names.address(address)
    return f"{names.address(owners[address])}'s {symbol_of(mint)}"


def _change_cell(change_raw: int, mint: str) -> Text:
    if change_raw == 0:
        return line(("unchanged", FAINT))
    return line((signed_amount(change_raw, mint), GOOD if change_raw > 0 else BAD))


def _held(raw: int | None, mint: str) -> str:
    return "no account" if raw is None else amount(raw, mint)
