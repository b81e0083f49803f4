"""What asking models took, added up to the token and the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reev_types.models import ModelFailureRecord, ModelRecord, ModelReplyRecord
from reev_types.results import ModelUsage

__all__ = ["usage_of"]


def usage_of(records: Iterable[ModelRecord]) -> ModelUsage | None:
    """Return the sums over ``records``, or None when no model was asked."""
    ended = [record for record in records if isinstance(record, ModelReplyRecord | ModelFailureRecord)]
    if not ended:
        return None
    replies = [record for record in ended if isinstance(record, ModelReplyRecord)]
    return ModelUsage(
        model_calls=len(ended),
        input_tokens=sum(reply.usage.input_tokens for reply in replies),
        output_tokens=sum(reply.usage.output_tokens for reply in replies),
        cost_micro_usd=_cost(replies),
        is_estimated=any(reply.usage.is_estimated for reply in replies),
    )


def _cost(replies: Sequence[ModelReplyRecord]) -> int | None:
    costs = [reply.cost_micro_usd for reply in replies]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None
