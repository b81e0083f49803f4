"""Requests as Jupiter's REST API takes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pydantic_core import to_json

from reev_tools.jupiter import LendAction, LendRequest, QuoteRequest, SwapInstructionsRequest

from ._transport import Call

__all__ = ["MAX_PRICED_MINTS", "earnings", "lend", "positions", "prices", "quote", "search", "swap", "vaults"]

MAX_PRICED_MINTS = 50
"""As many as ``/price/v3`` takes at once."""
_EARN = "/lend/v1/earn"
_COUNTED_IN_ASSETS = ("deposit", "withdraw")


def quote(request: QuoteRequest) -> Call:
    """Return ``GET /swap/v1/quote``."""
    said = request.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Call("/swap/v1/quote", {name: text for name, value in said.items() if (text := _query_text(value))})


def swap(request: SwapInstructionsRequest) -> Call:
    """Return ``POST /swap/v1/swap-instructions``, with the quote as it was received."""
    said = request.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"quote_response"})
    quoted = request.quote_response.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return Call("/swap/v1/swap-instructions", body=_json(said | {"quoteResponse": quoted}))


def prices(mints: Iterable[str]) -> Call:
    """Return ``GET /price/v3``."""
    return Call("/price/v3", {"ids": ",".join(mints)})


def search(query: str) -> Call:
    """Return ``GET /tokens/v2/search``."""
    return Call("/tokens/v2/search", {"query": query})


def vaults() -> Call:
    """Return ``GET /lend/v1/earn/tokens``."""
    return Call(f"{_EARN}/tokens")


def positions(users: Sequence[str]) -> Call:
    """Return ``GET /lend/v1/earn/positions``."""
    return Call(f"{_EARN}/positions", {"users": ",".join(users)})


def earnings(user: str, share_mints: Sequence[str]) -> Call:
    """Return ``GET /lend/v1/earn/earnings``."""
    return Call(f"{_EARN}/earnings", {"user": user, "positions": ",".join(share_mints)})


def lend(action: LendAction, request: LendRequest) -> Call:
    """Return ``POST /lend/v1/earn/<action>-instructions``."""
    counted = "amount" if action in _COUNTED_IN_ASSETS else "shares"
    said = {"asset": request.asset, "signer": request.signer, counted: str(request.amount_raw)}
    return Call(f"{_EARN}/{action}-instructions", body=_json(said))


def _query_text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return ",".join(map(str, value))
        case _:
            return str(value)


def _json(said: Mapping[str, object]) -> bytes:
    return to_json(said, inf_nan_mode="null")
