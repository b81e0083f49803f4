"""Faults that a sandbox injects on purpose: what breaks, where, and for which attempts.

A fault is a function of step, attempt and the chain's own time, never of a counter that a restart would lose.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ._model import Model

__all__ = [
    "Delay",
    "DropBeforeSend",
    "Fault",
    "FaultWindow",
    "Garbage",
    "JupiterOutage",
    "LostReply",
    "PriceMove",
    "RateLimited",
    "ServerError",
    "StaleBlockhash",
    "VaultWithoutLiquidity",
]


class FaultWindow(Model):
    """When a fault strikes; without any bound, always."""

    step: str | None = None
    """The step's id; None means every step. The parts of a step count as the step."""
    attempts: tuple[Annotated[int, Field(ge=1)], ...] = (1,)
    """The attempts of the step that it strikes, counted from 1; empty means all of them."""
    from_s: Annotated[int, Field(ge=0)] = 0
    """Seconds of the chain's time since the flow began, when it begins to strike."""
    until_s: Annotated[int, Field(ge=1)] | None = None
    """When it is over."""


class DropBeforeSend(FaultWindow):
    """The transaction never reaches the chain, and the sender hears of a broken connection."""

    kind: Literal["drop_before_send"] = "drop_before_send"


class LostReply(FaultWindow):
    """The transaction lands, and the sender hears of a broken connection all the same."""

    kind: Literal["lost_reply"] = "lost_reply"


class Delay(FaultWindow):
    """Sending takes so long."""

    kind: Literal["delay"] = "delay"
    seconds: Annotated[int, Field(ge=1, le=3_600)]


class StaleBlockhash(FaultWindow):
    """The blockhash has expired by the time that the transaction is sent."""

    kind: Literal["stale_blockhash"] = "stale_blockhash"


class RateLimited(FaultWindow):
    """Jupiter answers 429."""

    kind: Literal["rate_limited"] = "rate_limited"
    retry_after_s: Annotated[int, Field(ge=0, le=3_600)] | None = None


class ServerError(FaultWindow):
    """Jupiter answers 5xx."""

    kind: Literal["server_error"] = "server_error"


class Garbage(FaultWindow):
    """Jupiter answers with what nobody can read."""

    kind: Literal["garbage"] = "garbage"


class JupiterOutage(FaultWindow):
    """Jupiter cannot be reached."""

    kind: Literal["jupiter_outage"] = "jupiter_outage"


class PriceMove(FaultWindow):
    """Between quote and send, somebody else's swap moves the price against the wallet."""

    kind: Literal["price_move"] = "price_move"
    bps: Annotated[int, Field(ge=1, le=5_000)]
    """By about so many basis points."""


class VaultWithoutLiquidity(FaultWindow):
    """A lending vault cannot pay anything out: its liquidity is lent."""

    kind: Literal["vault_without_liquidity"] = "vault_without_liquidity"
    mint: str
    """The vault's asset."""


Fault = Annotated[
    DropBeforeSend
    | LostReply
    | Delay
    | StaleBlockhash
    | RateLimited
    | ServerError
    | Garbage
    | JupiterOutage
    | PriceMove
    | VaultWithoutLiquidity,
    Field(discriminator="kind"),
]
