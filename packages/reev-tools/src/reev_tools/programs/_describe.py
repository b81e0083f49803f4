"""Instructions in words, for traces."""

from __future__ import annotations

from reev_types.amounts import format_ui
from reev_types.chain import Instruction
from reev_types.events import InstructionView
from reev_types.tokens import SOL, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, symbol_of

from ._associated import ASSOCIATED_TOKEN, ASSOCIATED_TOKEN_PROGRAM
from ._layout import InstructionLayout, Program, unknown_view
from ._system import SYSTEM, SYSTEM_PROGRAM
from ._token import TOKEN, TOKEN_2022

__all__ = ["describe"]

_COMPUTE_BUDGET = Program(
    "Compute Budget",
    {
        bytes([1]): InstructionLayout("RequestHeapFrame", (("bytes", "I"),)),
        bytes([2]): InstructionLayout("SetComputeUnitLimit", (("units", "I"),)),
        bytes([3]): InstructionLayout("SetComputeUnitPrice", (("micro_lamports", "Q"),)),
    },
)

_PROGRAMS = {
    SYSTEM_PROGRAM: SYSTEM,
    TOKEN_PROGRAM: TOKEN,
    TOKEN_2022_PROGRAM: TOKEN_2022,
    ASSOCIATED_TOKEN_PROGRAM: ASSOCIATED_TOKEN,
    "ComputeBudget111111111111111111111111111111": _COMPUTE_BUDGET,
}
_MEMO_PROGRAMS = frozenset(
    {"MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo"}
)


def describe(instruction: Instruction) -> InstructionView:
    """Name an instruction's program, kind, arguments and accounts."""
    if instruction.program_id in _MEMO_PROGRAMS:
        return InstructionView(
            program="Memo", name="Memo", arguments={"text": instruction.data.decode("utf-8", "replace")}
        )
    program = _PROGRAMS.get(instruction.program_id)
    if program is None:
        return unknown_view(instruction.program_id, instruction)
    return _with_human_amount(program.view(instruction))


def _with_human_amount(view: InstructionView) -> InstructionView:
    arguments = view.arguments
    if "lamports" in arguments:
        amount = f"{format_ui(int(arguments['lamports']), SOL.decimals)} SOL"
    elif "amount_raw" in arguments and "decimals" in arguments and "mint" in view.accounts:
        amount = (
            f"{format_ui(int(arguments['amount_raw']), int(arguments['decimals']))} {symbol_of(view.accounts['mint'])}"
        )
    else:
        return view
    return view.model_copy(update={"arguments": {"amount": amount, **arguments}})
