"""Programs that reev builds instructions for, or names in traces.

Each module knows one program: its address, its builders and its layouts. ``describe`` puts any instruction in
words; what it does not know it says so, with the data in hex.
"""

from ._associated import ASSOCIATED_TOKEN_PROGRAM, create_associated_token_account
from ._describe import describe
from ._system import LAMPORTS_PER_SIGNATURE, SYSTEM_PROGRAM, transfer_lamports
from ._token import transfer_checked, transfer_checked_with_fee

__all__ = [
    "ASSOCIATED_TOKEN_PROGRAM",
    "LAMPORTS_PER_SIGNATURE",
    "SYSTEM_PROGRAM",
    "create_associated_token_account",
    "describe",
    "transfer_checked",
    "transfer_checked_with_fee",
    "transfer_lamports",
]
