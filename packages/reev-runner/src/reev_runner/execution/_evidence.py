"""An attempt in the terms of judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from reev_runner.judgement import Evidence, Moment, ReferenceRun
from reev_tools.chain import associated_token_address
from reev_types.atomicity import OnAbort
from reev_types.benchmarks import FlowEnding
from reev_types.chain import TransactionOutcome
from reev_types.events import Event
from reev_types.recovery_events import FlowAborted, RolledBack
from reev_types.results import StepResult
from reev_types.tokens import TOKEN_PROGRAM, token_of

from ._recorded_chain import Submission
from ._world import PreparedWorld

__all__ = ["associated_address", "ending_of", "evidence_of"]


def evidence_of(
    world: PreparedWorld,
    before: Moment,
    after: Moment,
    after_steps: Mapping[str, Moment],
    submissions: Sequence[Submission],
    steps: tuple[StepResult, ...],
    *,
    reads: frozenset[str],
    reference: ReferenceRun | None,
    market_accounts: frozenset[str],
    ending: FlowEnding = "completed",
) -> Evidence:
    """Return what a verdict on the attempt is based on."""
    succeeded = [submission for submission in submissions if submission.outcome.succeeded]
    return Evidence(
        wallet=world.wallet,
        addresses=world.addresses,
        ata=associated_address,
        before=before.state,
        after=after.state,
        transactions=tuple(submission.outcome for submission in submissions),
        instructions=tuple(chain.from_iterable(submission.instructions for submission in submissions)),
        executed=tuple(chain.from_iterable(submission.instructions for submission in succeeded)),
        reads=reads,
        steps=steps,
        reference=reference,
        valuation=after.valuation,
        valuation_before=before.valuation,
        after_steps=after_steps,
        market_accounts=market_accounts,
        step_transactions=_by_step(submissions),
        ending=ending,
    )


def ending_of(events: Iterable[Event]) -> FlowEnding:
    """Return how a flow ended, as far as its journal says that it was aborted."""
    ending: FlowEnding = "completed"
    for event in events:
        match event:
            case FlowAborted(on_abort=on_abort):
                ending = "compensated" if on_abort is OnAbort.COMPENSATE else "aborted"
            case RolledBack():
                ending = "rolled_back"
            case _:
                pass
    return ending


def _by_step(submissions: Sequence[Submission]) -> dict[str, tuple[TransactionOutcome, ...]]:
    by_step: dict[str, tuple[TransactionOutcome, ...]] = {}
    for submission in submissions:
        by_step[submission.step_id] = (*by_step.get(submission.step_id, ()), submission.outcome)
    return by_step


def associated_address(owner: str, mint: str) -> str:
    """Return where ``owner`` keeps ``mint``, under the token program that the registry names for it."""
    token = token_of(mint)
    return associated_token_address(owner, mint, token.program if token else TOKEN_PROGRAM)
