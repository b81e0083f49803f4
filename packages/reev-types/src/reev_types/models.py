"""What is recorded of every exchange with a language model, and who is told.

Costs are in micro-USD (millionths of a US dollar) as integers; sums of them are exact.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Protocol

from pydantic import Field

from ._model import Model

__all__ = [
    "ExchangeLog",
    "ModelFailureRecord",
    "ModelRecord",
    "ModelReplyRecord",
    "ModelRequestRecord",
    "Sampling",
    "TokenUsage",
]

Tokens = Annotated[int, Field(ge=0)]


class Sampling(Model):
    """How a model is asked to choose its words; None leaves it to the provider."""

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_output_tokens: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None


class TokenUsage(Model):
    """Tokens of one exchange; cached ones are among the input, reasoning ones among the output."""

    input_tokens: Tokens
    output_tokens: Tokens
    cached_input_tokens: Tokens = 0
    reasoning_tokens: Tokens = 0
    is_estimated: bool = False
    """Whether the provider said nothing and the counts come from the length of the texts."""

    @property
    def total_tokens(self) -> int:
        """Input and output together."""
        return self.input_tokens + self.output_tokens


class ModelRequestRecord(Model):
    """A model is asked; ``turn`` counts from 1 within the step."""

    kind: Literal["request"] = "request"
    step_id: str
    turn: Annotated[int, Field(ge=1)]
    provider: str
    model: str
    request_hash: str
    """SHA-256 of everything that the model is sent."""
    new_messages: tuple[dict[str, Any], ...]
    """What is sent beyond the request of the turn before; all of it on the first turn."""
    tools: tuple[str, ...]
    tools_hash: str
    """SHA-256 of the names, descriptions and schemas of the tools on offer."""
    sampling: Sampling = Sampling()


class ModelReplyRecord(Model):
    """The model answered."""

    kind: Literal["reply"] = "reply"
    step_id: str
    turn: Annotated[int, Field(ge=1)]
    message: dict[str, Any]
    """The assistant's message as it goes into the next request: text, reasoning, tool calls."""
    finish_reason: str
    usage: TokenUsage
    cost_micro_usd: int | None
    """None where the price of the model is not known."""
    timing: dict[str, Any] = {}


class ModelFailureRecord(Model):
    """No answer came, after all retries; ``code`` is that of the error, ``cancelled`` when the wait was given up."""

    kind: Literal["failure"] = "failure"
    step_id: str
    turn: Annotated[int, Field(ge=1)]
    code: str
    message: str
    timing: dict[str, Any] = {}


ModelRecord = Annotated[ModelRequestRecord | ModelReplyRecord | ModelFailureRecord, Field(discriminator="kind")]


class ExchangeLog(Protocol):
    """Whoever wants to know what was said to a model and what came back. No record holds a secret."""

    def note(self, record: ModelRecord) -> None:
        """Take a record, in the order of events; must not wait."""
