"""Every error in one shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from reev_api._problems import PROBLEM_TYPE, FieldProblem, Problem, ProblemError, problem_of
from reev_types.errors import ReevError

__all__ = ["documented", "report_as_problems"]

_SHOWN = 20
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_MEANINGS = {
    400: "The request cannot be read",
    401: "No valid token",
    403: "The token's scope is not enough, or the request comes from a foreign page",
    404: "There is no such thing",
    409: "It cannot be done in the present state",
    413: "The body is too large",
    422: "Something has to be changed in the request",
    429: "Too much at once; `Retry-After` says when to come back",
    500: "A bug in reev",
    503: "The environment failed",
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the entries of the API's document for problems with these statuses."""
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in statuses}


def report_as_problems(app: FastAPI) -> None:
    """Answer every error, the framework's own too, with problem details."""
    app.add_exception_handler(ProblemError, _refused)
    app.add_exception_handler(ReevError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_framework)


def _answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return Response(problem.model_dump_json(), problem.status, headers, PROBLEM_TYPE)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return _answer(error.problem, error.headers)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReevError)
    return _answer(problem_of(error))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    # What was sent is left out: it may hold what nobody should read in a log.
    parts = tuple(
        FieldProblem(pointer="/".join(map(str, each["loc"])), code=each["type"], message=each["msg"])
        for each in found[:_SHOWN]
    )
    told = f"{len(found)} part{'s' if len(found) > 1 else ''} of the request cannot be used as they stand"
    return _answer(ProblemError(422, "invalid_request", told, errors=parts).problem)


async def _of_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    code = re.sub(r"[^a-z]+", "_", phrase.lower())
    headers = {"Allow": _allowed(request)} if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else error.headers
    return _answer(ProblemError(error.status_code, code, str(error.detail)).problem, headers)


def _allowed(request: Request) -> str:
    """Return the methods that something answers at the request's path; the framework knows those of one route."""
    routes = request.app.routes
    asked = ((method, dict(request.scope) | {"method": method}) for method in _METHODS)
    return ", ".join(m for m, scope in asked if any(route.matches(scope)[0] is Match.FULL for route in routes))
