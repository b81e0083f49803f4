"""What a gateway has done so far."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GatewayMetrics"]


@dataclass(slots=True)
class GatewayMetrics:
    """Counts since the gateway was made, and seconds on its clock."""

    planned: int = 0
    refused: int = 0
    """Sentences that came to a question or an error."""
    context_s: float = 0.0
    """What resolving wallets took altogether."""
    planning_s: float = 0.0
    """What reading sentences, quoting and planning took altogether."""
