"""Outcomes as one JSON document: summary, results, and under ``timing`` whatever may differ between equal runs."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from reev_runner.suite import BadFile, Outcome
from reev_types.errors import FilePlace
from reev_types.plans import DynamicFlowPlan

from ._tally import exit_status, tally

__all__ = ["json_report"]


def json_report(outcomes: Sequence[Outcome], plan: DynamicFlowPlan | None = None) -> str:
    """Return the document without a line break at its end; ASCII only, so that it passes through any terminal.

    ``plan`` is what a sentence was understood as, where the outcomes are of one.
    """
    counts = tally(outcomes)
    document: dict[str, Any] = {
        "summary": {
            "total": counts.total,
            "passed": counts.passed,
            "failed": counts.failed,
            "errors": counts.errors,
            "bad_files": counts.bad_files,
            "average_score": counts.average_score,
            "model_usage": counts.model_usage.to_json() if counts.model_usage else None,
            "exit_status": exit_status(outcomes),
        },
        "results": [
            _bad_file(outcome) if isinstance(outcome, BadFile) else _json(outcome.result.to_json())
            for outcome in outcomes
        ],
        "timing": {"duration_ms": float(counts.duration_ms)},
    }
    if plan is not None:
        document["plan"] = plan.to_json()
    return json.dumps(document, indent=2, allow_nan=False)


def _json(value: Any) -> Any:  # noqa: ANN401  # whatever a journal holds under timing
    """Return ``value`` with null for numbers that JSON does not have; only a journal that was edited has those."""
    match value:
        case dict():
            return {key: _json(item) for key, item in value.items()}
        case list():
            return [_json(item) for item in value]
        case float():
            return value if math.isfinite(value) else None
        case _:
            return value


def _bad_file(bad: BadFile) -> dict[str, Any]:
    name, error = PurePath(bad.path).name, bad.error
    place = error.place if isinstance(error.place, FilePlace) else FilePlace(bad.path)
    return {
        "status": "bad_file",
        "file": name,
        "error": {
            "code": error.code,
            # The folder is not the same in every equal run.
            "message": error.message.replace(bad.path, name),
            "line": place.line or None,
            "column": place.column or None,
            "suggestions": [hint.replace(bad.path, name) for hint in error.suggestions],
        },
        "timing": {"path": bad.path},
    }
