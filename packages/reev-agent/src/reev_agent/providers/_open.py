"""Models made from what their names mean."""

from __future__ import annotations

from typing import assert_never

from reev_agent.cassettes import ReplayModel
from reev_agent.models import ChatModel, NetworkPolicy, OpenAiCompatible, RetryPolicy, ScriptedModel
from reev_types.times import Clock

from ._script import read_script
from ._specs import EndpointSpec, ModelSpec, PydanticAiSpec, ReplaySpec, ScriptSpec

__all__ = ["open_model"]


def open_model(
    spec: ModelSpec, clock: Clock, policy: NetworkPolicy = NetworkPolicy.LOOPBACK_ONLY, seed: int = 0
) -> ChatModel:
    """Return the model of ``spec``; ``seed`` varies the waits between retries.

    Raises ModelError ``network_denied`` where ``policy`` forbids the endpoint, UsageError where a file
    cannot be read or something that pydantic-ai needs is missing.
    """
    match spec:
        case EndpointSpec(endpoint=endpoint):
            return OpenAiCompatible(endpoint, clock, policy, RetryPolicy(seed=seed))
        case PydanticAiSpec():
            return _pydantic_ai(spec, clock, policy, seed)
        case ReplaySpec(path=path):
            return ReplayModel.read(path)
        case ScriptSpec(path=path):
            return ScriptedModel(read_script(path))
        case _:
            assert_never(spec)


def _pydantic_ai(spec: PydanticAiSpec, clock: Clock, policy: NetworkPolicy, seed: int) -> ChatModel:
    from reev_agent.pydantic_ai import PydanticAiModel, infer_model

    model = infer_model(spec.model_id, policy)
    return PydanticAiModel(model, clock, policy, RetryPolicy(seed=seed), spec.secrets)
