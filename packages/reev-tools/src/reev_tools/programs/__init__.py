"""Programs of Solana itself: their addresses, the instructions that reev builds, and how to read all the others.

Each module knows a program or a few: builders, and layouts as tables. ``VIEWS`` puts their instructions in words;
``reev_tools.decoding`` joins it with what is known of Jupiter.
"""

from ._associated import ASSOCIATED_TOKEN_PROGRAM, create_associated_token_account
from ._compute_budget import (
    COMPUTE_BUDGET_PROGRAM,
    MAX_COMPUTE_UNITS,
    set_compute_unit_limit,
    set_compute_unit_price,
)
from ._known import VIEWS
from ._layout import InstructionLayout, Program, layouts_in, numbered, unknown_view
from ._memo import MEMO_PROGRAMS
from ._system import LAMPORTS_PER_SIGNATURE, SYSTEM_PROGRAM, transfer_lamports
from ._token import close_account, sync_native, transfer_checked, transfer_checked_with_fee

__all__ = [
    "ASSOCIATED_TOKEN_PROGRAM",
    "COMPUTE_BUDGET_PROGRAM",
    "LAMPORTS_PER_SIGNATURE",
    "MAX_COMPUTE_UNITS",
    "MEMO_PROGRAMS",
    "SYSTEM_PROGRAM",
    "VIEWS",
    "InstructionLayout",
    "Program",
    "close_account",
    "create_associated_token_account",
    "layouts_in",
    "numbered",
    "set_compute_unit_limit",
    "set_compute_unit_price",
    "sync_native",
    "transfer_checked",
    "transfer_checked_with_fee",
    "transfer_lamports",
    "unknown_view",
]
