"""What every JupiterClient has to do."""

from __future__ import annotations

from ._lend_contract import LendContract
from ._listing_contract import ListingContract
from ._quote_contract import QuoteContract
from ._swap_contract import SwapContract

__all__ = ["JupiterContract"]


class JupiterContract(QuoteContract, SwapContract, ListingContract, LendContract):
    """Inherit in a test module under a name that starts with ``Test``, and provide ``open_exchange``.

    The tests are coroutines, which a plugin such as anyio's has to run.
    """
