"""Account names in intents, replaced by the addresses of this run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reev_types.benchmarks import TestCase
from reev_types.intents import Intent

__all__ = ["intents_by_step"]

_NAMING_FIELDS = ("recipient", "mint", "input_mint", "output_mint")


def intents_by_step(case: TestCase, addresses: Mapping[str, str]) -> dict[str, tuple[Intent, ...]] | None:
    """Return the reference solution by step id with every name resolved, or None when the case has none."""
    if case.reference is None:
        return None
    return {
        step.step_id: _resolved(intents, addresses) for step, intents in zip(case.steps, case.reference, strict=True)
    }


def _resolved(intents: Sequence[Intent], addresses: Mapping[str, str]) -> tuple[Intent, ...]:
    return tuple(intent.model_copy(update=_renamed(intent, addresses)) for intent in intents)


def _renamed(intent: Intent, addresses: Mapping[str, str]) -> dict[str, str]:
    named = {field: str(getattr(intent, field, "")) for field in _NAMING_FIELDS}
    return {field: addresses[name] for field, name in named.items() if name in addresses}
