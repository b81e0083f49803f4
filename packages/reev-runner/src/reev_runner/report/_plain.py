"""Outcomes as plain lines, one each, for pipes and logs."""

from __future__ import annotations

from reev_runner.suite import BadFile, Outcome
from reev_types.results import TrialResult

from ._names import amount
from ._text import one_line
from ._verdict import score_text

__all__ = ["bad_file_line", "outcome_line"]

_WORDS = {"passed": "PASS", "failed": "FAIL", "error": "ERROR"}


def outcome_line(outcome: Outcome) -> str:
    """Return ``PASS 001-sol-transfer score 1.00 …``; the first word is PASS, FAIL, ERROR or BAD."""
    return f"BAD {bad_file_line(outcome)}" if isinstance(outcome, BadFile) else _trial_line(outcome.result)


def bad_file_line(bad: BadFile) -> str:
    """Return place, message and code of a file that could not be loaded, and what can be done."""
    place = bad.error.place
    named = f"{place}: " if place else f"{bad.path}: "
    hints = "".join(f" → {hint}" for hint in bad.error.suggestions)
    return one_line(f"{named}{bad.error.message} [{bad.error.code}]{hints}", 1_000)


def _trial_line(result: TrialResult) -> str:
    words = [_WORDS[result.status], one_line(result.benchmark_id, 100)]
    if result.judgement:
        words.append(f"score {score_text(result.judgement.score)}")
    metrics = result.flow.metrics
    steps = metrics.successful_steps + metrics.failed_steps + metrics.skipped_steps
    words.append(f"steps {metrics.successful_steps}/{steps} transactions {metrics.transactions}")
    words.append(f"fee {amount(metrics.fee_lamports)} cu {metrics.compute_units}")
    usage = metrics.model_usage
    if usage is not None:
        cost = "unknown" if usage.cost_micro_usd is None else f"{usage.cost_micro_usd}"
        words.append(f"tokens {usage.input_tokens}+{usage.output_tokens} cost_micro_usd {cost}")
    recovery = result.flow.recovery
    if recovery is not None:
        tried = recovery.successful_recoveries + recovery.failed_recoveries
        words.append(f"recovered {recovery.successful_recoveries}/{tried} attempts {recovery.total_attempts}")
    if result.judgement and result.judgement.reasons:
        words.append(f"reasons {','.join(result.judgement.reasons)}")
    if result.flow.error_message:
        words.append(f"error {result.flow.error_message}")
    return one_line(" ".join(words), 1_000)
