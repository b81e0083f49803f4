"""Errors as RFC 9457 problem details."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import Field

from reev_types.errors import BackendError, ReevError, UserError

from ._model import ApiModel

__all__ = ["PROBLEM_TYPE", "FieldProblem", "Problem", "ProblemError", "problem_of"]

PROBLEM_TYPE = "application/problem+json"


class FieldProblem(ApiModel):
    """What is wrong with one part of a request."""

    pointer: str
    """Where: ``body/limits/max_turns``, ``query/limit``."""
    code: str
    message: str


class Problem(ApiModel):
    """Problem details: the members of RFC 9457, and reev's own ``code``, ``place``, ``suggestions`` and ``errors``."""

    type: str
    """``urn:reev:error:<code>``, the same for equal kinds of problems."""
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    code: str
    place: str | None = None
    suggestions: tuple[str, ...] = ()
    errors: tuple[FieldProblem, ...] = ()
    """The parts of the request that are wrong, where it is those."""


class ProblemError(Exception):
    """A request that is answered with a problem; ``headers`` go with it."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        suggestions: tuple[str, ...] = (),
        errors: tuple[FieldProblem, ...] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.headers = headers or {}
        self.problem = Problem(
            type=f"urn:reev:error:{code}",
            title=HTTPStatus(status).phrase,
            status=status,
            detail=detail,
            code=code,
            suggestions=suggestions,
            errors=errors,
        )


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
