"""Jupiter's programs for the embedded chain: their images, instructions, accounts and exact integer models.

``reev_tools.market.swap`` and ``reev_tools.market.lend`` build and read what the two programs accept at Jupiter's own
addresses. A world that is to have a market is given their images and accounts by its maker.
"""
