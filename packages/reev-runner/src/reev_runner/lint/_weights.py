"""Rules about weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reev_runner.files import LoadedBenchmark

from ._finding import TRUTH, FileRule, Location, Remark

__all__ = ["RULES"]


def _groups(loaded: LoadedBenchmark) -> Iterator[tuple[Location, list[tuple[Location, Decimal]]]]:
    """Return the lists of ``ground_truth`` whose items have a weight, in the order of the format."""
    truth = loaded.file.ground_truth
    for section in type(truth).model_fields:
        items: Any = getattr(truth, section)
        if isinstance(items, tuple) and items and all(hasattr(item, "weight") for item in items):
            at: Location = (TRUTH, section)
            yield at, [((*at, index, "weight"), item.weight) for index, item in enumerate(items)]


def _instruction_weights(loaded: LoadedBenchmark) -> Iterator[tuple[Location, Decimal]]:
    for index, item in enumerate(loaded.file.ground_truth.expected_instructions):
        at: Location = (TRUTH, "expected_instructions", index)
        yield (*at, "program_id_weight"), item.program_id_weight
        if item.data_weight is not None:
            yield (*at, "data_weight"), item.data_weight
        for position, account in enumerate(item.accounts):
            yield (*at, "accounts", position, "weight"), account.weight


def _negative(loaded: LoadedBenchmark) -> Iterator[Remark]:
    members = [member for _, group in _groups(loaded) for member in group]
    for location, weight in (*members, *_instruction_weights(loaded)):
        if weight < 0:
            yield Remark(location, f"the weight {weight} would take from the score for being right")


def _zero(loaded: LoadedBenchmark) -> Iterator[Remark]:
    for _, group in _groups(loaded):
        for location, weight in group:
            if weight == 0:
                yield Remark(location, "with weight 0, this never counts", "remove it, or give it weight")


def _sum(loaded: LoadedBenchmark) -> Iterator[Remark]:
    """Look at groups whose weights are all fractions, which are shares of 1; others are relative anyway."""
    for location, group in _groups(loaded):
        weights = [weight for _, weight in group]
        total = sum(weights, Decimal(0))
        if len(weights) > 1 and all(0 < weight < 1 for weight in weights) and total != 1:
            message = f"the weights of {location[-1]} add up to {total.normalize():f}"
            hint = "make them add up to 1; as they stand, each counts in proportion to the sum"
            yield Remark(location, message, hint, at_key=True)


RULES = (
    FileRule("negative-weight", "error", "a weight below 0", _negative),
    FileRule("zero-weight", "warning", "a weight of 0", _zero),
    FileRule("weights-do-not-sum", "warning", "fractions as weights that do not add up to 1", _sum),
)
