"""The lines of a cassette.

The first names the agent; the others are exchanges, preceded by their tools where these were not written yet. An
exchange that ``continues`` the one before it lists only the messages that were added.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from reev_types.models import Sampling, TokenUsage

__all__ = ["CANCELLED", "LINE", "ExchangeLine", "HeaderLine", "Line", "RecordedError", "RecordedReply", "ToolsLine"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HeaderLine(_Model):
    """Who was asked."""

    kind: Literal["cassette"] = "cassette"
    version: Literal[1] = 1
    agent: str
    provider: str
    model: str


class ToolsLine(_Model):
    """Tools as the model was told of them."""

    kind: Literal["tools"] = "tools"
    tools_hash: str
    tools: tuple[dict[str, Any], ...]


class RecordedReply(_Model):
    """What the model said."""

    message: dict[str, Any]
    finish_reason: str
    usage: TokenUsage | None = None
    model: str = ""
    response_id: str = ""


CANCELLED = "cancelled"


class RecordedError(_Model):
    """Why no reply came; the code is CANCELLED where it was no longer waited for."""

    code: str
    message: str


class ExchangeLine(_Model):
    """One request and what became of it."""

    kind: Literal["exchange"] = "exchange"
    step_id: str
    request_hash: str
    continues: bool
    messages: tuple[dict[str, Any], ...]
    tools_hash: str
    sampling: Sampling
    result: RecordedReply | RecordedError


Line = Annotated[HeaderLine | ToolsLine | ExchangeLine, Field(discriminator="kind")]

LINE: TypeAdapter[Line] = TypeAdapter(Line)
