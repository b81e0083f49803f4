"""What pydantic-ai's exceptions mean."""

from __future__ import annotations

from dataclasses import replace

from pydantic_ai import exceptions

from reev_agent.models import Fault, Secret, transport_fault

__all__ = ["fault_of"]

_LONGEST_MESSAGE = 500

_CODES: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.ModelQuotaExceededError, "model_quota"),
    (exceptions.ModelRateLimitError, "model_rate_limited"),
    (exceptions.ModelAuthenticationError, "model_auth"),
    (exceptions.ModelNotFoundError, "model_unknown"),
    (exceptions.ModelContextWindowExceededError, "model_context_exceeded"),
    (exceptions.ModelRequestRejectedError, "model_bad_request"),
    (exceptions.ModelTimeoutError, "model_timeout"),
    (exceptions.ModelRequestTimeout, "model_timeout"),
    (exceptions.ModelConnectionError, "model_unreachable"),
    (exceptions.ModelAPIError, "model_unavailable"),
    (exceptions.ContentFilterError, "model_content_blocked"),
    (exceptions.UnexpectedModelBehavior, "model_bad_reply"),
    (exceptions.UserError, "model_bad_request"),
)
"""The first that fits counts: subclasses stand before what they belong to."""


def fault_of(error: exceptions.AgentRunError | exceptions.UserError, secrets: tuple[Secret, ...]) -> Fault:
    """Return the fault that ``error`` amounts to, its message without ``secrets``."""
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "model_unavailable")
    message = " ".join(error.message.split())
    for secret in secrets:
        message = secret.hidden_in(message)
    fault = transport_fault(code, f"the model did not answer: {message[:_LONGEST_MESSAGE]}")
    if isinstance(error, exceptions.ModelHTTPError):
        fault.error.context["status"] = error.status_code
    return replace(fault, asked_wait_s=getattr(error, "retry_after", None))
