"""Errors as RFC 9457 problem details."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from reev_types.errors import BackendError, ReevError, UserError

__all__ = ["Problem", "problem_of"]


class Problem(BaseModel):
    """Problem details: the members of RFC 9457, and reev's own ``code``, ``place`` and ``suggestions``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str
    """``urn:reev:error:<code>``, the same for equal kinds of problems."""
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    code: str
    place: str | None = None
    suggestions: tuple[str, ...] = ()


def problem_of(error: ReevError) -> Problem:
    """Return ``error`` for a client: 422 for what the client has to change, 503 for a failing backend, else 500."""
    status, title = _status(error)
    return Problem(
        type=f"urn:reev:error:{error.code}",
        title=title,
        status=status,
        detail=error.message,
        code=error.code,
        place=str(error.place) if error.place else None,
        suggestions=error.suggestions,
    )


def _status(error: ReevError) -> tuple[int, str]:
    if isinstance(error, UserError):
        return 422, "The request cannot be carried out as it stands"
    if isinstance(error, BackendError):
        return 503, "The environment failed"
    return 500, "The server failed"
