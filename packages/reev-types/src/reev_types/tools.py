"""How an agent acts: tool specifications, calls, and results that tell the truth.

A result is one of five: ``executed`` (a transaction did its work), ``ok`` (something was read), ``refused``
(nothing was sent), ``failed`` (it was sent and did not work), ``concluded`` (the step is over).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Protocol, runtime_checkable

from pydantic import Field

from ._model import Model
from .addresses import Address
from .amounts import Lamports, RawAmount, format_ui
from .chain import AccountChange
from .tokens import SOL, SOL_MINT, symbol_of

__all__ = [
    "BalanceChange",
    "Concluded",
    "Executed",
    "Failed",
    "Observed",
    "RefusalRecord",
    "Refused",
    "ToolCall",
    "ToolResult",
    "ToolSet",
    "ToolSpec",
]


class ToolSpec(Model):
    """What a model is told of a tool."""

    name: str
    description: str
    parameters: dict[str, Any]
    """JSON schema of the arguments."""
    moves_funds: bool


class ToolCall(Model):
    """An agent's wish; ``arguments`` are whatever the agent said and are validated by the tool."""

    call_id: str
    tool: str
    arguments: dict[str, Any]


class BalanceChange(Model):
    """What one call did to one holding, in the words of both machine and person."""

    owner: Address
    mint: Address
    symbol: str
    before_raw: RawAmount
    after_raw: RawAmount
    change_raw: int
    change: str
    """The difference in UI units with its sign, such as ``-0.1``."""

    @classmethod
    def of(cls, change: AccountChange, decimals: int) -> BalanceChange:
        """Return what ``change`` did to its tokens, whose mint has so many ``decimals``; to SOL where it has none."""
        token = change.token
        if token is None:
            return cls._between(change.address, SOL_MINT, SOL.decimals, change.lamports_before, change.lamports_after)
        owner = token.owner_after or token.owner_before or change.address
        return cls._between(owner, token.mint, decimals, token.before_raw, token.after_raw)

    @classmethod
    def _between(cls, owner: str, mint: str, decimals: int, before_raw: int, after_raw: int) -> BalanceChange:
        difference = after_raw - before_raw
        return cls(
            owner=owner,
            mint=mint,
            symbol=symbol_of(mint),
            before_raw=before_raw,
            after_raw=after_raw,
            change_raw=difference,
            change=f"{'+' if difference > 0 else ''}{format_ui(difference, decimals)}",
        )


class Executed(Model):
    """A transaction landed and did its work."""

    status: Literal["executed"] = "executed"
    signature: str
    fee_lamports: Lamports
    balance_changes: tuple[BalanceChange, ...]
    details: dict[str, Any] = {}


class Observed(Model):
    """Something was read; nothing was sent."""

    status: Literal["ok"] = "ok"
    data: dict[str, Any]


class Refused(Model):
    """The tool declined before anything was sent."""

    status: Literal["refused"] = "refused"
    code: str
    message: str
    suggestions: tuple[str, ...] = ()
    retry_after_ms: Annotated[int, Field(ge=0)] | None = Field(default=None, exclude_if=lambda value: value is None)
    """When somebody who has no time now says to come back."""


class Failed(Model):
    """A transaction was sent and did not work; ``fee_lamports`` is what it cost all the same."""

    status: Literal["failed"] = "failed"
    code: str
    message: str
    signature: str
    fee_lamports: Lamports
    logs: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


class Concluded(Model):
    """The agent ended the step by ``answer`` or ``refuse``."""

    status: Literal["concluded"] = "concluded"
    by: Literal["answer", "refuse"]
    code: str | None = None
    text: str


ToolResult = Annotated[Executed | Observed | Refused | Failed | Concluded, Field(discriminator="status")]


class ToolSet(Protocol):
    """The tools of one wallet on one chain. Contract suite: ``reev_types.testing.ToolSetContract``."""

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the tools on offer, ordered by name."""

    async def call(self, call: ToolCall) -> ToolResult:
        """Carry a call out. Bad arguments and unknown tools are ``Refused``; only ChainError is raised."""


@runtime_checkable
class RefusalRecord(Protocol):
    """A tool set that keeps account of calls, also of those that an agent cannot make out and refuses itself."""

    def refuse(self, call: ToolCall, refusal: Refused) -> Refused:
        """Count ``call`` as one that ended in ``refusal``; return what the agent is to be told."""
