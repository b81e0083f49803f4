"""Quotes of the market in which a flow is going to run."""

from __future__ import annotations

from typing import Literal

from reev_orchestrator.planning import Quote
from reev_runner.execution import Sandbox
from reev_tools.chain import Keyring
from reev_tools.jupiter import JupiterClient, JupiterRefusalError, QuoteRequest
from reev_types.amounts import DEFAULT_SLIPPAGE_BPS

__all__ = ["MarketQuotes"]

_ONE_BPS = 10_000


class MarketQuotes:
    """Implements ``QuoteService`` from the pools as they stand before anything runs."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._jupiter: JupiterClient | None = None

    async def quote(
        self, input_mint: str, output_mint: str, side: Literal["in", "out"], amount_raw: int
    ) -> Quote | None:
        """Return a quote, or None where the market has no way through for it."""
        request = QuoteRequest(
            input_mint=input_mint,
            output_mint=output_mint,
            amount_raw=amount_raw,
            slippage_bps=DEFAULT_SLIPPAGE_BPS,
            swap_mode="ExactIn" if side == "in" else "ExactOut",
        )
        try:
            quoted = await (await self._client()).quote(request)
        except JupiterRefusalError:
            return None
        return Quote(quoted.in_amount_raw, quoted.out_amount_raw, int(quoted.price_impact_pct * _ONE_BPS))

    async def _client(self) -> JupiterClient:
        if self._jupiter is None:
            self._jupiter = self._sandbox.jupiter(await self._sandbox.open(Keyring(0, "quotes"), 0))
        return self._jupiter
