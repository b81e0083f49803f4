"""Jupiter's REST API as a Protocol, with its messages: swaps, prices, tokens and lending.

Tools speak to a ``JupiterClient`` and cannot tell whether the answers come from the market inside the VM or over HTTP.
"""

from typing import TYPE_CHECKING

from ._client import JupiterClient, JupiterRefusalError, JupiterServiceError
from ._lend import LendAction, LendAsset, LendEarnings, LendPosition, LendRequest, LendToken, LiquiditySupply
from ._prices import Price, TokenInformation
from ._swap import (
    PlatformFee,
    Quote,
    QuoteRequest,
    RouteHop,
    SwapInfo,
    SwapInstructions,
    SwapInstructionsRequest,
    WireAccount,
    WireInstruction,
)

if TYPE_CHECKING:
    from .sandbox import SandboxJupiter

__all__ = [
    "JupiterClient",
    "JupiterRefusalError",
    "JupiterServiceError",
    "LendAction",
    "LendAsset",
    "LendEarnings",
    "LendPosition",
    "LendRequest",
    "LendToken",
    "LiquiditySupply",
    "PlatformFee",
    "Price",
    "Quote",
    "QuoteRequest",
    "RouteHop",
    "SandboxJupiter",
    "SwapInfo",
    "SwapInstructions",
    "SwapInstructionsRequest",
    "TokenInformation",
    "WireAccount",
    "WireInstruction",
]


def __getattr__(name: str) -> type:
    # The sandbox brings the whole market along, and who has the protocol in mind needs neither.
    if name != "SandboxJupiter":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .sandbox import SandboxJupiter

    return SandboxJupiter
