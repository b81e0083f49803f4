"""What asking models took, added up to the token and the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reev_types.models import ModelFailureRecord, ModelRecord, ModelReplyRecord
from reev_types.results import ModelUsage

__all__ = ["usage_of"]

_NOT_CHARGED = frozenset(
    {
        "cassette_exhausted",
        "cassette_mismatch",
        "model_auth",
        "model_bad_request",
        "model_context_exceeded",
        "model_quota",
        "model_rate_limited",
        "model_unknown",
        "network_denied",
        "script_exhausted",
    }
)
"""Failures for which no model can have begun to write."""


def usage_of(records: Iterable[ModelRecord]) -> ModelUsage | None:
    """Return the sums over ``records``, or None when no model was asked.

    The cost is None where the price of a reply is unknown, or a call without a reply may have been charged.
    """
    ended = [record for record in records if isinstance(record, ModelReplyRecord | ModelFailureRecord)]
    if not ended:
        return None
    replies = [record for record in ended if isinstance(record, ModelReplyRecord)]
    return ModelUsage(
        model_calls=len(ended),
        input_tokens=sum(reply.usage.input_tokens for reply in replies),
        output_tokens=sum(reply.usage.output_tokens for reply in replies),
        cost_micro_usd=_cost(ended),
        is_estimated=any(reply.usage.is_estimated for reply in replies),
    )


def _cost(ended: Sequence[ModelReplyRecord | ModelFailureRecord]) -> int | None:
    costs = [_charged(record) for record in ended]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _charged(record: ModelReplyRecord | ModelFailureRecord) -> int | None:
    if isinstance(record, ModelReplyRecord):
        return record.cost_micro_usd
    return 0 if record.code in _NOT_CHARGED else None
