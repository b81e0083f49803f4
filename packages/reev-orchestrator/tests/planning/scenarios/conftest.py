from __future__ import annotations

import pytest

from reev_orchestrator.language import clause_of
from reev_types.plans import DynamicFlowPlan


@pytest.fixture(scope="session")
def steps():
    """Return what a plan comes to, a clause for each step."""

    def steps(plan: DynamicFlowPlan) -> list[str]:
        return [f"{step.step_id}: {clause_of(step.intent)}" for step in plan.steps]

    return steps
