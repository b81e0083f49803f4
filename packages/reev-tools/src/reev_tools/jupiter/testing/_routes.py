"""The endpoints: from the parameters of the REST API to a client's calls, and back to its shapes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from reev_tools.jupiter import (
    JupiterClient,
    JupiterRefusalError,
    JupiterServiceError,
    LendAction,
    LendRequest,
    QuoteRequest,
    SwapInstructionsRequest,
    WireInstruction,
)
from reev_tools.jupiter._model import WireModel

from ._messages import Canned, Received

__all__ = ["NOT_FOUND", "answer"]

_MAX_PRICED_MINTS = 50
_COUNTED_IN_SHARES = ("mint", "redeem")
_TEXTS = TypeAdapter(dict[str, str])
Handler = Callable[[JupiterClient, Received], Awaitable[object]]


class _BadRequestError(Exception):
    """A parameter is missing or makes no sense."""


async def answer(client: JupiterClient, request: Received) -> Canned:
    """Return what Jupiter's API would answer if it knew what ``client`` knows."""
    handler = _ROUTES.get((request.method, request.path))
    if handler is None:
        return NOT_FOUND
    try:
        return _said(200, await handler(client, request))
    except (_BadRequestError, ValidationError) as error:
        return _said(400, {"error": str(error)})
    except JupiterRefusalError as error:
        return _said(400, {"error": error.message, "errorCode": error.code.upper()})
    except JupiterServiceError:
        return _said(500, {"error": "Something unexpected occurred"})


async def _quote(client: JupiterClient, request: Received) -> object:
    said: dict[str, Any] = dict(request.query)
    for name in ("dexes", "excludeDexes"):
        said[name] = _split(said.get(name, ""))
    return _json(await client.quote(QuoteRequest.model_validate(said)))


async def _swap_instructions(client: JupiterClient, request: Received) -> object:
    return _json(await client.swap_instructions(SwapInstructionsRequest.model_validate_json(request.body)))


async def _prices(client: JupiterClient, request: Received) -> object:
    mints = _split(_required(request.query, "ids"))
    if len(mints) > _MAX_PRICED_MINTS:
        raise _BadRequestError(f"at most {_MAX_PRICED_MINTS} ids")
    found = await client.prices(mints)
    return {mint: _with_numbers(_json(price), "usdPrice", "priceChange24h") for mint, price in found.items()}


async def _search(client: JupiterClient, request: Received) -> object:
    found = await client.search_tokens(_required(request.query, "query"))
    return [_with_numbers(_json(token), "usdPrice") for token in found]


async def _vaults(client: JupiterClient, request: Received) -> object:
    return _all(await client.lend_tokens())


async def _positions(client: JupiterClient, request: Received) -> object:
    return _all(await client.lend_positions(_split(_required(request.query, "users"))))


async def _earnings(client: JupiterClient, request: Received) -> object:
    share_mints = _split(_required(request.query, "positions"))
    found = await client.lend_earnings(_required(request.query, "user"), share_mints)
    return [_json(each) | {"earnings": each.earnings_raw} for each in found]


def _lend(action: LendAction) -> Handler:
    counted = "shares" if action in _COUNTED_IN_SHARES else "amount"

    async def handler(client: JupiterClient, request: Received) -> object:
        said = _TEXTS.validate_json(request.body)
        amount_raw = _required(said, counted)
        asked = LendRequest.model_validate(
            {"asset": _required(said, "asset"), "signer": _required(said, "signer"), "amount_raw": amount_raw}
        )
        instructions = await client.lend_instructions(action, asked)
        return {"instructions": [_json(WireInstruction.of(each)) for each in instructions]}

    return handler


_ROUTES: Mapping[tuple[str, str], Handler] = {
    ("GET", "/swap/v1/quote"): _quote,
    ("POST", "/swap/v1/swap-instructions"): _swap_instructions,
    ("GET", "/price/v3"): _prices,
    ("GET", "/tokens/v2/search"): _search,
    ("GET", "/lend/v1/earn/tokens"): _vaults,
    ("GET", "/lend/v1/earn/positions"): _positions,
    ("GET", "/lend/v1/earn/earnings"): _earnings,
} | {("POST", f"/lend/v1/earn/{action}-instructions"): _lend(action) for action in get_args(LendAction)}


def _required(said: Mapping[str, str], name: str) -> str:
    value = said.get(name)
    if not value:
        raise _BadRequestError(f"missing {name}")
    return value


def _split(text: str) -> list[str]:
    return text.split(",") if text else []


def _json(message: WireModel) -> dict[str, Any]:
    return message.model_dump(mode="json", by_alias=True)


def _all(messages: Iterable[WireModel]) -> list[dict[str, Any]]:
    return [_json(message) for message in messages]


def _with_numbers(said: dict[str, Any], *names: str) -> dict[str, Any]:
    # Prices in US dollars are JSON numbers at these endpoints, and strings at all others.
    return said | {name: float(said[name]) for name in names if said.get(name) is not None}


def _said(status: int, body: object) -> Canned:
    return Canned(status, json.dumps(body).encode(), {"x-api-gateway-request-id": "reev"})


NOT_FOUND = _said(404, {"error": "Not found"})
"""What there is at all other paths."""
