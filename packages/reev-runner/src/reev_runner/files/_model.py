"""The benchmark file as it stands: everything the original's format has, and what reev adds to it.

Tolerant where the original is: unknown keys are kept at every level. Strict where a slip would change a verdict:
types, amounts and names are checked, and every complaint has a place.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from reev_types.addresses import Address
from reev_types.atomicity import AtomicMode, OnAbort
from reev_types.benchmarks import DEFAULT_MARKET, MOST_ELAPSED_S, FlowEnding
from reev_types.faults import Fault
from reev_types.intents import Intent
from reev_types.recovery import RecoveryConfig

from ._assertion_models import AssertionItem
from ._fields import AmountField, FileModel, Flag, Name, Numeric, Seconds, Share, Text
from ._sections import ApiCallItem, CriterionItem, DataItem, ResponseItem, ToolItem

__all__ = [
    "AccountItem",
    "BenchmarkFile",
    "GroundTruthSection",
    "InstructionAccountItem",
    "InstructionItem",
    "StepItem",
    "TokenData",
]

BenchmarkId = Annotated[str, Field(strict=True, min_length=1, max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


# What compares items with one another takes the square of their number.
_MANY = Field(max_length=256)

_BALANCE_SUFFIX = "_balance"


class TokenData(FileModel):
    """What a token account holds; a key such as ``jUSDC_balance`` gives a wallet that many raw units instead."""

    mint: Address | None = None
    owner: Name | None = None
    """The wallet whose signature moves the tokens."""
    amount: AmountField | None = None

    @property
    def balances(self) -> Mapping[str, object]:
        """The ``…_balance`` keys, unchecked, by symbol."""
        extra = self.model_extra or {}
        return {key.removesuffix(_BALANCE_SUFFIX): value for key, value in extra.items() if self.is_balance(key)}

    @staticmethod
    def is_balance(key: str) -> bool:
        """Tell whether a key gives a balance of the token that it names."""
        return key.endswith(_BALANCE_SUFFIX) and key != _BALANCE_SUFFIX


def _kind_of_data(value: object) -> Literal["text", "mapping"]:
    return "text" if isinstance(value, str) else "mapping"


class AccountItem(FileModel):
    """An account that exists when the run starts."""

    pubkey: Name
    """A name for it, such as ``USER_WALLET_PUBKEY``, or a base58 address."""
    owner: Address
    """The program that owns it: the System program for a wallet, a token program for a token account."""
    lamports: AmountField | None = None
    """Missing: 0 for a wallet, rent exemption for a token account."""
    data: (
        Annotated[Annotated[TokenData, Tag("mapping")] | Annotated[str, Tag("text")], Discriminator(_kind_of_data)]
        | None
    ) = None
    """Text is an old form that is kept and cannot be run."""


class StepItem(FileModel):
    """One request of a flow."""

    step: Annotated[int, Field(strict=True, ge=1, le=999)]
    id: Name | None = None
    """What other steps, amounts and reports call it; missing: ``step_1`` for the step 1."""
    description: Text = ""
    prompt: Annotated[Text, Field(min_length=1)]
    critical: Flag = False
    timeout: Seconds | None = None
    depends_on: tuple[Text, ...] = ()
    """Earlier steps: ``step_1`` or ``step_1_result``."""
    required_tools: tuple[Text, ...] = ()
    """Tools that are on offer whatever the wallet holds; names and other names alike."""
    intent: Intent | None = None
    """What ``prompt`` asks for in typed form, so that recovery can ask for it differently; addresses may be names."""


class InstructionAccountItem(FileModel):
    """An account of an expected instruction."""

    pubkey: Name
    is_signer: Flag
    is_writable: Flag
    weight: Numeric = Decimal(1)


class InstructionItem(FileModel):
    """An instruction that a good solution contains."""

    program_id: Address
    program_id_weight: Numeric = Decimal(1)
    accounts: tuple[InstructionAccountItem, ...]
    data: Annotated[Text, Field(max_length=2_000)] | None = None
    """Base58; ``...`` is not scored, nor is anything without ``data_weight``."""
    data_weight: Numeric | None = None


class GroundTruthSection(FileModel):
    """What decides whether a run passed; no agent sees it."""

    transaction_status: Text = "Success"
    final_state_assertions: Annotated[tuple[AssertionItem, ...], _MANY]
    expected_instructions: Annotated[tuple[InstructionItem, ...], _MANY] = ()
    skip_instruction_validation: Flag = False
    min_score: Share = Decimal(1)
    fee_tolerance_lamports: AmountField = 100_000
    """What may leave the wallet beyond the reference solution's outflow."""
    ending: FlowEnding = "completed"
    """How the flow has to end: with every step done, ``aborted``, or aborted and undone by either way."""
    success_criteria: tuple[CriterionItem, ...] = ()
    expected_api_calls: tuple[ApiCallItem, ...] = ()
    response_validation: tuple[ResponseItem, ...] = ()
    expected_data_structure: tuple[DataItem, ...] = ()
    tool_validation: tuple[ToolItem, ...] = ()
    expected_tool_calls: tuple[ToolItem, ...] = ()
    expected_flow_complexity: tuple[CriterionItem, ...] = ()
    expected_multiplication_metrics: tuple[CriterionItem, ...] = ()
    expected_yield_optimization: tuple[CriterionItem, ...] = ()
    expected_otel_tracking: tuple[CriterionItem, ...] = ()
    recovery_expectations: tuple[CriterionItem, ...] = ()


class BenchmarkFile(FileModel):
    """A reev benchmark."""

    id: BenchmarkId
    description: Text = ""
    flow_type: Text | None = None
    tags: tuple[Text, ...] = ()
    initial_state: Annotated[tuple[AccountItem, ...], Field(min_length=1), _MANY]
    prompt: Annotated[Text, Field(min_length=1)]
    market: Name = DEFAULT_MARKET
    """The market to run in: ``default``, or a scenario such as ``thin_liquidity``."""
    elapsed_seconds: Annotated[int, Field(strict=True, ge=0, le=MOST_ELAPSED_S)] = 0
    """Time that has passed since the accounts got what they hold, so that lent assets have earned something."""
    wallet: Address | None = None
    """The address that ``USER_WALLET_PUBKEY`` stands for: a mirror of somebody's wallet, whose key nobody needs."""
    atomic_mode: AtomicMode = AtomicMode.CONDITIONAL
    """What a failed step does: end the flow (``strict``), do so where it is critical (``conditional``), or nothing."""
    on_abort: OnAbort = OnAbort.LEAVE
    """What becomes of the steps before one that ends the flow."""
    recovery: RecoveryConfig | None = None
    """How failed steps are recovered; missing: as whoever runs the benchmark says."""
    faults: Annotated[tuple[Fault, ...], _MANY] = ()
    """What breaks on purpose while the flow runs."""
    flow: Annotated[tuple[StepItem, ...], Field(min_length=1), _MANY] | None = None
    ground_truth: GroundTruthSection
    reference: tuple[tuple[Intent, ...], ...] | None = None
    """The solution, one list of intents a step; addresses may be names of accounts."""
