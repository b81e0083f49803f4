"""One step: the agent asked, its time kept, its ending judged."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, assert_never

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
from reev_types.times import Clock
from reev_types.tools import Concluded, Executed, Failed, Refused, ToolResult

from ._foreign import readable_outcome
from ._recorded_tools import RecordedTools

__all__ = ["ask", "ending", "summary"]

_GRACE_S = 1.0


async def ask(agent: Agent, request: AgentRequest, tools: RecordedTools, clock: Clock) -> StepOutcome:
    """Run a step within its limits, its time measured on ``clock``; what the agent did before the end stays done.

    What the agent concluded with ``answer`` or ``refuse`` counts, whatever it returns. An exception in the agent is
    its failure: it gives up with the code ``agent_error``. Raises BackendError.
    """
    timeout_s = request.limits.timeout_s
    started_s = clock.monotonic()
    tools.begin(request.step_id, request.limits)
    try:
        outcome = await _within(timeout_s, agent, request, tools, clock)
        if not isinstance(outcome, Completed | RefusedByAgent | GaveUp | LimitReached):
            raise TypeError(f"run_step returned {type(outcome).__name__}, which is no outcome")
    except BackendError:
        raise
    except Exception as error:
        outcome = GaveUp(code="agent_error", reason=_told(error))
    finally:
        tools.end()
    if timeout_s is not None and clock.monotonic() - started_s > timeout_s:
        return LimitReached(which="timeout")
    if tools.is_exhausted:
        return LimitReached(which="tool_calls")
    return readable_outcome(_outcome(tools.conclusion) if tools.conclusion else outcome)


def _outcome(conclusion: Concluded) -> StepOutcome:
    if conclusion.by == "refuse":
        return RefusedByAgent.model_validate({"code": conclusion.code, "reason": conclusion.text})
    return Completed(answer=conclusion.text)


async def _within(
    timeout_s: float | None, agent: Agent, request: AgentRequest, tools: RecordedTools, clock: Clock
) -> StepOutcome:
    if timeout_s is None:
        return await agent.run_step(request, tools)
    work = asyncio.ensure_future(agent.run_step(request, tools))
    # An agent that never waits is done after one turn of the loop; its time need not be taken.
    await asyncio.sleep(0)
    if work.done():
        return work.result()
    timer = asyncio.ensure_future(clock.sleep(timeout_s))
    try:
        await asyncio.wait({work, timer}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else LimitReached(which="timeout")
    finally:
        tools.end()
        await _stop(work, timer)


async def _stop(*tasks: asyncio.Future[Any]) -> None:
    """Cancel, and wait no longer than an agent may take to tidy up: one that will not stop has no tools any more."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=_GRACE_S)


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


def summary(
    step_id: str, wallet: str, status: StepStatus, reason: str, results: Sequence[tuple[bool, ToolResult]]
) -> PreviousResult:
    """Return what later steps are told of this one: what the wallet gained and lost, by mint."""
    changes = [
        change
        for _, result in results
        if isinstance(result, Executed)
        for change in result.balance_changes
        if change.owner == wallet
    ]
    produced: dict[str, int] = {}
    for change in changes:
        produced[change.mint] = produced.get(change.mint, 0) + change.change_raw
    words = ", ".join(f"{change.change} {change.symbol}" for change in changes) or reason or "no balance changed"
    return PreviousResult(
        step_id=step_id,
        success=status == "succeeded",
        summary=words,
        produced_raw={mint: raw for mint, raw in produced.items() if raw > 0},
    )
