"""From a sentence to a flow: intents, contexts of wallets, plans, and the prompts of their steps.

``OrchestratorGateway`` plans what a person types, ``ContextResolver`` says what a wallet holds, ``TemplateRenderer``
makes the texts that agents read. The names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .context import ContextResolver
    from .gateway import OrchestratorGateway
    from .rendering import TemplateRenderer

__all__ = ["ContextResolver", "OrchestratorGateway", "TemplateRenderer"]

_HOMES = {"ContextResolver": "context", "OrchestratorGateway": "gateway", "TemplateRenderer": "rendering"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
