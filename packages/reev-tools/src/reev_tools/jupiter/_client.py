"""The Protocol of Jupiter clients, and the errors by which all of them refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from reev_types.chain import Instruction
from reev_types.errors import BackendError, UserError

from ._lend import LendAction, LendEarnings, LendPosition, LendRequest, LendToken
from ._prices import Price, TokenInformation
from ._swap import Quote, QuoteRequest, SwapInstructions, SwapInstructionsRequest

__all__ = ["JupiterClient", "JupiterRefusalError", "JupiterServiceError"]


class JupiterRefusalError(UserError):
    """Jupiter understood and declined; ``code`` is its ``errorCode`` in snake case, such as ``no_routes_found``."""


class JupiterServiceError(BackendError):
    """Jupiter did not answer as it should: ``rate_limited``, ``unauthorised``, ``timeout``, ``bad_response``, …

    ``retry_after_ms`` in its context is when Jupiter says to come back.
    """

    @property
    def retry_after_ms(self) -> int | None:
        """The same as a number, or None where nothing is said."""
        asked = self.context.get("retry_after_ms")
        return asked if isinstance(asked, int) else None


class JupiterClient(Protocol):
    """Quotes, prices, vaults and instructions. Contract suite: ``reev_tools.jupiter.testing.JupiterContract``.

    Every method raises JupiterRefusalError or JupiterServiceError.
    """

    async def quote(self, request: QuoteRequest) -> Quote:
        """Return the best route; refuses with ``no_routes_found``, ``could_not_find_any_route``,
        ``token_not_tradable``, ``circular_arbitrage_is_disabled``.
        """

    async def swap_instructions(self, request: SwapInstructionsRequest) -> SwapInstructions:
        """Return the instructions that carry a quote out."""

    async def prices(self, mints: Sequence[str]) -> Mapping[str, Price]:
        """Return the prices that are known; a mint without one is left out."""

    async def search_tokens(self, query: str) -> tuple[TokenInformation, ...]:
        """Return the tokens that a symbol, name or comma-separated list of mints means, best first."""

    async def lend_tokens(self) -> tuple[LendToken, ...]:
        """Return every vault, ordered by id."""

    async def lend_positions(self, users: Sequence[str]) -> tuple[LendPosition, ...]:
        """Return one position for each user and vault, empty ones too."""

    async def lend_earnings(self, user: str, positions: Sequence[str]) -> tuple[LendEarnings, ...]:
        """Return what ``user`` has earned on each of ``positions``, which are share mints."""

    async def lend_instructions(self, action: LendAction, request: LendRequest) -> tuple[Instruction, ...]:
        """Return the instructions of a lend operation; token accounts must exist, and SOL be wrapped already."""
