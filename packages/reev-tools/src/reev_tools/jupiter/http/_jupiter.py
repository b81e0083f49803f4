"""The client itself: every call of the Protocol, asked with patience and read with care."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from math import ceil
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from reev_tools.jupiter import (
    LendAction,
    LendEarnings,
    LendPosition,
    LendRequest,
    LendToken,
    Price,
    Quote,
    QuoteRequest,
    SwapInstructions,
    SwapInstructionsRequest,
    TokenInformation,
)
from reev_types.chain import Instruction
from reev_types.times import Clock

from . import _answers, _calls
from ._faults import Faults
from ._limiter import RateLimiter
from ._retries import asked_pause_seconds, persist
from ._settings import HttpSettings
from ._transport import Call, Lost, Reply, Transport

if TYPE_CHECKING:
    import httpx

__all__ = ["HttpJupiter"]

T = TypeVar("T")


class HttpJupiter:
    """Jupiter at ``settings.base_url``; a ``JupiterClient`` to be closed, or used with ``async with``.

    One call is one request, except that prices are asked for 50 mints at a time. Rate limits, pauses and retries pass
    on ``clock``. A refusal has Jupiter's own code, or ``request_declined`` where it gives none; JupiterServiceError
    has ``rate_limited``, ``unauthorised``, ``forbidden``, ``timeout``, ``unreachable``, ``bad_response`` or
    ``server_error``, and ``retry_after_ms`` in its context where Jupiter says when to come back. ``transport``
    replaces the network.
    """

    def __init__(
        self,
        clock: Clock,
        settings: HttpSettings | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings or HttpSettings()
        self._clock = clock
        self._limiter = RateLimiter(self._settings.rate, clock)
        self._transport = Transport(self._settings, transport)
        self._faults = Faults(self._settings)

    async def __aenter__(self) -> HttpJupiter:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.close()

    async def quote(self, request: QuoteRequest) -> Quote:
        """Return the best route."""
        return await self._ask(_calls.quote(request), _answers.QUOTE)

    async def swap_instructions(self, request: SwapInstructionsRequest) -> SwapInstructions:
        """Return the instructions that carry a quote out."""
        return await self._ask(_calls.swap(request), _answers.SWAP_INSTRUCTIONS)

    async def prices(self, mints: Sequence[str]) -> Mapping[str, Price]:
        """Return the prices that are known."""
        wanted = list(dict.fromkeys(mints))
        found: dict[str, Price] = {}
        for start in range(0, len(wanted), _calls.MAX_PRICED_MINTS):
            chunk = wanted[start : start + _calls.MAX_PRICED_MINTS]
            priced = await self._ask(_calls.prices(chunk), _answers.PRICES)
            found |= priced
        return {mint: found[mint] for mint in wanted if mint in found}

    async def search_tokens(self, query: str) -> tuple[TokenInformation, ...]:
        """Return the tokens that a symbol, name or comma-separated list of mints means."""
        return await self._ask(_calls.search(query), _answers.TOKENS)

    async def lend_tokens(self) -> tuple[LendToken, ...]:
        """Return every vault, ordered by id."""
        found = await self._ask(_calls.vaults(), _answers.VAULTS)
        return tuple(sorted(found, key=lambda vault: vault.id))

    async def lend_positions(self, users: Sequence[str]) -> tuple[LendPosition, ...]:
        """Return one position for each user and vault."""
        return await self._ask(_calls.positions(users), _answers.POSITIONS) if users else ()

    async def lend_earnings(self, user: str, positions: Sequence[str]) -> tuple[LendEarnings, ...]:
        """Return what ``user`` has earned on each of ``positions``."""
        return await self._ask(_calls.earnings(user, positions), _answers.EARNINGS) if positions else ()

    async def lend_instructions(self, action: LendAction, request: LendRequest) -> tuple[Instruction, ...]:
        """Return the instructions of a lend operation."""
        found = await self._ask(_calls.lend(action, request), _answers.INSTRUCTIONS)
        return tuple(each.instruction for each in found)

    async def _ask(self, call: Call, shape: _answers.Shape[T]) -> T:
        outcome = await self._outcome(call)
        if isinstance(outcome, Lost):
            raise self._faults.lost(outcome)
        if not HTTPStatus.OK <= outcome.status < HTTPStatus.MULTIPLE_CHOICES:
            asked = asked_pause_seconds(outcome.headers, self._clock)
            raise self._faults.declined(outcome, None if asked is None else ceil(asked * 1_000))
        message = shape.read(outcome.body)
        if isinstance(message, _answers.Misread):
            raise self._faults.unreadable(outcome, message)
        return message

    async def _outcome(self, call: Call) -> Reply | Lost:
        async def attempt() -> Reply | Lost:
            await self._limiter.admit()
            return await self._transport.send(call)

        return await persist(
            attempt,
            self._clock,
            attempts=self._settings.attempts,
            max_wait_seconds=self._settings.max_wait_seconds,
        )
