"""Account names in intents, replaced by the addresses of this run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reev_types.benchmarks import TestCase
from reev_types.intents import Intent

__all__ = ["intents_by_step", "with_addresses"]

_NAMING_FIELDS = frozenset({"recipient", "mint", "input_mint", "output_mint"})


def intents_by_step(case: TestCase, addresses: Mapping[str, str]) -> dict[str, tuple[Intent, ...]] | None:
    """Return the reference solution by step id with every name resolved, or None when the case has none."""
    if case.reference is None:
        return None
    return {
        step.step_id: _resolved(intents, addresses) for step, intents in zip(case.steps, case.reference, strict=True)
    }


def _resolved(intents: Sequence[Intent], addresses: Mapping[str, str]) -> tuple[Intent, ...]:
    return tuple(with_addresses(intent, addresses) for intent in intents)


def with_addresses(intent: Intent, addresses: Mapping[str, str]) -> Intent:
    """Return an intent with every name resolved."""
    return intent.model_copy(update=_renamed(intent, addresses))


def _renamed(intent: Intent, addresses: Mapping[str, str]) -> dict[str, str]:
    return {field: addresses[name] for field, name in intent if field in _NAMING_FIELDS and name in addresses}
