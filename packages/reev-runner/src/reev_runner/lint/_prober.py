"""Runs a benchmark for the linter: with its own solution, and with an agent that does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from reev_types.benchmarks import TestCase
from reev_types.intents import moves_funds
from reev_types.results import AssertionVerdict, Judgement, TrialResult

from ._probe import ProbeReport

if TYPE_CHECKING:
    from reev_runner.execution import TrialRunner

__all__ = ["Prober"]


class Prober:
    """Implements ``Probe`` on one VM, made when the first file needs it."""

    def __call__(self, case: TestCase) -> ProbeReport:
        """Return how the reference fares, and which assertions hold although nothing was done.

        A case without a reference is not run. Where the reference moves no funds, such as where refusing is right,
        an unchanged state is what is asked for, so nothing is said about doing nothing.
        """
        if case.reference is None:
            return ProbeReport()
        solved = self._run(case, "deterministic")
        moving = any(moves_funds(intent) for intents in case.reference for intent in intents)
        idle = _verdicts(self._run(case, "does_nothing")) if moving else ()
        return ProbeReport(
            reference_broke=() if _broke_on_purpose(case, solved) else tuple(_breaks(solved)),
            reference_failed=tuple(index for index, verdict in enumerate(_verdicts(solved)) if verdict.met is False),
            met_by_nothing=tuple(index for index, verdict in enumerate(idle) if verdict.met),
        )

    def _run(self, case: TestCase, agent: str) -> TrialResult:
        import asyncio

        from reev_runner.execution import choose_agent
        from reev_runner.journal import fold

        return fold(asyncio.run(self._runner.run(case, choose_agent(agent), seed=0)))

    @cached_property
    def _runner(self) -> TrialRunner:
        from reev_orchestrator import TemplateRenderer
        from reev_runner.execution import TrialRunner, embedded_sandbox
        from reev_runner.system import SystemClock

        return TrialRunner(embedded_sandbox, SystemClock(), TemplateRenderer())


def _verdicts(result: TrialResult) -> tuple[AssertionVerdict, ...]:
    return result.judgement.assertions if result.judgement else ()


def _broke_on_purpose(case: TestCase, result: TrialResult) -> bool:
    """Tell whether the steps that did not succeed are those that the case's own faults are there to break."""
    return bool(case.faults) and result.judgement is not None and result.judgement.passed


def _breaks(result: TrialResult) -> Iterator[str]:
    """Tell what went wrong with the reference, apart from assertions that it does not meet."""
    broken = [step for step in result.flow.step_results if not step.success]
    for step in broken:
        yield f"{step.step_id} {step.status}: {step.reason.replace('_', ' ')}"
    if result.judgement is None:
        yield result.flow.error_message or "the environment failed"
    elif not broken:  # a step that broke is the reason for whatever else is wrong
        yield from _unexplained(result.judgement)


def _unexplained(judgement: Judgement) -> Iterator[str]:
    from reev_runner.judgement import REASONS

    is_explained = any(verdict.met is False for verdict in judgement.assertions)
    for code, sentence in REASONS.items():
        if code in judgement.reasons and not (is_explained and code == "score_below_minimum"):
            yield sentence
