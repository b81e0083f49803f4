"""Spans of what the orchestrator does: errors mark them with a code, and never with what a server said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reev_types.errors import ReevError

if TYPE_CHECKING:
    from opentelemetry.trace import Span, TracerProvider

__all__ = ["Spans", "failed"]


class Spans:
    """Opens spans at ``provider``, or at the one that the process has set up."""

    def __init__(self, provider: TracerProvider | None = None) -> None:
        from opentelemetry import trace

        self._tracer = trace.get_tracer("reev_orchestrator", tracer_provider=provider)

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, str | int]) -> Iterator[Span]:
        """Open a span; an error that leaves it marks it with its code."""
        # Messages may repeat what a server said, so only the code is recorded.
        with self._tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as error:
                failed(span, error.code if isinstance(error, ReevError) else type(error).__name__)
                raise


def failed(span: Span, error_type: str) -> None:
    """Mark a span as failed."""
    from opentelemetry.trace import Status, StatusCode

    span.set_attribute("error.type", error_type)
    span.set_status(Status(StatusCode.ERROR))
