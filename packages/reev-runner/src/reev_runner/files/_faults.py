"""Compiles ``faults``: what breaks on purpose, where there is something to break."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from reev_types.benchmarks import TestStep
from reev_types.faults import Fault, VaultWithoutLiquidity
from reev_types.tokens import symbol_of

from ._accounts import known_mint
from ._load import LoadedBenchmark

__all__ = ["compile_faults"]

_SECTION = "faults"


def compile_faults(source: LoadedBenchmark, steps: Sequence[TestStep], market: str) -> tuple[Fault, ...]:
    """Return the faults of the file.

    Raises BenchmarkError with a place: ``unknown_step``, ``empty_window``, ``unknown_token``, ``unknown_vault``.
    """
    step_ids = [step.step_id for step in steps]
    for index, fault in enumerate(source.file.faults):
        _check_step(source, fault, index, step_ids)
        if fault.until_s is not None and fault.until_s <= fault.from_s:
            message = f"expected a time after {fault.from_s} s, when the fault begins, found {fault.until_s}"
            raise source.problem("empty_window", message, _SECTION, index, "until_s")
        if isinstance(fault, VaultWithoutLiquidity):
            _check_vault(source, fault.mint, index, market)
    return source.file.faults


def _check_step(source: LoadedBenchmark, fault: Fault, index: int, step_ids: list[str]) -> None:
    if fault.step is None or fault.step in step_ids:
        return
    close = get_close_matches(fault.step, step_ids, n=1)
    hint = f"did you mean {close[0]}?" if close else f"the steps are {', '.join(step_ids)}"
    message = f"expected a step of the flow, found {fault.step!r:.60}"
    raise source.problem("unknown_step", message, _SECTION, index, "step", suggestions=(hint,))


def _check_vault(source: LoadedBenchmark, mint: str, index: int, market: str) -> None:
    from reev_tools.market import Market  # few files break anything

    known_mint(source, mint, _SECTION, index, "mint")
    lent = [vault.mint for vault in Market.named(market).vaults()]
    if mint not in lent:
        message = f"the market {market} has no vault for {symbol_of(mint)}"
        known = ", ".join(f"{symbol_of(each)} ({each})" for each in lent)
        raise source.problem("unknown_vault", message, _SECTION, index, "mint", suggestions=(f"vaults: {known}",))
