"""Any instruction in words: program, name, arguments with amounts as people write them, and accounts by role.

Knows Solana's own programs, Jupiter's swaps and Jupiter Lend; of anything else it shows address and data. Nothing here
raises on what a chain holds, and all text in a view is printable.
"""

from ._describe import describe, describe_all
from ._inner import InnerView, describe_inner
from ._transaction import describe_transaction

__all__ = ["InnerView", "describe", "describe_all", "describe_inner", "describe_transaction"]
