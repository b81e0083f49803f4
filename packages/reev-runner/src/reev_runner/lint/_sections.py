"""Rules about what a file has that is not read, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice

from reev_runner.files import LoadedBenchmark, benchmark_schema

from ._finding import TRUTH, FileRule, Remark

__all__ = ["RULES"]

_MOST_UNKNOWN_KEYS = 50
"""A file with more is no benchmark, and the search for similar names would take minutes."""


def _not_gradable(loaded: LoadedBenchmark) -> Iterator[Remark]:
    for section in loaded.ungraded_sections:
        yield Remark((TRUTH, section), f"{section} is kept and not evaluated, so it never decides a run", at_key=True)


def _unknown_key(loaded: LoadedBenchmark) -> Iterator[Remark]:
    known = _known_keys() if loaded.unknown else []
    for location in islice(loaded.unknown, _MOST_UNKNOWN_KEYS):
        key = str(location[-1])
        # A key that the format has elsewhere is not misspelt, only misplaced.
        close = [] if key in known else get_close_matches(key, known, n=1, cutoff=0.8)
        hint = f"did you mean {close[0]}?" if close else ""
        message = f"the format has no key {key!r:.60} here; it is kept and not evaluated"
        yield Remark(location, message, hint, at_key=True)


def _known_keys() -> list[str]:
    schema = benchmark_schema()
    keys = [key for part in (schema, *schema["$defs"].values()) for key in part.get("properties", {})]
    return sorted(set(keys))


def _no_assertions(loaded: LoadedBenchmark) -> Iterator[Remark]:
    if not loaded.file.ground_truth.final_state_assertions:
        message = "without an assertion, nothing on chain is judged"
        yield Remark((TRUTH, "final_state_assertions"), message, at_key=True)


def _missing_reference(loaded: LoadedBenchmark) -> Iterator[Remark]:
    if loaded.file.reference is None:
        yield Remark(("id",), "there is no reference, so the deterministic agent cannot run this", _REFERENCE_HINT)


_REFERENCE_HINT = "add the solution as intents; it also shows that the assertions can be met"


RULES = (
    FileRule("not-gradable", "info", "a section that reev keeps and does not evaluate", _not_gradable),
    FileRule("unknown-key", "warning", "a key that the format does not have", _unknown_key),
    FileRule("no-assertions", "warning", "a ground truth without assertions", _no_assertions),
    FileRule("missing-reference", "info", "a file without a solution", _missing_reference),
)
