"""One step: the agent asked, its time kept, its ending judged."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import assert_never

from reev_types.agents import (
    Agent,
    AgentRequest,
    Completed,
    GaveUp,
    LimitReached,
    RefusedByAgent,
    StepOutcome,
)
from reev_types.contexts import PreviousResult
from reev_types.errors import BackendError
from reev_types.intents import RefusalCode
from reev_types.results import StepStatus
from reev_types.times import Timekeeper
from reev_types.tools import BalanceChange, Concluded, Failed, Refused, ToolResult, ToolSet

from ._foreign import readable_outcome
from ._memory import StepMemory, change_in_words
from ._recorded_tools import RecordedTools

__all__ = ["ask", "ending", "summary"]


async def ask(
    agent: Agent,
    request: AgentRequest,
    tools: RecordedTools,
    time: Timekeeper,
    step_id: str,
    memory: StepMemory | None = None,
) -> StepOutcome:
    """Run an attempt of a step within its limits, its time measured on ``time``; what was done before the end stays.

    What the agent concluded with ``answer`` or ``refuse`` counts, whatever it returns. An exception in the agent is
    its failure: it gives up with the code ``agent_error``. Raises BackendError, also where the agent does not let it
    through.
    """
    timeout_s = request.limits.timeout_s
    started_s = time.monotonic()
    work = _outcome_of(agent, request, tools.begin(step_id, request.limits, memory, request.step_id))
    try:
        outcome = await (work if timeout_s is None else time.within(timeout_s, work, tools.end))
    except TimeoutError:
        return LimitReached(which="timeout")
    finally:
        tools.end()
    if tools.broken is not None:
        raise tools.broken
    if timeout_s is not None and time.monotonic() - started_s > timeout_s:
        return LimitReached(which="timeout")
    if tools.is_exhausted:
        return LimitReached(which="tool_calls")
    return readable_outcome(_concluded(tools.conclusion) if tools.conclusion else outcome)


async def _outcome_of(agent: Agent, request: AgentRequest, tools: ToolSet) -> StepOutcome:
    try:
        outcome = await agent.run_step(request, tools)
        if not isinstance(outcome, Completed | RefusedByAgent | GaveUp | LimitReached):
            raise TypeError(f"run_step returned {type(outcome).__name__}, which is no outcome")
    except BackendError:
        raise
    except Exception as error:
        return GaveUp(code="agent_error", reason=_told(error))
    return outcome


def _concluded(conclusion: Concluded) -> StepOutcome:
    if conclusion.by == "refuse":
        return RefusedByAgent.model_validate({"code": conclusion.code, "reason": conclusion.text})
    return Completed(answer=conclusion.text)


def _told(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"


def ending(
    outcome: StepOutcome, refusal_due: RefusalCode | None, results: Sequence[tuple[bool, ToolResult]]
) -> tuple[StepStatus, str]:
    """Return whether a step ended as it should, and if not, why as a stable code.

    A refusal is right with the code that is due, and nowhere else. A claim of completion is not believed
    when the last attempt to move funds did not work.
    """
    match outcome:
        case Completed():
            code = "refusal_missing" if refusal_due else _last_failure(results)
            return ("failed", code) if code else ("succeeded", "")
        case RefusedByAgent(code=code):
            return ("succeeded", "") if code == refusal_due else ("failed", "refused")
        case GaveUp(code=code):
            return "failed", code
        case LimitReached(which=which):
            return "failed", f"limit_{which}"
        case _:
            assert_never(outcome)


def _last_failure(results: Sequence[tuple[bool, ToolResult]]) -> str:
    attempts = [result for moves_funds, result in results if moves_funds]
    last = attempts[-1] if attempts else None
    return last.code if isinstance(last, Failed | Refused) else ""


def summary(step_id: str, status: StepStatus, reason: str, changes: Sequence[BalanceChange]) -> PreviousResult:
    """Return what later steps are told of this one: what the wallet gained and lost, by mint."""
    produced: dict[str, int] = {}
    for change in changes:
        produced[change.mint] = produced.get(change.mint, 0) + change.change_raw
    return PreviousResult(
        step_id=step_id,
        success=status == "succeeded",
        summary=change_in_words(changes) or reason or "no balance changed",
        produced_raw={mint: raw for mint, raw in produced.items() if raw > 0},
    )
