"""Prices and mints from Jupiter's API."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any, TypeVar

from pydantic import SecretStr

from reev_types.errors import SourceError
from reev_types.sources import PriceSheet, TokenFacts
from reev_types.times import Clock

from ._http import HttpLimits, HttpSource
from ._together import together

__all__ = ["JupiterSource"]

_MOST_PRICED = 50
"""As many as ``/price/v3`` takes at once."""
_MOST_SEARCHED = 100
"""As many mints as ``/tokens/v2/search`` takes at once."""

T = TypeVar("T")


class JupiterSource:
    """A ``PriceSource`` and ``TokenSource``; raises SourceError. The key goes into a header and nowhere else."""

    def __init__(
        self,
        url: str = "https://api.jup.ag",
        *,
        api_key: SecretStr | None = None,
        limits: HttpLimits | None = None,
        clock: Clock | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._http = HttpSource("Jupiter", url, api_key=api_key, limits=limits, clock=clock, environment=environment)

    async def prices(self, mints: Collection[str]) -> PriceSheet:
        """Return the prices of ``mints``, asked in parts of 50; where some parts fail, their mints are refused."""
        parts = _parts(mints, _MOST_PRICED)
        answers = await together(*(_tried(self._price_part, part) for part in parts))
        failures = [answer for answer in answers if isinstance(answer, SourceError)]
        if failures and len(failures) == len(parts):
            raise failures[0]
        sheets = [
            PriceSheet(refused=dict.fromkeys(part, answer.message)) if isinstance(answer, SourceError) else answer
            for part, answer in zip(parts, answers, strict=True)
        ]
        return PriceSheet(
            prices={mint: price for sheet in sheets for mint, price in sheet.prices.items()},
            refused={mint: reason for sheet in sheets for mint, reason in sheet.refused.items()},
        )

    async def tokens(self, mints: Collection[str]) -> Mapping[str, TokenFacts]:
        """Return what Jupiter knows of ``mints``, asked in parts of 100."""
        answers = await together(*map(self._token_part, _parts(mints, _MOST_SEARCHED)))
        return {fact.mint: fact for answer in answers for fact in answer}

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _price_part(self, mints: list[str]) -> PriceSheet:
        answer = await self._http.get("/price/v3", {"ids": ",".join(mints)})
        if not isinstance(answer, dict):
            raise self._http.fault("bad_response", "the prices are no JSON object")
        # A mint without a price is left out, or null.
        offered = {mint: entry for mint in mints if (entry := answer.get(mint)) is not None}
        return PriceSheet.read({mint: _usd_price(entry) for mint, entry in offered.items()})

    async def _token_part(self, mints: list[str]) -> list[TokenFacts]:
        answer = await self._http.get("/tokens/v2/search", {"query": ",".join(mints)})
        try:
            known = {entry["id"]: entry["decimals"] for entry in answer}
            return [TokenFacts(mint=mint, decimals=known[mint]) for mint in mints if mint in known]
        except (LookupError, TypeError, ValueError) as error:
            raise self._http.fault("bad_response", f"the tokens cannot be read: {error}") from None


def _usd_price(entry: object) -> object:
    return entry.get("usdPrice") if isinstance(entry, dict) else entry


def _parts(mints: Collection[str], size: int) -> list[list[str]]:
    asked = list(mints)
    return [asked[start : start + size] for start in range(0, len(asked), size)]


async def _tried(ask: Callable[[list[str]], Coroutine[Any, Any, T]], part: list[str]) -> T | SourceError:
    try:
        return await ask(part)
    except SourceError as error:
        return error
