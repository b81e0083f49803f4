"""Models of pydantic-ai by name, with what is missing said in reev's terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reev_agent.models import NetworkPolicy
from reev_types.errors import UsageError

if TYPE_CHECKING:
    from pydantic_ai.models import Model

__all__ = ["check_model", "check_reach", "infer_model"]

_QUIET = frozenset(
    {"test", "anthropic", "google", "groq", "litellm", "mistral", "ollama", "openai", "openai-chat", "openai-responses"}
    | {"vllm", "zai"}
)
"""Providers whose clients are made without a look at the network; others may ask it for credentials."""

_NOWHERE = "unknown:"


def check_model(model_id: str) -> None:
    """Find out what ``model_id`` lacks, as far as that can be done without a network.

    Raises UsageError: ``missing_extra``, ``unknown_provider``, ``missing_key`` with what pydantic-ai says is missing.
    """
    provider = _provider(model_id)
    if provider in _QUIET:
        infer_model(model_id)


def infer_model(model_id: str, policy: NetworkPolicy = NetworkPolicy.OPEN) -> Model:
    """Return the model of ``model_id``, such as ``anthropic:claude-haiku-4-5``; ``test`` is pydantic-ai's own double.

    Raises UsageError as ``check_model`` does, and ModelError ``network_denied`` where ``policy`` forbids the provider.
    """
    if _provider(model_id) not in _QUIET:
        policy.check(_NOWHERE)
    from pydantic_ai.models import infer_model

    try:
        model = infer_model(model_id)
    except ImportError as error:
        raise _missing_extra(str(error)) from None
    except Exception as error:  # the client of each provider complains in its own way
        raise UsageError("missing_key", f"pydantic-ai:{model_id} cannot be used: {error}") from None
    check_reach(model, policy)
    return model


def check_reach(model: Model, policy: NetworkPolicy) -> None:
    """Raise ModelError ``network_denied`` unless ``model`` may be asked; one without an address is none of ours."""
    from pydantic_ai.models.function import FunctionModel
    from pydantic_ai.models.test import TestModel

    if not isinstance(model, FunctionModel | TestModel):
        policy.check(model.base_url or _NOWHERE)


def _provider(model_id: str) -> str:
    try:
        from pydantic_ai.providers import infer_provider_class
    except ImportError as error:
        raise _missing_extra(f"the package {error.name} is not installed") from None
    provider, colon, model = model_id.partition(":")
    if model_id == "test":
        return provider
    try:
        if not (colon and model):
            raise ValueError
        infer_provider_class(provider)
    except ImportError as error:
        raise _missing_extra(str(error)) from None
    except ValueError:
        raise UsageError(
            "unknown_provider",
            f"pydantic-ai knows no provider of {model_id[:64]!r}",
            suggestions=("pydantic-ai:anthropic:<model>", "pydantic-ai:google:<model>"),
        ) from None
    return provider


def _missing_extra(reason: str) -> UsageError:
    return UsageError(
        "missing_extra",
        f"models of pydantic-ai need more than is installed: {reason}",
        suggestions=("pip install 'reev-agent[pydantic-ai]'", "pip install 'pydantic-ai-slim[<provider>]'"),
    )
