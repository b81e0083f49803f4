"""What a model's name comes to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reev_agent.models import Endpoint, Secret

__all__ = ["EndpointSpec", "ModelSpec", "PydanticAiSpec", "ReplaySpec", "ScriptSpec"]


@dataclass(frozen=True, slots=True)
class EndpointSpec:
    """A model at an endpoint; ``agent`` is the name that runs are recorded under."""

    agent: str
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class PydanticAiSpec:
    """A model by pydantic-ai's name for it; ``secrets`` are the keys that its provider may be sent."""

    agent: str
    model_id: str
    secrets: tuple[Secret, ...]


@dataclass(frozen=True, slots=True)
class ReplaySpec:
    """A recorded conversation; ``agent`` is the name that it was recorded under."""

    agent: str
    path: Path


@dataclass(frozen=True, slots=True)
class ScriptSpec:
    """Replies from a file."""

    agent: str
    path: Path


ModelSpec = EndpointSpec | PydanticAiSpec | ReplaySpec | ScriptSpec
