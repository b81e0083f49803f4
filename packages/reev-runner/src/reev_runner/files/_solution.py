"""Compiles ``reference`` and ``expected_instructions``: what a good solution does and contains."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reev_types.addresses import decode_base58
from reev_types.benchmarks import ExpectedAccount, ExpectedInstruction, TestStep
from reev_types.intents import Intent, RefuseIntent

from ._intents import compile_intent, undefined
from ._load import LoadedBenchmark
from ._model import InstructionAccountItem, InstructionItem
from ._nodes import Location
from ._roster import Roster

__all__ = ["compile_instructions", "compile_reference"]

_UNSCORED_DATA = "..."


def compile_reference(
    source: LoadedBenchmark, roster: Roster, steps: tuple[TestStep, ...]
) -> tuple[tuple[Intent, ...], ...] | None:
    """Return the oracle solution, or None where the file has none.

    An amount may be what an earlier step brought, or an earlier intent of the same one: ``step_1.1`` is the first of
    ``step_1``. Raises BenchmarkError with a place: ``reference_count``, ``empty_reference``, ``intent_after_refusal``,
    ``unknown_token``, ``undefined_placeholder``, ``unknown_step``.
    """
    reference = source.file.reference
    if reference is None:
        return None
    if len(reference) != len(steps):
        message = f"expected {len(steps)} lists of intents, one for each step, found {len(reference)}"
        raise source.problem("reference_count", message, "reference")
    earlier: set[str] = set()
    compiled: list[tuple[Intent, ...]] = []
    for index, (step, intents) in enumerate(zip(steps, reference, strict=True)):
        if not intents:
            raise source.problem("empty_reference", "expected at least one intent, found none", "reference", index)
        _check_refusal(source, intents, index)
        carried_out: list[Intent] = []
        for position, intent in enumerate(intents):
            carried_out.append(compile_intent(source, roster, earlier, intent, ("reference", index, position)))
            earlier.add(f"{step.step_id}.{position + 1}")
        compiled.append(tuple(carried_out))
        earlier.add(step.step_id)
    return tuple(compiled)


def _check_refusal(source: LoadedBenchmark, intents: Sequence[Intent], index: int) -> None:
    """A refusal ends its step, so what stands after it would never be carried out."""
    for position in range(1, len(intents)):
        if isinstance(intents[position - 1], RefuseIntent):
            message = "a refusal ends its step, so this is never carried out"
            raise source.problem("intent_after_refusal", message, "reference", index, position)


def compile_instructions(source: LoadedBenchmark, roster: Roster) -> tuple[ExpectedInstruction, ...]:
    """Return the expected instructions; data without a weight, or written ``...``, is not scored.

    Raises BenchmarkError with a place: ``undefined_placeholder``, ``negative_weight``, ``not_base58``.
    """
    items = source.file.ground_truth.expected_instructions
    return tuple(
        _instruction(source, roster, item, ("ground_truth", "expected_instructions", index))
        for index, item in enumerate(items)
    )


def _instruction(source: LoadedBenchmark, roster: Roster, item: InstructionItem, at: Location) -> ExpectedInstruction:
    data = None if item.data == _UNSCORED_DATA else item.data
    is_scored = data is not None and item.data_weight is not None
    return ExpectedInstruction(
        program_id=item.program_id,
        program_id_weight=_weight(source, item.program_id_weight, (*at, "program_id_weight")),
        accounts=tuple(
            _account(source, roster, account, (*at, "accounts", index)) for index, account in enumerate(item.accounts)
        ),
        data=_data(source, data, (*at, "data")) if is_scored else None,
        data_weight=_weight(source, item.data_weight or Decimal(0), (*at, "data_weight")) if is_scored else None,
    )


def _account(source: LoadedBenchmark, roster: Roster, item: InstructionAccountItem, at: Location) -> ExpectedAccount:
    name = roster.account_of(item.pubkey)
    if name is None:
        raise undefined(source, roster, item.pubkey, (*at, "pubkey"))
    return ExpectedAccount(
        pubkey=name,
        is_signer=item.is_signer,
        is_writable=item.is_writable,
        weight=_weight(source, item.weight, (*at, "weight")),
    )


def _data(source: LoadedBenchmark, data: str | None, at: Location) -> bytes | None:
    try:
        return None if data is None else decode_base58(data)
    except ValueError as error:
        raise source.problem("not_base58", f"expected base58: {error}", *at) from None


def _weight(source: LoadedBenchmark, weight: Decimal, at: Location) -> Decimal:
    if weight < 0:
        raise source.problem("negative_weight", f"expected a number of 0 or more, found {weight}", *at)
    return weight
