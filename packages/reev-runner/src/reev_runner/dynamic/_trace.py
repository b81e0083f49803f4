"""One trace for a sentence: planning it and running it are calls apart, and their spans have one parent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.trace import SpanContext, TracerProvider

__all__ = ["flow_span", "within"]


@contextmanager
def flow_span(market: str, provider: TracerProvider | None = None) -> Iterator[SpanContext]:
    """Open the span ``flow`` and yield what ``within`` needs to put later spans below it."""
    from opentelemetry import trace

    tracer = trace.get_tracer("reev_runner.dynamic", tracer_provider=provider)
    with tracer.start_as_current_span("flow", attributes={"reev.market": market}, record_exception=False) as span:
        yield span.get_span_context()


@contextmanager
def within(parent: SpanContext) -> Iterator[None]:
    """Make spans children of ``parent``, which may have ended."""
    from opentelemetry import trace

    with trace.use_span(trace.NonRecordingSpan(parent)):
        yield
