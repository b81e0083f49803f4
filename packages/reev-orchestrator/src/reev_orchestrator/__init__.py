"""From a sentence to a flow: intents, contexts of wallets, plans, the prompts of their steps, and recovery.

``OrchestratorGateway`` plans what a person types, ``ContextResolver`` says what a wallet holds, ``TemplateRenderer``
makes the texts that agents read, ``RecoveryEngine`` recovers steps that failed. The names are loaded when they are
first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .context import ContextResolver
    from .gateway import OrchestratorGateway
    from .recovery import (
        BUILT_IN_ALTERNATIVES,
        AlternativeFlowStrategy,
        DeadlineReached,
        Decided,
        Exhausted,
        FailedStep,
        FlowTime,
        Recovered,
        RecoveryEngine,
        RetryStrategy,
        StepExecutor,
        Succeeded,
        UserFulfillmentStrategy,
        classify,
        inverse,
        load_alternatives,
    )
    from .rendering import TemplateRenderer

__all__ = [
    "BUILT_IN_ALTERNATIVES",
    "AlternativeFlowStrategy",
    "ContextResolver",
    "DeadlineReached",
    "Decided",
    "Exhausted",
    "FailedStep",
    "FlowTime",
    "OrchestratorGateway",
    "Recovered",
    "RecoveryEngine",
    "RetryStrategy",
    "StepExecutor",
    "Succeeded",
    "TemplateRenderer",
    "UserFulfillmentStrategy",
    "classify",
    "inverse",
    "load_alternatives",
]

_HOMES = dict.fromkeys(__all__, "recovery") | {
    "ContextResolver": "context",
    "OrchestratorGateway": "gateway",
    "TemplateRenderer": "rendering",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
