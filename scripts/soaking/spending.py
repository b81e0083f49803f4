"""What left the wallet, told by the chain's own history and the signatures that the journal has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reev_types.amounts import ExactAmount, ShareAmount, StepAmount
from reev_types.benchmarks import TestCase, TestStep
from reev_types.chain import AccountChange, TransactionOutcome
from reev_types.events import Event, TransactionSent
from reev_types.intents import Intent, LendDepositIntent, LendWithdrawIntent, SwapIntent, TransferIntent
from reev_types.tokens import SOL_MINT

__all__ = ["double_spends"]

_UNDO = "undo_"


class _Moved(NamedTuple):
    """What a transaction did to everything that the wallet owns, by mint; fees apart."""

    step_id: str
    raw: dict[str, int]
    held_before_raw: dict[str, int]


def double_spends(
    case: TestCase, events: Sequence[Event], history: Sequence[TransactionOutcome], wallet: str
) -> Iterator[str]:
    """Yield every step, in words, for which more left the wallet than was planned, or more came back than had left."""
    step_of = {event.signature: event.step_id for event in events if isinstance(event, TransactionSent)}
    succeeded = [outcome for outcome in history if outcome.succeeded]
    yield from (
        f"{outcome.signature} was never journalled" for outcome in succeeded if outcome.signature not in step_of
    )
    moved = [
        _moved(step_of[outcome.signature], outcome, wallet) for outcome in succeeded if outcome.signature in step_of
    ]
    by_step = {step.step_id: [each for each in moved if each.step_id == step.step_id] for step in case.steps}
    for step, intents in zip(case.steps, case.reference or (), strict=True):
        yield from _too_much(step, intents, by_step)
        yield from _undone_too_much(step, by_step[step.step_id], moved)


def _too_much(step: TestStep, intents: Sequence[Intent], by_step: Mapping[str, list[_Moved]]) -> Iterator[str]:
    moves = by_step[step.step_id]
    if not moves:
        return
    mint, sign = _counted(intents[0])
    planned_raw = sum(_planned(intent, mint, moves[0], by_step) for intent in intents)
    real_raw = sum(sign * move.raw.get(mint, 0) for move in moves)
    if real_raw > planned_raw:
        yield f"{step.step_id} moved {real_raw} of {mint} where {planned_raw} were planned"


def _undone_too_much(step: TestStep, done: Sequence[_Moved], moved: Sequence[_Moved]) -> Iterator[str]:
    names = (f"{_UNDO}{step.step_id}", f"{_UNDO}{step.step_id}_")
    undone = [each for each in moved if each.step_id == names[0] or each.step_id.startswith(names[1])]
    for mint in sorted({mint for each in undone for mint in each.raw}):
        returned_raw = sum(max(-each.raw.get(mint, 0), 0) for each in undone)
        brought_raw = sum(max(each.raw.get(mint, 0), 0) for each in done)
        if returned_raw > brought_raw:
            yield f"undoing {step.step_id} gave {returned_raw} of {mint} back, of {brought_raw} that it had brought"


def _counted(intent: Intent) -> tuple[str, int]:
    match intent:
        case SwapIntent(input_mint=mint) | TransferIntent(mint=mint) | LendDepositIntent(mint=mint):
            return mint, -1
        case LendWithdrawIntent(mint=mint):
            return mint, 1
        case _:
            raise TypeError(f"no plan of the soak has a {intent.kind}")


def _planned(intent: Intent, mint: str, first: _Moved, by_step: Mapping[str, list[_Moved]]) -> int:
    assert isinstance(intent, SwapIntent | TransferIntent | LendDepositIntent | LendWithdrawIntent)
    match intent.amount:
        case ExactAmount(raw=raw):
            return raw
        case ShareAmount(of=of):
            return int(first.held_before_raw[mint] * of)
        case StepAmount(step_id=step_id):
            return sum(each.raw.get(mint, 0) for each in by_step[step_id])
        case _:
            raise TypeError(f"no plan of the soak has an amount that is {intent.amount.kind}")


def _moved(step_id: str, outcome: TransactionOutcome, wallet: str) -> _Moved:
    raw: dict[str, int] = {SOL_MINT: outcome.fee_lamports}
    held_before_raw: dict[str, int] = {}
    for change in outcome.changes:
        if not _is_own(change, wallet):
            continue
        # Rent in the wallet's own accounts is its own still, as is wrapped SOL.
        raw[SOL_MINT] += change.lamports_after - change.lamports_before
        token = change.token
        if token is not None and token.mint != SOL_MINT:
            raw[token.mint] = raw.get(token.mint, 0) + token.after_raw - token.before_raw
            held_before_raw[token.mint] = held_before_raw.get(token.mint, 0) + token.before_raw
    return _Moved(step_id, raw, held_before_raw)


def _is_own(change: AccountChange, wallet: str) -> bool:
    token = change.token
    return change.address == wallet or (token is not None and wallet in (token.owner_before, token.owner_after))
