"""Compiles a benchmark file into the strict ``TestCase`` that is executed and judged."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from reev_types.addresses import encode_base58
from reev_types.benchmarks import GroundTruth, TestCase

from ._accounts import compile_accounts
from ._assertions import compile_assertions
from ._faults import compile_faults
from ._load import LoadedBenchmark, load_file
from ._solution import compile_instructions, compile_reference
from ._steps import compile_steps

__all__ = ["compile_case", "load_case"]

_NOT_HASHED = {"content_hash", "description", "tags", "not_gradable"}
"""What neither the run nor its verdict depends on."""

_HASHED_IF_SAID = ("wallet", "atomic_mode", "on_abort", "recovery", "faults")
"""Keys that came later: files that do not use them keep the hash that they had before."""


def load_case(path: str | Path) -> TestCase:
    """Read and compile a file; raises BenchmarkError as ``load_file`` and ``compile_case`` do."""
    return compile_case(load_file(path))


def compile_case(loaded: LoadedBenchmark) -> TestCase:
    """Return the benchmark in its strict form.

    Raises BenchmarkError with a place and one of the codes of the sections: see ``compile_accounts``,
    ``compile_steps``, ``compile_faults``, ``compile_assertions``, ``compile_instructions`` and ``compile_reference``;
    ``unknown_market``.
    """
    file, truth = loaded.file, loaded.file.ground_truth
    roster, market = compile_accounts(loaded), _market(loaded)
    steps = compile_steps(loaded, roster)
    case = TestCase(
        id=file.id,
        description=file.description,
        tags=file.tags,
        prompt=file.prompt,
        market=market,
        elapsed_s=file.elapsed_seconds,
        wallet=file.wallet,
        atomic_mode=file.atomic_mode,
        on_abort=file.on_abort,
        recovery=file.recovery,
        faults=compile_faults(loaded, steps, market),
        accounts=roster.accounts,
        steps=steps,
        ground_truth=GroundTruth(
            assertions=compile_assertions(loaded, roster, steps),
            expected_instructions=compile_instructions(loaded, roster),
            min_score=truth.min_score,
            skip_instruction_validation=truth.skip_instruction_validation,
            fee_tolerance_lamports=truth.fee_tolerance_lamports,
            ending=truth.ending,
        ),
        reference=compile_reference(loaded, roster, steps),
        not_gradable=(*loaded.ungraded_sections, *loaded.unknown_keys),
        content_hash="",
    )
    return case.model_copy(update={"content_hash": _content_hash(case)})


def _market(loaded: LoadedBenchmark) -> str:
    from reev_tools.market import MARKET_NAMES  # loading a file takes no market

    name = loaded.file.market
    if name not in MARKET_NAMES:
        message = f"expected one of {', '.join(MARKET_NAMES)}, found {name}"
        hints = tuple(f"did you mean {close}?" for close in get_close_matches(name, MARKET_NAMES, n=1))
        raise loaded.problem("unknown_market", message, "market", suggestions=hints)
    return name


def _content_hash(case: TestCase) -> str:
    unsaid = {name for name in _HASHED_IF_SAID if getattr(case, name) == TestCase.model_fields[name].default}
    meaning = case.model_dump(mode="python", exclude=_NOT_HASHED | unsaid)
    for step in meaning["steps"]:
        if not step["required_tools"]:
            del step["required_tools"]
    canonical = json.dumps(meaning, sort_keys=True, separators=(",", ":"), default=_canonical)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _canonical(value: Decimal | bytes) -> str:
    if isinstance(value, bytes):
        return encode_base58(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text  # 1.0 and 1 mean the same
