"""JSON-RPC over HTTP, with every way to fail told apart."""

from __future__ import annotations

from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from reev_types.errors import ChainError

__all__ = ["Rpc"]

_PATIENCE_S = 30.0

T = TypeVar("T")


class Rpc:
    """A connection to one node.

    Raises ChainError ``rpc_unreachable`` when no answer comes, ``rpc_refused`` when the node answers with an error,
    whatever the HTTP status, and ``rpc_bad_answer`` for what is no JSON-RPC or not of the expected shape.
    """

    def __init__(self, url: str, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url = url
        self._http = httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False, transport=transport)
        self._calls = 0

    async def call(self, method: str, *params: object) -> Any:  # noqa: ANN401 - what JSON holds
        """Return the result as JSON."""
        self._calls += 1
        request = {"jsonrpc": "2.0", "id": self._calls, "method": method, "params": params}
        try:
            response = await self._http.post(self._url, json=request)
        except httpx.HTTPError as failure:
            words = f"no answer to {method} from {self._url}: {str(failure) or type(failure).__name__}"
            raise ChainError("rpc_unreachable", words, context={"method": method}) from failure
        return _result(method, response)

    async def ask(self, shape: TypeAdapter[T], method: str, *params: object) -> T:
        """Return the result in the given shape."""
        result = await self.call(method, *params)
        try:
            return shape.validate_python(result)
        except ValidationError as failure:
            raise _bad_answer(method, str(failure)) from failure

    async def aclose(self) -> None:
        """Close the connection."""
        await self._http.aclose()


def _result(method: str, response: httpx.Response) -> Any:  # noqa: ANN401 - what JSON holds
    try:
        answer = response.json()
    except ValueError as failure:
        raise _bad_answer(method, f"HTTP {response.status_code} without JSON") from failure
    if not isinstance(answer, dict):
        raise _bad_answer(method, "neither a result nor an error")
    if "error" in answer:
        raise _refusal(method, answer["error"])
    if "result" not in answer:
        raise _bad_answer(method, "neither a result nor an error")
    return answer["result"]


def _refusal(method: str, error: object) -> ChainError:
    facts = error if isinstance(error, dict) else {"message": str(error)}
    words = ": ".join(str(facts[part]) for part in ("message", "data") if isinstance(facts.get(part), str))
    context: dict[str, str | int] = {"method": method}
    if isinstance(facts.get("code"), int):
        context["rpc_code"] = facts["code"]
    return ChainError("rpc_refused", f"the node refuses {method}: {words}", context=context)


def _bad_answer(method: str, reason: str) -> ChainError:
    return ChainError("rpc_bad_answer", f"the answer to {method} makes no sense: {reason}", context={"method": method})
