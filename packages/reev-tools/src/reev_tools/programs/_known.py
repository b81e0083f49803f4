"""The programs of Solana itself, by address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reev_types.chain import Instruction
from reev_types.events import InstructionView
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

from ._associated import ASSOCIATED_TOKEN, ASSOCIATED_TOKEN_PROGRAM
from ._compute_budget import COMPUTE_BUDGET, COMPUTE_BUDGET_PROGRAM
from ._lookup_table import LOOKUP_TABLE, LOOKUP_TABLE_PROGRAM
from ._memo import MEMO_PROGRAMS, memo_view
from ._system import SYSTEM, SYSTEM_PROGRAM
from ._token import TOKEN, TOKEN_2022

__all__ = ["VIEWS"]

VIEWS: Mapping[str, Callable[[Instruction], InstructionView]] = {
    SYSTEM_PROGRAM: SYSTEM.view,
    TOKEN_PROGRAM: TOKEN.view,
    TOKEN_2022_PROGRAM: TOKEN_2022.view,
    ASSOCIATED_TOKEN_PROGRAM: ASSOCIATED_TOKEN.view,
    COMPUTE_BUDGET_PROGRAM: COMPUTE_BUDGET.view,
    LOOKUP_TABLE_PROGRAM: LOOKUP_TABLE.view,
    **dict.fromkeys(MEMO_PROGRAMS, memo_view),
}
"""What puts an instruction of each program in words; nothing raises, whatever the data."""
