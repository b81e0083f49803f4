"""What a verdict is based on: the state before and after, and everything that was executed in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, Protocol

from reev_types.agents import StepOutcome
from reev_types.benchmarks import FlowEnding
from reev_types.chain import Instruction, TransactionOutcome
from reev_types.results import StepResult

__all__ = ["AtaDeriver", "Evidence", "Moment", "ReferenceRun", "StateView", "Valuation"]


class AtaDeriver(Protocol):
    """Derives the associated token address of an owner for a mint."""

    def __call__(self, owner: str, mint: str) -> str: ...


class Valuation(Protocol):
    """Prices and lending positions at one moment, from the market; absent where there is no market."""

    def price_usd(self, mint: str) -> Decimal | None:
        """US dollars for one UI unit of a mint, or None where no price is known."""

    def lent_raw(self, owner: str) -> Mapping[str, int]:
        """Assets lent by a wallet, by mint of the asset, in raw units; only positions with a balance."""

    def earned_raw(self, owner: str) -> Mapping[str, int]:
        """What those positions have gained, by mint of the asset, in raw units."""


@dataclass(frozen=True, slots=True)
class StateView:
    """Lamports and token amounts by address; an address that is missing holds nothing."""

    lamports: Mapping[str, int]
    tokens_raw: Mapping[str, int]
    held_raw: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By wallet and mint, the sum over all token accounts of that wallet; it has an entry for each of ``holders``,
    an empty one for a wallet without token accounts."""


class Moment(NamedTuple):
    """What judgement looks at, at one point of a run."""

    state: StateView
    valuation: Valuation | None = None


@dataclass(frozen=True, slots=True)
class ReferenceRun:
    """What the reference solution did to the wallet and to others, for comparison."""

    passed_through: bool
    """Whether the reference could be carried out to its end; where it could not, the run has no reference."""
    spent_raw: Mapping[str, int]
    """By mint, what left the wallet; native and wrapped SOL together under the wSOL mint, fees included."""
    gainers: frozenset[tuple[str, str]]
    """(address, mint) of every account outside the wallet that gained; lamports count under the wSOL mint."""
    outcomes: tuple[StepOutcome, ...]
    """How each of its steps ended; a ``RefusedByAgent`` means that refusing is right."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A run, as far as judgement needs it."""

    wallet: str
    addresses: Mapping[str, str]
    """Account names of the benchmark and what they stand for in this run."""
    ata: AtaDeriver
    before: StateView
    after: StateView
    transactions: tuple[TransactionOutcome, ...]
    """Everything that was submitted, in order; what a rollback undid is left out."""
    instructions: tuple[Instruction, ...]
    """Top-level instructions of all submitted transactions, in order, landed or not, with the flags their builder
    gave them (a message would make the fee payer writable everywhere)."""
    executed: tuple[Instruction, ...]
    """Top-level instructions of the transactions that succeeded, in order."""
    reads: frozenset[str]
    """The read-only tools that were called with success, by the names that they are offered under."""
    steps: tuple[StepResult, ...]
    reference: ReferenceRun | None
    valuation: Valuation | None = None
    """Prices and positions at the end."""
    valuation_before: Valuation | None = None
    """Prices and positions at the start; only bounds on the change of a value or position need it."""
    after_steps: Mapping[str, Moment] = field(default_factory=dict)
    """By step id, the moment when that step was over; steps that did not run are missing."""
    market_accounts: frozenset[str] = frozenset()
    """Accounts of the market, such as pools and vaults: whoever trades pays into some of them."""
    step_transactions: Mapping[str, tuple[TransactionOutcome, ...]] = field(default_factory=dict)
    """By step id, the part of ``transactions`` that the step submitted; empty where nobody kept account of it."""

    ending: FlowEnding = "completed"
    """How the flow ended."""

    @property
    def usable_reference(self) -> ReferenceRun | None:
        """The reference run, or None where there is none or it could not be carried out to its end."""
        return self.reference if self.reference is not None and self.reference.passed_through else None
