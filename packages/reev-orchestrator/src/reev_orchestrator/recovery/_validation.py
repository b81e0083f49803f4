"""Rewritten steps are checked like the steps of any plan."""

from __future__ import annotations

from collections.abc import Sequence

from reev_orchestrator.language import Reading, ReadStep
from reev_orchestrator.planning import plan
from reev_types.contexts import PromptContext
from reev_types.errors import TextPlace
from reev_types.recovery import StepPart

__all__ = ["check_parts"]


def check_parts(parts: Sequence[StepPart], context: PromptContext) -> None:
    """Raise the UserErrors of ``planning.plan`` for parts that the wallet cannot carry out one after the other.

    Every part has a prompt and an intent.
    """
    text = ", then ".join(part.prompt or "" for part in parts)
    steps: list[ReadStep] = []
    for part in parts:
        assert part.intent is not None, "rewritten parts have intents"
        steps.append(ReadStep(part.part_id, part.intent, TextPlace(text, 0, len(text))))
    plan(
        Reading(text, tuple(steps), (), (), text),
        context.wallet_context,
        flow_id=parts[0].part_id,
        sol_reserve_lamports=context.sol_reserve_lamports,
    )
