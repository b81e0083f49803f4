"""A span that costs next to nothing where nobody collects it."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from reev_types.errors import ReevError

if TYPE_CHECKING:
    from contextvars import Token

    from opentelemetry.context import Context
    from opentelemetry.trace import Span, Tracer

__all__ = ["Attributes", "OpenSpan"]

Attributes = Mapping[str, Any]
"""Values by name; those that are None are left out."""


class OpenSpan:
    """A span from the beginning of its ``with`` to the end, and the parent of those opened inside.

    Without a tracer it does nothing. An exception that passes through leaves its code or type, never its message,
    which may be content.
    """

    def __init__(
        self,
        tracer: Tracer | None,
        name: str,
        attributes: Attributes,
        *,
        is_client: bool = False,
        with_content: bool = False,
    ) -> None:
        self._tracer = tracer
        self._name = name
        self._attributes = attributes
        self._is_client = is_client
        self.collects_content = with_content and tracer is not None
        """Whether to tell of what was said and not only that it was."""
        self._span: Span | None = None
        self._token: Token[Context] | None = None

    def __enter__(self) -> Self:
        if self._tracer is not None:
            self._begin(self._tracer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._span is None or self._token is None:
            return
        from opentelemetry import context

        if error is not None:
            self.failed(error.code if isinstance(error, ReevError) else type(error).__name__)
        context.detach(self._token)
        self._span.end()

    def _begin(self, tracer: Tracer) -> None:
        from opentelemetry import context
        from opentelemetry.trace import SpanKind, set_span_in_context

        kind = SpanKind.CLIENT if self._is_client else SpanKind.INTERNAL
        self._span = tracer.start_span(self._name, kind=kind, attributes=_known(self._attributes))
        self._token = context.attach(set_span_in_context(self._span))

    def tell(self, attributes: Attributes) -> None:
        """Add attributes."""
        if self._span is not None:
            self._span.set_attributes(_known(attributes))

    def failed(self, code: str) -> None:
        """Mark the span as an error with a stable code."""
        if self._span is not None:
            from opentelemetry.trace import Status, StatusCode

            self._span.set_attribute("error.type", code)
            self._span.set_status(Status(StatusCode.ERROR))

    def note(self, event: str, attributes: Attributes) -> None:
        """Add an event that happens now."""
        if self._span is not None:
            self._span.add_event(event, _known(attributes))


def _known(attributes: Attributes) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}
