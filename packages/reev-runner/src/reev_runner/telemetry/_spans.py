"""What the spans of a run tell."""

from __future__ import annotations

from collections.abc import Sequence

from reev_agent.telemetry import OpenSpan
from reev_types.chain import TransactionOutcome
from reev_types.contexts import PromptContext
from reev_types.results import Judgement, StepStatus

__all__ = ["BenchmarkSpan", "ContextSpan", "StepSpan", "TransactionSpan"]


class BenchmarkSpan(OpenSpan):
    """A run from beginning to end."""

    def judged(self, judgement: Judgement) -> None:
        """Tell the verdict, as the conventions name the parts of an evaluation."""
        self.tell({"reev.score": judgement.score})
        self.note(
            "gen_ai.evaluation.result",
            {
                "gen_ai.evaluation.name": "reev.score",
                "gen_ai.evaluation.score.value": judgement.score,
                "gen_ai.evaluation.score.label": "pass" if judgement.passed else "fail",
                "gen_ai.evaluation.explanation": ", ".join(judgement.reasons) or None,
            },
        )

    def ended(self, status: str, run_hash: str) -> None:
        """Tell what the run came to."""
        self.tell({"reev.status": status, "reev.run_hash": run_hash})


class StepSpan(OpenSpan):
    """A step of the flow."""

    def ended(self, status: StepStatus, reason: str) -> None:
        """Tell how it ended; a step that failed is an error with its reason."""
        self.tell({"reev.step.status": status})
        if status == "failed":
            self.failed(reason)


class ContextSpan(OpenSpan):
    """The making of what an agent reads; the span's time is what that takes."""

    def ready(self, context: PromptContext, prompt: str, tools: Sequence[str]) -> None:
        """Tell the sizes of what was made, and which tools are on offer."""
        self.tell(
            {
                "reev.context.tokens": len(context.wallet_context.token_balances),
                "reev.context.prices": len(context.wallet_context.token_prices),
                "reev.context.previous_results": len(context.previous_results),
                "reev.prompt.characters": len(prompt),
                "reev.prompt.tools": list(tools),
            }
        )
        if self.collects_content:
            self.tell({"reev.prompt.text": prompt})


class TransactionSpan(OpenSpan):
    """A transaction on its way to the chain and back."""

    def returned(self, outcome: TransactionOutcome) -> None:
        """Tell what became of it; one that did not succeed is an error."""
        self.tell(
            {
                "reev.transaction.succeeded": outcome.succeeded,
                "reev.transaction.landed": outcome.landed,
                "reev.transaction.slot": outcome.slot,
                "reev.transaction.compute_units": outcome.compute_units,
                "reev.transaction.fee_lamports": outcome.fee_lamports,
            }
        )
        if not outcome.succeeded:
            self.failed(outcome.failure.code if outcome.failure else "not_landed")
