"""What every SandboxChain has to do."""

from __future__ import annotations

from ._chain_history import HistoryContract
from ._chain_tokens import TokenContract
from ._chain_transactions import TransactionContract

__all__ = ["ChainContract"]


class ChainContract(TransactionContract, TokenContract, HistoryContract):
    """Inherit in a test module under a name that starts with ``Test``, and provide ``open_chain`` and ``wallet``.

    The tests are coroutines, which a plugin such as anyio's has to run.
    """
