"""Jupiter without a network: quotes, instructions, prices and vaults from the market on an embedded chain.

``SandboxJupiter`` is a ``JupiterClient``; what it quotes, the programs of ``reev_tools.market`` pay.
"""

from ._sandbox import RememberingChain, SandboxJupiter

__all__ = ["RememberingChain", "SandboxJupiter"]
