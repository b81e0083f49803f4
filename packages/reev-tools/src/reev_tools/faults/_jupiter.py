"""A Jupiter that fails as a schedule says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reev_tools.jupiter import (
    JupiterClient,
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
from reev_types.faults import Garbage, JupiterOutage, RateLimited, ServerError

from ._answers import limited, unreachable, unreadable, unwell
from ._schedule import FaultSchedule

__all__ = ["FaultyJupiter"]


class FaultyJupiter:
    """``client`` as a JupiterClient on which the faults of ``schedule`` strike.

    The errors are those of Jupiter over HTTP: JupiterServiceError ``unreachable``, ``rate_limited`` with
    ``retry_after_ms`` in its context where the fault says so, ``server_error`` and ``bad_response``.
    """

    def __init__(self, client: JupiterClient, schedule: FaultSchedule) -> None:
        self._client = client
        self._schedule = schedule

    async def quote(self, request: QuoteRequest) -> Quote:
        await self._reach("quote")
        return await self._client.quote(request)

    async def swap_instructions(self, request: SwapInstructionsRequest) -> SwapInstructions:
        """Return the instructions that carry a quote out; a price that moves, moves after it."""
        await self._reach("swap_instructions")
        built = await self._client.swap_instructions(request)
        self._schedule.quoted(request.quote_response)
        return built

    async def prices(self, mints: Sequence[str]) -> Mapping[str, Price]:
        await self._reach("prices")
        return await self._client.prices(mints)

    async def search_tokens(self, query: str) -> tuple[TokenInformation, ...]:
        await self._reach("search_tokens")
        return await self._client.search_tokens(query)

    async def lend_tokens(self) -> tuple[LendToken, ...]:
        await self._reach("lend_tokens")
        return await self._client.lend_tokens()

    async def lend_positions(self, users: Sequence[str]) -> tuple[LendPosition, ...]:
        await self._reach("lend_positions")
        return await self._client.lend_positions(users)

    async def lend_earnings(self, user: str, positions: Sequence[str]) -> tuple[LendEarnings, ...]:
        await self._reach("lend_earnings")
        return await self._client.lend_earnings(user, positions)

    async def lend_instructions(self, action: LendAction, request: LendRequest) -> tuple[Instruction, ...]:
        await self._reach("lend_instructions")
        return await self._client.lend_instructions(action, request)

    async def _reach(self, operation: str) -> None:
        schedule = self._schedule
        await schedule.refresh()
        for outage in await schedule.striking(JupiterOutage):
            schedule.tell(outage.kind, operation)
            raise unreachable()
        for limit in await schedule.striking(RateLimited):
            schedule.tell(limit.kind, operation)
            raise limited(limit.retry_after_s)
        for failure in await schedule.striking(ServerError):
            schedule.tell(failure.kind, operation)
            raise unwell()
        for garbage in await schedule.striking(Garbage):
            schedule.tell(garbage.kind, operation)
            raise unreadable()
