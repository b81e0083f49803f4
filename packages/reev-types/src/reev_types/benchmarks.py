"""A benchmark compiled and checked: the strict form that is executed and judged.

Account names stay names here; the executor gives them addresses from the run's seed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from ._model import Model
from .addresses import Address
from .amounts import Lamports, RawAmount, UiAmount
from .assertions import Assertion
from .atomicity import AtomicMode, OnAbort
from .chain import Base58Bytes
from .faults import Fault
from .intents import AccountName, Intent
from .recovery import RecoveryConfig

__all__ = [
    "DEFAULT_MARKET",
    "MOST_ELAPSED_S",
    "BenchmarkSource",
    "DynamicFlow",
    "ExpectedAccount",
    "ExpectedInstruction",
    "FlowEnding",
    "GroundTruth",
    "Hybrid",
    "InitialAccount",
    "InitialToken",
    "InitialWallet",
    "StaticFile",
    "TestCase",
    "TestStep",
]

USER_WALLET = "USER_WALLET_PUBKEY"
"""The wallet that the agent acts for, and the fee payer."""

DEFAULT_MARKET = "default"

MOST_ELAPSED_S = 10 * 365 * 86_400
"""Ten years: beyond, the share price of a vault leaves its range."""


class StaticFile(Model):
    """A benchmark file."""

    kind: Literal["static"] = "static"
    path: str


class DynamicFlow(Model):
    """A sentence on a wallet."""

    kind: Literal["dynamic"] = "dynamic"
    prompt: str
    wallet: Address


class Hybrid(Model):
    """A benchmark's initial state and ground truth with another prompt."""

    kind: Literal["hybrid"] = "hybrid"
    path: str | None = None
    prompt: str | None = None


BenchmarkSource = Annotated[StaticFile | DynamicFlow | Hybrid, Field(discriminator="kind")]


class InitialWallet(Model):
    """An account of the System program, or any account that only holds lamports."""

    kind: Literal["wallet"] = "wallet"
    name: AccountName
    lamports: Lamports
    owner: Address


class InitialToken(Model):
    """Tokens that a wallet starts with, in its associated account."""

    kind: Literal["token"] = "token"
    name: AccountName
    owner: AccountName
    mint: Address
    program: Address
    amount_raw: RawAmount
    lamports: Lamports | None = None
    """None means rent exemption."""


InitialAccount = Annotated[InitialWallet | InitialToken, Field(discriminator="kind")]


class ExpectedAccount(Model):
    """An account of an expected instruction."""

    pubkey: AccountName
    is_signer: bool
    is_writable: bool
    weight: UiAmount = Decimal(1)


class ExpectedInstruction(Model):
    """An instruction that a good solution contains; ``data`` None is not scored."""

    program_id: Address
    program_id_weight: UiAmount = Decimal(1)
    accounts: tuple[ExpectedAccount, ...] = ()
    data: Base58Bytes | None = None
    data_weight: UiAmount | None = None


class TestStep(Model):
    """One request to the agent."""

    __test__ = False  # pytest collects classes named Test…

    step_id: str
    description: str = ""
    prompt: str
    critical: bool = False
    timeout_s: Annotated[float, Field(gt=0)] | None = None
    depends_on: tuple[str, ...] = ()
    required_tools: tuple[str, ...] = ()
    """Tools that are on offer whatever the wallet holds, by their first names."""
    intent: Intent | None = Field(default=None, exclude_if=lambda intent: intent is None)
    """What ``prompt`` asks for in typed form; part of the request, and what recovery rewrites."""


FlowEnding = Literal["completed", "aborted", "rolled_back", "compensated"]
"""``completed``: every step had its turn. Otherwise the flow was aborted, and what it had done is left or undone."""


class GroundTruth(Model):
    """What decides whether a run passed; never shown to an agent."""

    assertions: tuple[Assertion, ...]
    expected_instructions: tuple[ExpectedInstruction, ...] = ()
    min_score: Annotated[UiAmount, Field(le=1)] = Decimal(1)
    skip_instruction_validation: bool = False
    fee_tolerance_lamports: Lamports = 100_000
    ending: FlowEnding = Field(default="completed", exclude_if=lambda ending: ending == "completed")
    """How the flow has to end; where it must be aborted, steps may fail and nothing need have been done."""


class TestCase(Model):
    """A benchmark ready to run."""

    __test__ = False

    id: str
    description: str = ""
    tags: tuple[str, ...] = ()
    prompt: str
    market: AccountName = DEFAULT_MARKET
    """The market that the chain starts with: its pools, vaults and prices."""
    elapsed_s: Annotated[int, Field(ge=0, le=MOST_ELAPSED_S)] = 0
    """Seconds that have passed since the accounts got what they hold, for interest to accrue."""
    wallet: Address | None = None
    """The address that the user's wallet stands for, a mirror without a key; None derives one from the seed."""
    atomic_mode: AtomicMode = AtomicMode.CONDITIONAL
    """What a failed step does to those after it."""
    on_abort: OnAbort = OnAbort.LEAVE
    """What becomes of the steps before one that ends the flow."""
    recovery: RecoveryConfig | None = None
    """How failed steps are recovered; None leaves it to whoever runs the benchmark."""
    faults: tuple[Fault, ...] = ()
    """What breaks on purpose while the flow runs."""
    accounts: tuple[InitialAccount, ...]
    steps: Annotated[tuple[TestStep, ...], Field(min_length=1)]
    ground_truth: GroundTruth
    reference: tuple[tuple[Intent, ...], ...] | None = None
    """The oracle solution, one list of intents a step."""
    not_gradable: tuple[str, ...] = ()
    """Sections of the file that reev keeps and cannot evaluate."""
    content_hash: str
    """SHA-256 of what the file means, so that comments and spacing do not change a run's identity."""
