"""What a plan does to holdings: the bounds within which each has changed after each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from ._spans import NOTHING, Span, at_least, exactly

__all__ = ["Account", "Entry", "Ledger"]


class Account(NamedTuple):
    """A wallet's tokens of a mint (native SOL under the wSOL mint), or what it has lent of one."""

    owner: str
    mint: str
    kind: Literal["held", "lent"] = "held"


@dataclass(slots=True)
class Entry:
    """The change of one account since the start."""

    opening_raw: int | None = None
    """What it starts with; None where nobody knows."""
    settled: Span = NOTHING
    proceeds: dict[str, Span] = field(default_factory=dict)
    """By step, what it brought, as long as no later step has taken it."""
    is_empty: bool = False
    """Whether everything has gone, from an account whose opening nobody knows."""

    @property
    def change(self) -> Span:
        """All of it together."""
        total = self.settled
        for span in self.proceeds.values():
            total = total.plus(span)
        return total

    @property
    def value(self) -> Span:
        """What is there now; without a known opening anything above 0."""
        return at_least(1) if self.opening_raw is None else self.change.plus(exactly(self.opening_raw))

    def bring(self, step_id: str, span: Span) -> None:
        """Add what a step brings."""
        self.proceeds[step_id] = span
        self.is_empty = False

    def take(self, span: Span) -> Span:
        """Take so much away and return it."""
        self.settled = self.settled.minus(span)
        return span

    def take_proceeds(self, step_id: str, of: Decimal = Decimal(1)) -> Span:
        """Take this part of what a step brought."""
        brought = self.proceeds.pop(step_id, None)
        if brought is None:
            return self.take(at_least(1))
        if of == 1:
            return brought
        self.settled = self.settled.plus(brought.part(1 - of))
        return brought.part(of)

    def take_part(self, of: Decimal) -> Span:
        """Take this part of everything."""
        if self.opening_raw is None:
            return self.take(at_least(1))
        value = self.value
        self.proceeds.clear()
        self.settled = value.part(1 - of).minus(exactly(self.opening_raw))
        return value.part(of)

    def take_all(self, keep_raw: int = 0) -> Span:
        """Take everything but ``keep_raw``."""
        taken = self.value.minus(exactly(keep_raw))
        self.proceeds.clear()
        self.is_empty = self.opening_raw is None
        self.settled = NOTHING if self.opening_raw is None else exactly(keep_raw - self.opening_raw)
        return taken


@dataclass(slots=True)
class Ledger:
    """The accounts that a flow touches; ``opening_raw`` has those that are known at the start."""

    opening_raw: dict[Account, int]
    entries: dict[Account, Entry] = field(default_factory=dict)
    touched: dict[Account, None] = field(default_factory=dict)
    """Those of the present step, in order."""

    def at(self, account: Account) -> Entry:
        """Return an account's entry to change it."""
        self.touched[account] = None
        return self.entries.setdefault(account, Entry(self.opening_raw.get(account)))
