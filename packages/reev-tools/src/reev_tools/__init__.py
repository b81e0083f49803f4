"""The chain and the tools: what an agent can do, and where it happens.

``reev_tools.chain`` is the embedded Solana VM, ``reev_tools.programs`` knows the programs on it,
``reev_tools.wallet`` offers the tools of one wallet.
"""
