"""What a model may answer: intents with amounts as people write them, or a question; nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from reev_orchestrator.language import MAX_CLAUSES
from reev_types.tools import ToolSpec

__all__ = [
    "ANSWER_TOOL",
    "Answer",
    "SaidAll",
    "SaidAmount",
    "SaidDollars",
    "SaidExact",
    "SaidFromStep",
    "SaidIntent",
    "SaidLending",
    "SaidQuery",
    "SaidShare",
    "SaidShares",
    "SaidSwap",
    "SaidTransfer",
]

_LONGEST_QUESTION = 300

Digits = Annotated[str, StringConstraints(max_length=40, pattern=r"^[0-9]+(\.[0-9]+)?$")]
Part = Annotated[str, StringConstraints(max_length=40, pattern=r"^([0-9]+/[0-9]+|[0-9]+(\.[0-9]+)?%)$")]
Name = Annotated[str, StringConstraints(max_length=44, pattern=r"^[A-Za-z0-9-]+$")]
"""The symbol of a token, or its mint."""
Address = Annotated[str, StringConstraints(pattern=r"^[1-9A-HJ-NP-Za-km-z]{32,44}$")]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class SaidExact(_Said):
    """A number of tokens, as the sentence gives it."""

    kind: Literal["exact"]
    value: Digits
    """Decimal digits, such as 0.1, counted in the token."""


class SaidShare(_Said):
    """A part of what the wallet holds of the token."""

    kind: Literal["share"]
    of: Part
    """A fraction such as 1/2, or a percentage such as 50%."""


class SaidAll(_Said):
    """Everything that the wallet holds of the token, less what is kept."""

    kind: Literal["all"]
    keep: Digits | None = None


class SaidDollars(_Said):
    """What so many US dollars are worth."""

    kind: Literal["usd"]
    value: Digits


class SaidFromStep(_Said):
    """What an earlier intent of the list brings, or a part of it."""

    kind: Literal["from_step"]
    step: Annotated[int, Field(ge=1, le=MAX_CLAUSES)]
    of: Part | None = None
    """A fraction such as 1/2, or a percentage such as 50%; null for all of it."""


SaidAmount = Annotated[SaidExact | SaidShare | SaidAll | SaidDollars | SaidFromStep, Field(discriminator="kind")]


class SaidTransfer(_Said):
    """Send tokens to an address that stands in the sentence."""

    kind: Literal["transfer"]
    mint: Name
    recipient: Address
    amount: SaidAmount


class SaidSwap(_Said):
    """Exchange tokens; ``side`` says whether ``amount`` is what is spent (in) or what is received (out)."""

    kind: Literal["swap"]
    input_mint: Name
    output_mint: Name
    side: Literal["in", "out"] = "in"
    amount: SaidAmount


class SaidLending(_Said):
    """Lend tokens on Jupiter, or take lent ones back."""

    kind: Literal["lend_deposit", "lend_withdraw"]
    mint: Name
    amount: SaidAmount


class SaidShares(_Said):
    """Mint or redeem lending shares of ``mint``, the token that is lent."""

    kind: Literal["lend_mint", "lend_redeem"]
    mint: Name
    shares: SaidAmount


class SaidQuery(_Said):
    """Show the wallet's balances, or its lending positions."""

    kind: Literal["balances", "positions"]


SaidIntent = Annotated[
    SaidTransfer | SaidSwap | SaidLending | SaidShares | SaidQuery,
    Field(discriminator="kind"),
]


class Answer(_Said):
    """Intents in the order in which they are carried out, or a question where the sentence leaves one open."""

    intents: Annotated[list[SaidIntent], Field(max_length=MAX_CLAUSES)] = []
    question: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_QUESTION)] | None = None


ANSWER_TOOL = ToolSpec(
    name="answer",
    description="Say what the sentence asks for, as typed intents, or ask back.",
    parameters=Answer.model_json_schema(),
    moves_funds=False,
)
